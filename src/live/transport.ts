import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { undoContentEncoding } from '../check/content-encoding.ts';
import type { Content, HeaderValues, RequestMessage, ResponseMessage } from '../check/message.ts';
import { isConnectionError, networkReason } from '../network-error.ts';

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly response: ResponseMessage;
      /** How it breaks HTTP, though it can be read; the rest of a sentence that "The answer" begins. */
      readonly fault: string | undefined;
    }
  /** No answer in time. */
  | { readonly kind: 'silent' }
  /** No answer that can be read; `reason` is the rest of a sentence that the host begins. */
  | {
      readonly kind: 'disconnected';
      readonly reason: string;
      /** Whether there was no connection at all: nothing was sent. */
      readonly isUnsent: boolean;
    }
  /** A body of more than the limit, or in a coding that cannot be undone. */
  | { readonly kind: 'unread'; readonly reason: string };

/** Sends requests, and reads what comes back; redirects are answers like any other. */
export interface Transport {
  readonly send: (message: RequestMessage, basePath: string) => Promise<Outcome>;
  readonly close: () => void;
}

/** How requests are sent. */
export interface TransportOptions {
  /** Only its origin is used. */
  readonly url: URL;
  readonly concurrency: number;
  /** In milliseconds, for all of an answer. */
  readonly timeout: number;
}

/** Of a body, at most so many bytes are read. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Makes a transport to one host. */
export async function createTransport(options: TransportOptions): Promise<Transport> {
  const { url, concurrency, timeout } = options;
  const isSecure = url.protocol === 'https:';
  const Agent = isSecure ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const { request } = isSecure ? await import('node:https') : await import('node:http');
  const once = (message: RequestMessage, basePath: string) => {
    const { method, path, query, headers, content } = message;
    const body = bytesOf(content);
    const target = basePath + path + (query === '' ? '' : `?${query}`);
    const length = body ? { 'content-length': String(body.length) } : {};
    return exchange(timeout, body, () =>
      request(url, { agent, method, path: target, headers: { ...headers, ...length } }),
    );
  };
  return {
    send: async (message, basePath) => {
      const first = await once(message, basePath);
      // A connection that was kept may have been closed while the request was on its way.
      const { outcome } = first.isStale ? await once(message, basePath) : first;
      return outcome;
    },
    close: () => agent.destroy(),
  };
}

function bytesOf(content: Content): Uint8Array | undefined {
  if (content.kind === 'none' || content.kind === 'unseen') return undefined;
  if (content.kind === 'bytes') return content.bytes;
  return Buffer.from(content.kind === 'text' ? content.text : JSON.stringify(content.value));
}

interface Sent {
  readonly outcome: Outcome;
  /** Whether the connection was an old one, closed before anything came back. */
  readonly isStale: boolean;
}

function exchange(
  timeout: number,
  body: Uint8Array | undefined,
  open: () => ClientRequest,
): Promise<Sent> {
  return new Promise((resolve) => {
    const request = open();
    let isAnswered = false;
    const settle = (outcome: Outcome, isStale = false) => {
      clearTimeout(timer);
      resolve({ outcome, isStale });
    };
    const timer = setTimeout(() => {
      settle({ kind: 'silent' });
      request.destroy();
    }, timeout);
    request.on('response', (incoming) => {
      isAnswered = true;
      readAnswer(incoming).then(settle, (cause) => settle(cutShort(cause)));
    });
    request.on('error', (cause) => {
      const isUnsent = isConnectionError(cause);
      const reason = networkReason(cause);
      settle(
        { kind: 'disconnected', reason, isUnsent },
        request.reusedSocket && !isAnswered && 'code' in cause && STALE.has(String(cause.code)),
      );
    });
    request.end(body);
  });
}

const STALE: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

function cutShort(cause: unknown): Outcome {
  const isCut = Error.isError(cause) && 'code' in cause && cause.code === 'ECONNRESET';
  const reason = isCut ? 'breaks the answer off in the middle of its body' : networkReason(cause);
  return { kind: 'disconnected', reason, isUnsent: false };
}

async function readAnswer(incoming: IncomingMessage): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      incoming.destroy();
      return { kind: 'unread', reason: `an answer of more than ${BODY_LIMIT} bytes` };
    }
    chunks.push(chunk);
  }
  const headers = headersOf(incoming);
  const status = incoming.statusCode ?? 0;
  const coding = headers['content-encoding'];
  const raw = Buffer.concat(chunks);
  const bytes =
    coding === undefined || raw.length === 0
      ? raw
      : await undoContentEncoding(coding, raw, BODY_LIMIT);
  if (typeof bytes === 'string') {
    return { kind: 'unread', reason: `an answer whose Content-Encoding is ${bytes}: ${coding}` };
  }
  const content: Content = bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes };
  return {
    kind: 'answer',
    response: { status, headers, content },
    fault: faultOf(status, headers),
  };
}

/** Several fields of one name are joined; Node would drop a second `content-type`. */
function headersOf({ headersDistinct }: IncomingMessage): HeaderValues {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, values] of Object.entries(headersDistinct)) {
    if (values) headers[name] = values.join(', ');
  }
  return headers;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6 */
function faultOf(status: number, headers: HeaderValues): string | undefined {
  const length = headers['content-length'];
  if (status !== 204 || length === undefined || length === '0') return undefined;
  return `announces a body of ${length} bytes, and 204 has none`;
}
