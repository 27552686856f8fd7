import type { HeaderValues } from '../check/message.ts';
import type { Engine } from './engine.ts';
import { URL_LIMIT } from './incoming.ts';
import { paced } from './pace.ts';
import type { Reply } from './reply.ts';

/** A `fetch` that never leaves the process. */
export type MockFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How the mock is reached without a socket. */
export interface FetchOptions {
  readonly engine: Engine;
  /** What a path without host begins with. */
  readonly url: string;
  /** In bytes. */
  readonly bodyLimit: number;
  /** Headers that each request gets: the scope. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Statuses whose responses cannot have a body (Fetch standard, null body status). */
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/**
 * Makes the mock a `fetch` without a socket: any host will do, the path counts.
 *
 * @see https://fetch.spec.whatwg.org/#fetch-method
 */
export function createFetch({ engine, url: base, bodyLimit, headers }: FetchOptions): MockFetch {
  return async (input, init) => {
    const request = new Request(typeof input === 'string' ? new URL(input, base) : input, init);
    const { signal, method, url } = request;
    signal.throwIfAborted();
    const { origin, pathname: path, search } = new URL(url);
    const query = search.slice(1);
    const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const told = { method, path, query };
    const given: HeaderValues = { ...Object.fromEntries(request.headers), ...headers };
    const problem = limitOf(url, bytes, bodyLimit);
    const content =
      bytes === undefined || bytes.length === 0
        ? ({ kind: 'none' } as const)
        : ({ kind: 'bytes', bytes } as const);
    const answering = problem
      ? engine.refuse(problem, told)
      : engine.answer({ ...told, headers: given, content }, { origin, isLocal: true });
    const reply = await (init?.signal || input instanceof Request
      ? unlessAborted(answering, signal)
      : answering);
    return toResponse(reply, method, url);
  };
}

function limitOf(url: string, bytes: Uint8Array | undefined, bodyLimit: number) {
  if (url.length > URL_LIMIT) {
    const reason = `The URL has ${url.length} characters: at most ${URL_LIMIT} are taken.`;
    return { status: 414, reason };
  }
  if (bytes && bytes.length > bodyLimit) {
    return {
      status: 413,
      reason: `The request body is larger than ${bodyLimit} bytes, the limit.`,
    };
  }
  return undefined;
}

function unlessAborted(answering: Reply | Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(answering)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

function toResponse(
  { status, headers, body, fault }: Reply,
  method: string,
  url: string,
): Response {
  if (fault?.isReset) {
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    throw new TypeError('fetch failed', { cause });
  }
  const isBodiless = method === 'HEAD' || BODILESS.has(status) || body.length === 0;
  const rate = fault?.rate;
  const content = rate === undefined ? body : ReadableStream.from(paced(body, rate));
  const response = new Response(isBodiless ? null : (content as string), { status, headers });
  // A response that is made, not received, has no address; matchers find its operation by it.
  Object.defineProperty(response, 'url', { value: url });
  return response;
}
