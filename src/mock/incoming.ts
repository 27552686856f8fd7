import type { IncomingMessage } from 'node:http';
import { CONTENT_CODINGS, type Undecoded, undoContentEncoding } from '../check/content-encoding.ts';
import type { Content, HeaderValues, RequestMessage } from '../check/message.ts';
import type { Unreadable } from './pipeline.ts';
import type { Maybe } from './store/store.ts';

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
export function readIncoming(request: IncomingMessage, bodyLimit: number): Maybe<Incoming> {
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
  const { path, query } = splitTarget(url);
  const { 'content-length': length, 'content-encoding': encoding } = headers;
  const read = (body: Body): Incoming => {
    if (body === 'large')
      return refuse(413, `The request body is larger than ${bodyLimit} bytes, the limit.`);
    if (typeof body === 'string')
      return refuse(body === 'unknown' ? 415 : 400, reasonOf(body, encoding));
    const content: Content = body.length === 0 ? NO_CONTENT : { kind: 'bytes', bytes: body };
    return { kind: 'request', message: { method, path, query, headers, content } };
  };
  if (length === undefined && headers['transfer-encoding'] === undefined) return read(EMPTY);
  if (Number(length ?? 0) > bodyLimit) return read('large');
  const reading = readBody(request, bodyLimit);
  if (encoding === undefined) return reading.then(read);
  const undo = (body: Body): Maybe<Body> =>
    typeof body === 'string' || body.length === 0
      ? body
      : undoContentEncoding(encoding, body, bodyLimit);
  return reading.then(undo).then(read);
}

/** A body, or why there is none. */
type Body = Uint8Array | Undecoded;

const EMPTY = new Uint8Array();
const NO_CONTENT: Content = { kind: 'none' };

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

/** The body as it came; what is over the limit is not kept. */
function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) resolve('large');
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
