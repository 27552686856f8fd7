import type { Content, HeaderValues } from '../check/message.ts';
import type { Engine } from './engine.ts';
import { URL_LIMIT } from './incoming.ts';
import type { Reply } from './reply.ts';
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
  let library: typeof import('./response.ts') | undefined;
  return async (input, init) => {
    // With it comes the HTTP client of Node, which a mock that only listens never needs.
    library ??= await import('./response.ts');
    const { toResponse } = library;
    const asked = readPlain(input, init, base) ?? (await readRequest(input, init, base));
    const { signal, method, target, bytes } = asked;
    const { origin, path, query, url } = target;
    const problem = limitOf(url, bytes, bodyLimit);
    const content: Content =
      bytes === undefined || bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes };
    const given = headers ? { ...asked.given, ...headers } : asked.given;
    const answering = problem
      ? engine.refuse(problem, { method, path, query })
      : engine.answer({ method, path, query, headers: given, content }, { origin, isLocal: true });
    if (signal) return toResponse(await unlessAborted(answering, signal), method, url);
    const reply = answering instanceof Promise ? await answering : answering;
    return toResponse(reply, method, url);
  };
}

/** What a client has asked for. */
interface Asked {
  readonly method: string;
  readonly target: Target;
  readonly given: HeaderValues;
  readonly bytes: Uint8Array | undefined;
  /** Where the client may give up. */
  readonly signal: AbortSignal | undefined;
}

/** The parts of a URL. */
interface Target {
  readonly url: string;
  readonly origin: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
}

function targetOf({ href, origin, pathname, search }: URL): Target {
  return { url: href, origin, path: pathname, query: search.slice(1) };
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
    target: targetOf(new URL(request.url)),
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
  const target = readTarget(input, base);
  if (!target) return undefined;
  const given: Record<string, string> = Object.fromEntries(new Headers(fields));
  if (typeof body === 'string') given['content-type'] ??= 'text/plain;charset=UTF-8';
  const bytes = typeof body === 'string' ? Buffer.from(body) : undefined;
  return { method, target, given, bytes, signal: undefined };
}

/** A path that a URL has as it is written: nothing in it is a dot segment, or has to be encoded. */
const AS_IT_IS = /^(?:\/[\w~!$&()*+,;=:@-][\w.~!$&()*+,;=:@-]*)+$/;

/** The parts of a URL; `undefined` when it has a user, which `fetch` refuses. */
function readTarget(input: string | URL, base: string): Target | undefined {
  if (typeof input === 'string' && AS_IT_IS.test(input))
    return { url: base + input, origin: base, path: input, query: '' };
  const url = new URL(input, base);
  return url.username === '' && url.password === '' ? targetOf(url) : undefined;
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
