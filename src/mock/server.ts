import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestMessage } from '../check/message.ts';
import { ExactMatchError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import { corsHeaders, preflight } from './cors.ts';
import { readIncoming } from './incoming.ts';
import { type Pipeline, refuse } from './pipeline.ts';
import type { Reply } from './reply.ts';

/** What the server is made of. */
export interface ServerOptions {
  readonly spec: Spec;
  readonly pipeline: Pipeline;
  readonly cors: boolean;
  /** In bytes. */
  readonly bodyLimit: number;
  /** Told of every reply, with the milliseconds that it took. */
  readonly onReply: (
    message: Pick<RequestMessage, 'method' | 'path' | 'query'>,
    reply: Reply,
    milliseconds: number,
  ) => void;
}

/** A server that listens. */
export interface Listening {
  readonly address: AddressInfo;
  /** Stops listening, lets running requests end and closes idle connections. */
  readonly close: () => Promise<void>;
}

/** The size of all headers of a request, in bytes; the URL is among them. */
const HEADER_LIMIT = 65_536;

/**
 * Listens on an address and answers every request by the pipeline.
 *
 * @throws {ExactMatchError} `ADDRESS_UNAVAILABLE` when the port is taken or the host is not ours.
 */
export async function listen(
  options: ServerOptions,
  port: number,
  host: string,
): Promise<Listening> {
  const server = createServer(
    { maxHeaderSize: HEADER_LIMIT, keepAliveTimeout: 65_000, noDelay: true },
    (request, response) => {
      // Everything that can fail is answered inside; what is left is a client that went away.
      serve(options, request, response).catch(() => request.destroy());
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseConnection(options.spec, error, socket);
  });
  await bind(server, port, host);
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error('A TCP server has an address');
  return { address, close: () => stop(server) };
}

async function serve(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const start = performance.now();
  const incoming = await readIncoming(request, options.bodyLimit);
  if (incoming.kind === 'unreadable') {
    const reply = refuse(options.spec, incoming.failure);
    // What the client still sends would be taken for the next request.
    response.shouldKeepAlive = false;
    write(response, reply, {});
    request.resume();
    const { method = '', url = '' } = request;
    options.onReply(
      { method, path: url.slice(0, 200), query: '' },
      reply,
      performance.now() - start,
    );
    return;
  }
  const { message } = incoming;
  const early = options.cors ? preflight(message) : undefined;
  const reply = early ?? (await options.pipeline(message));
  write(response, reply, options.cors && !early ? corsHeaders(message) : {});
  options.onReply(message, reply, performance.now() - start);
}

function write(
  response: ServerResponse,
  reply: Reply,
  extra: Readonly<Record<string, string>>,
): void {
  const { status, headers, body } = reply;
  const hasBody = body.length > 0 || (status !== 204 && status !== 304 && status >= 200);
  const length = hasBody ? { 'content-length': Buffer.byteLength(body) } : {};
  response.writeHead(status, { ...length, ...headers, ...extra });
  response.end(body.length > 0 ? body : undefined);
}

/** What is no HTTP, or has too many headers, never becomes a request; it is answered all the same. */
function refuseConnection(spec: Spec, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const status = isTooLarge ? 431 : isLate ? 408 : 400;
  const reason = isTooLarge
    ? `The headers, with the URL, are larger than ${HEADER_LIMIT} bytes, the limit.`
    : `The request is no valid HTTP: ${error.message}.`;
  const { headers, body } = refuse(spec, { status, reason });
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${status} ${isTooLarge ? 'Request Header Fields Too Large' : 'Bad Request'}\r\n${lines.join('\r\n')}\r\n\r\n${String(body)}`,
  );
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `Failed to listen on ${host}:${port}: ${bindReason(cause)}`;
      reject(new ExactMatchError('ADDRESS_UNAVAILABLE', message, { cause }));
    });
    server.listen(port, host, () => resolve());
  });
}

function bindReason(cause: NodeJS.ErrnoException): string {
  if (cause.code === 'EADDRINUSE')
    return 'the port is taken. Stop what listens there, or choose another with --port.';
  if (cause.code === 'EACCES')
    return 'the port needs more rights. Choose one above 1023 with --port.';
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND')
    return 'this machine has no such address. Choose another with --host.';
  return `${cause.message}.`;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(late);
}
