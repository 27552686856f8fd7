import type { IncomingMessage } from 'node:http';
import { undoContentEncoding } from '../check/content-encoding.ts';
import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { Content, HeaderValues, RequestMessage, ResponseMessage } from '../check/message.ts';

/** What passed, and what is to be said of it. */
export interface ProxiedExchange {
  readonly verdict: ExchangeVerdict;
  /** The absolute URL that was asked at the upstream. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Until the headers of the answer were there, and until its end. */
  readonly waited: number;
  readonly milliseconds: number;
  /** Why the bodies were not judged; `undefined` when they were. */
  readonly unjudged: string | undefined;
  /** With `enforce`: what was refused instead of being passed on. */
  readonly refused: 'request' | 'response' | undefined;
}

/** A body as it can be judged, or why it cannot. */
export type Body =
  | { readonly kind: 'read'; readonly content: Content }
  | { readonly kind: 'unread'; readonly reason: string };

/** Reads a body off what passed; `undefined` bytes were more than the limit. */
export async function readBody(
  { headers }: IncomingMessage,
  bytes: Uint8Array | undefined,
  limit: number,
): Promise<Body> {
  if (!bytes) return { kind: 'unread', reason: `a body was larger than ${limit} bytes, the limit` };
  if (bytes.length === 0) return { kind: 'read', content: { kind: 'none' } };
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return { kind: 'read', content: { kind: 'bytes', bytes } };
  const decoded = await undoContentEncoding(encoding, bytes, limit);
  if (typeof decoded !== 'string') {
    return { kind: 'read', content: { kind: 'bytes', bytes: decoded } };
  }
  const reasons = {
    unknown: `a body travels as ${encoding}, which is not known`,
    broken: `a body is not encoded as its Content-Encoding says, ${encoding}`,
    large: `a body was larger than ${limit} bytes, the limit`,
  };
  return { kind: 'unread', reason: reasons[decoded] };
}

/** A request as it is judged. */
export function toRequest(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Body,
): RequestMessage {
  const mark = url.indexOf('?');
  const [path, query] = mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
  return { method, path, query, headers: headers as HeaderValues, content: contentOf(body) };
}

/** An answer as it is judged. */
export function toResponse(
  { statusCode = 0, headers }: IncomingMessage,
  body: Body,
): ResponseMessage {
  const { 'set-cookie': cookies, ...fields } = headers;
  const all = cookies ? { ...fields, 'set-cookie': cookies.join('\n') } : fields;
  return { status: statusCode, headers: all as HeaderValues, content: contentOf(body) };
}

function contentOf(body: Body): Content {
  return body.kind === 'read' ? body.content : { kind: 'unseen' };
}
