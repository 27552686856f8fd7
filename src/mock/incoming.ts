import type { IncomingMessage } from 'node:http';
import { CONTENT_CODINGS, type Undecoded, undoContentEncoding } from '../check/content-encoding.ts';
import type { HeaderValues, RequestMessage } from '../check/message.ts';
import type { Unreadable } from './pipeline.ts';

/** A URL may have at most this many characters (RFC 9110, 4.1 recommends 8000). */
export const URL_LIMIT = 16_384;

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
  // Node joins repeated headers as HTTP does; only `set-cookie`, which no request has, is a list.
  const headers = request.headers as HeaderValues;
  const refuse = (status: number, reason: string): Incoming => {
    const clientRequestId = headers['client-request-id'];
    return { kind: 'unreadable', failure: { status, reason, clientRequestId } };
  };
  if (url.length > URL_LIMIT) {
    return refuse(414, `The URL has ${url.length} characters: at most ${URL_LIMIT} are taken.`);
  }
  if (headers['host'] === undefined && request.httpVersion === '1.1') {
    return refuse(400, 'The header `host` is missing: HTTP/1.1 requires it.');
  }
  const twice = duplicateHeader(request);
  if (twice !== undefined) {
    return refuse(400, `The header \`${twice}\` is given twice: it may be given once only.`);
  }
  const tooLarge = `The request body is larger than ${bodyLimit} bytes, the limit.`;
  const declared = Number(headers['content-length'] ?? 0);
  if (declared > bodyLimit) return refuse(413, tooLarge);
  const reading = readBody(request, bodyLimit);
  const raw = reading instanceof Promise ? await reading : reading;
  if (!raw) return refuse(413, tooLarge);
  const encoding = headers['content-encoding'];
  const bytes =
    encoding === undefined || raw.length === 0
      ? raw
      : await undoContentEncoding(encoding, raw, bodyLimit);
  if (bytes === 'large') return refuse(413, tooLarge);
  if (typeof bytes === 'string')
    return refuse(bytes === 'unknown' ? 415 : 400, reasonOf(bytes, encoding));
  const { path, query } = splitTarget(url);
  const content =
    bytes.length === 0 ? ({ kind: 'none' } as const) : ({ kind: 'bytes', bytes } as const);
  return { kind: 'request', message: { method, path, query, headers, content } };
}

/** The request target is a path, or a whole URL when the client takes us for a proxy (RFC 9112, 3.2). */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
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
function readBody(
  request: IncomingMessage,
  limit: number,
): Uint8Array | Promise<Uint8Array | undefined> {
  if (
    request.headers['content-length'] === undefined &&
    request.headers['transfer-encoding'] === undefined
  ) {
    return EMPTY;
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

function reasonOf(problem: Undecoded, encoding = ''): string {
  if (problem === 'broken')
    return `The request body is not encoded as its Content-Encoding says, ${encoding}.`;
  return `The Content-Encoding ${encoding} is not known: ${CONTENT_CODINGS.join(', ')} are.`;
}
