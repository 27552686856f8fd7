import { paced } from './pace.ts';
import { headerList, type Reply } from './reply.ts';

/** Statuses whose responses cannot have a body (Fetch standard, null body status). */
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/**
 * The `Response` that `fetch` would give for a reply.
 *
 * @throws {TypeError} as `fetch` does, where the connection is to be reset.
 */
export function toResponse(reply: Reply, method: string, url: string): Response {
  const { status, body, fault } = reply;
  if (fault?.isReset) {
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    throw new TypeError('fetch failed', { cause });
  }
  const isBodiless = method === 'HEAD' || BODILESS.has(status) || body.length === 0;
  if (typeof body === 'string' && !isBodiless && fault?.rate === undefined)
    return new TextResponse(body, reply, url) as unknown as Response;
  const rate = fault?.rate;
  const content = rate === undefined ? body : ReadableStream.from(paced(body, rate));
  const headers = pairsOf(reply);
  const response = new Response(isBodiless ? null : (content as string), { status, headers });
  return at(url, response);
}

/** A response that is made, not received, has no address; matchers find its operation by it. */
function at(url: string, response: Response): Response {
  return Object.defineProperty(response, 'url', { value: url });
}

function pairsOf(reply: Reply): [string, string][] {
  const list = headerList(reply);
  return Array.from({ length: list.length / 2 }, (_, index) => [
    list[index * 2] ?? '',
    list[index * 2 + 1] ?? '',
  ]);
}

/** Its types have fields where it has accessors, and TypeScript lets nobody those. */
const PlatformResponse = Response as unknown as new (body: null, init: ResponseInit) => object;

/**
 * A response whose body is a text. The platform's own makes a stream of it and reads that, at three
 * times the cost of the whole mock; this one does so only for who asks for the stream.
 */
class TextResponse extends PlatformResponse {
  readonly #text: string;
  readonly #reply: Reply;
  readonly #url: string;
  #headers: Headers | undefined;
  /** What the platform makes of it. */
  #streamed: Response | undefined;
  #isRead = false;

  constructor(text: string, reply: Reply, url: string) {
    super(null, { status: reply.status });
    this.#text = text;
    this.#reply = reply;
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  get headers(): Headers {
    this.#headers ??= new Headers(pairsOf(this.#reply));
    return this.#headers;
  }

  get body(): Response['body'] {
    return this.#asStream().body;
  }

  get bodyUsed(): boolean {
    return this.#streamed?.bodyUsed ?? this.#isRead;
  }

  async text(): Promise<string> {
    if (this.bodyUsed || this.#streamed) return this.#asStream().text();
    this.#isRead = true;
    return withoutMark(this.#text.toWellFormed());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asStream().arrayBuffer();
  }

  bytes(): Promise<Uint8Array> {
    return this.#asStream().bytes();
  }

  async blob(): Promise<Blob> {
    return this.#with(await this.bytes()).blob();
  }

  async formData(): Promise<FormData> {
    return this.#with(await this.bytes()).formData();
  }

  clone(): Response {
    const isPlain = !this.#isRead && !this.#streamed;
    if (!isPlain) return at(this.#url, this.#with(this.#asStream().clone().body));
    const copy = new TextResponse(this.#text, this.#reply, this.#url);
    copy.#headers = this.#headers && new Headers(this.#headers);
    return copy as unknown as Response;
  }

  /** The body as the platform has it; its headers are not this one's, which may be changed. */
  #asStream(): Response {
    if (!this.#streamed) {
      this.#streamed = new Response(this.#text);
      // It has been read: whoever reads it again is told so by the platform.
      if (this.#isRead) void this.#streamed.text();
    }
    return this.#streamed;
  }

  #with(body: ConstructorParameters<typeof Response>[0]): Response {
    return new Response(body, { status: this.#reply.status, headers: this.headers });
  }
}

/** A body is decoded as UTF-8, and a mark at its start says only that. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
