import type { IncomingMessage } from 'node:http';
import type { RequestMessage } from '../check/message.ts';
import type { Unreadable } from './pipeline.ts';

/** A URL may have at most this many characters (RFC 9110, 4.1 recommends 8000). */
const URL_LIMIT = 16_384;

/** Headers that may be given once only; a second one is ambiguous (RFC 9110, 5.3). */
const SINGLE: ReadonlySet<string> = new Set(
  `authorization content-length content-type host if-match if-modified-since if-none-match
  if-unmodified-since max-forwards proxy-authorization referer client-request-id user-agent`.split(
    /\s+/,
  ),
);

/** Either the request, or why it could not be read. */
export type Incoming =
  | { readonly kind: 'request'; readonly message: RequestMessage }
  | { readonly kind: 'unreadable'; readonly failure: Unreadable };

/** Reads a request off its connection, body and all, up to a limit in bytes. */
export async function readIncoming(request: IncomingMessage, bodyLimit: number): Promise<Incoming> {
  const { url = '/', method = 'GET' } = request;
  if (url.length > URL_LIMIT) {
    return unreadable(414, `The URL has ${url.length} characters: at most ${URL_LIMIT} are taken.`);
  }
  const twice = duplicateHeader(request);
  if (twice !== undefined) {
    return unreadable(400, `The header \`${twice}\` is given twice: it may be given once only.`);
  }
  const declared = Number(request.headers['content-length'] ?? 0);
  const bytes = declared > bodyLimit ? undefined : await readBody(request, bodyLimit);
  if (!bytes)
    return unreadable(413, `The request body is larger than ${bodyLimit} bytes, the limit.`);
  const { path, query } = splitTarget(url);
  const content =
    bytes.length === 0 ? ({ kind: 'none' } as const) : ({ kind: 'bytes', bytes } as const);
  // Node joins repeated headers as HTTP does; only `set-cookie`, which no request has, is a list.
  const headers = request.headers as RequestMessage['headers'];
  return { kind: 'request', message: { method, path, query, headers, content } };
}

function unreadable(status: number, reason: string): Incoming {
  return { kind: 'unreadable', failure: { status, reason } };
}

/** The request target is a path, or a whole URL when the client takes us for a proxy (RFC 9112, 3.2). */
function splitTarget(target: string): { path: string; query: string } {
  const start = target.startsWith('/') ? 0 : target.indexOf('/', target.indexOf('://') + 3);
  const local = start === -1 ? '/' : target.slice(start);
  const mark = local.indexOf('?');
  if (mark === -1) return { path: local, query: '' };
  return { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

function duplicateHeader({ rawHeaders, headers }: IncomingMessage): string | undefined {
  // Node keeps one entry a name: as many names as fields means that none is double.
  let names = 0;
  for (const _ in headers) names += 1;
  if (rawHeaders.length === names * 2) return undefined;
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (SINGLE.has(name) && seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

const EMPTY = new Uint8Array();

/** The body, or `undefined` when it is over the limit; what is over it is not kept. */
function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (
    request.headers['content-length'] === undefined &&
    request.headers['transfer-encoding'] === undefined
  ) {
    return Promise.resolve(EMPTY);
  }
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('The client went away')));
  });
}
