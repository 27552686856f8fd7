import type { HeaderValues } from '../check/message.ts';
import type { Engine } from './engine.ts';
import { URL_LIMIT } from './incoming.ts';
import type { Reply } from './reply.ts';
import { toResponse } from './response.ts';
import type { Maybe } from './store/store.ts';

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

/**
 * Makes the mock a `fetch` without a socket: any host will do, the path counts.
 *
 * @see https://fetch.spec.whatwg.org/#fetch-method
 */
export function createFetch({ engine, url: base, bodyLimit, headers }: FetchOptions): MockFetch {
  return async (input, init) => {
    const { signal, method, url, given, bytes } =
      readPlain(input, init, base) ?? (await readRequest(input, init, base));
    const { origin, pathname: path, search } = url;
    const query = search.slice(1);
    const told = { method, path, query };
    const problem = limitOf(url.href, bytes, bodyLimit);
    const content =
      bytes === undefined || bytes.length === 0
        ? ({ kind: 'none' } as const)
        : ({ kind: 'bytes', bytes } as const);
    const message = { ...told, headers: { ...given, ...headers }, content };
    const answering = problem
      ? engine.refuse(problem, told)
      : engine.answer(message, { origin, isLocal: true });
    const reply = await (signal ? unlessAborted(answering, signal) : answering);
    return toResponse(reply, method, url.href);
  };
}

/** What a client has asked for. */
interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly given: HeaderValues;
  readonly bytes: Uint8Array | undefined;
  /** Where the client may give up. */
  readonly signal: AbortSignal | undefined;
}

async function readRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  base: string,
): Promise<Asked> {
  const request = new Request(typeof input === 'string' ? new URL(input, base) : input, init);
  const { signal, method } = request;
  signal.throwIfAborted();
  const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return {
    method,
    url: new URL(request.url),
    given: Object.fromEntries(request.headers),
    bytes,
    signal: init?.signal || input instanceof Request ? signal : undefined,
  };
}

/** What most requests are made of; the others are for `Request` to read. */
const PLAIN: ReadonlySet<string> = new Set(['method', 'headers', 'body']);
/** Whether they may have a body, by methods that are written as they are sent. */
const METHODS: ReadonlyMap<unknown, boolean> = new Map([
  ['GET', false],
  ['HEAD', false],
  ['DELETE', true],
  ['PATCH', true],
  ['POST', true],
  ['PUT', true],
]);

/** Reads a plain request as `Request` would, at a third of its cost; `undefined` for any other. */
function readPlain(
  input: string | URL | Request,
  init: RequestInit = {},
  base: string,
): Asked | undefined {
  if (input instanceof Request) return undefined;
  for (const name in init) if (!PLAIN.has(name)) return undefined;
  const { method = 'GET', headers: fields, body = null } = init;
  const takesBody = METHODS.get(method);
  if (takesBody === undefined || !(body === null || (takesBody && typeof body === 'string'))) {
    return undefined;
  }
  const url = new URL(input, base);
  if (url.username !== '' || url.password !== '') return undefined;
  const given: Record<string, string> = Object.fromEntries(new Headers(fields));
  if (typeof body === 'string') given['content-type'] ??= 'text/plain;charset=UTF-8';
  const bytes = typeof body === 'string' ? Buffer.from(body) : undefined;
  return { method, url, given, bytes, signal: undefined };
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

function unlessAborted(answering: Maybe<Reply>, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(answering)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
