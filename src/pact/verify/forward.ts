import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where a request goes. */
export interface Target {
  readonly url: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A request as it is sent. */
export interface Sent {
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** An answer as it came. */
export interface Forwarded {
  readonly status: number;
  readonly message: string;
  /** Names and values in turn, without those that belong to the connection. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers of a message may have so many bytes; Node stops at 16 KiB of itself. */
export const HEADER_LIMIT: number = 256 * 1024;
/** An answer of more bytes is given up. */
const LIMIT = 64 * 1024 * 1024;
/** Belong to one connection, not to the message (RFC 9110, 7.6.1). */
const CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * Sends a request and waits for the whole answer.
 *
 * @throws {Error} with a clause that says why there is none.
 */
export async function forward({ url, timeout }: Target, sent: Sent): Promise<Forwarded> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeout);
  const { host } = new URL(url);
  const request = send(url, {
    method: sent.method,
    headers: ['host', host, ...sent.headers],
    signal,
    agent: false,
    maxHeaderSize: HEADER_LIMIT,
  });
  try {
    request.end(sent.body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = await read(response);
    return {
      status: response.statusCode ?? 0,
      message: response.statusMessage ?? '',
      rawHeaders: [...ownHeaders(response), ...lengthOf(response, sent.method, body)],
      headers: joined(response),
      body,
    };
  } catch (cause) {
    if (signal.aborted) throw new Error(`no answer within ${timeout} ms`, { cause });
    throw cause;
  } finally {
    request.destroy();
  }
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LIMIT) throw new Error(`its answer has more than ${LIMIT} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function ownHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !CONNECTION.has(name.toLowerCase())
      ? [name, rawHeaders[index + 1] ?? '']
      : [],
  );
}

/** What came in chunks of unknown number has a length now. */
function lengthOf(response: IncomingMessage, method: string, body: Buffer): readonly string[] {
  const { statusCode = 0, headers } = response;
  const isBare = method === 'HEAD' || statusCode === 204 || statusCode === 304;
  if (isBare || headers['content-length'] !== undefined) return [];
  return ['content-length', String(body.length)];
}

function joined({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}
