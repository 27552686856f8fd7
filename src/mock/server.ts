import type {
  IncomingMessage,
  ServerOptions as NodeOptions,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ExactMatchError } from '../errors.ts';
import type { KeyPair } from './certificate.ts';
import { refuseConnection } from './connection.ts';
import { corsHeaders, preflight } from './cors.ts';
import type { Engine } from './engine.ts';
import { readIncoming, splitTarget } from './incoming.ts';
import { http, https } from './node-http.ts';
import { sendSlowly } from './pace.ts';
import { type Caller, headerList, type Reply, type ReplyHeaders } from './reply.ts';
import { chain, type Maybe } from './store/store.ts';

/** What the server is made of. */
export interface ServerOptions {
  readonly engine: Engine;
  readonly cors: boolean;
  /** In bytes. */
  readonly bodyLimit: number;
  /** For HTTPS. */
  readonly tls: KeyPair | undefined;
}

/** A server that listens. */
export interface Listening {
  readonly address: AddressInfo;
  /** Stops listening, lets running requests end and closes idle connections. */
  readonly close: () => Promise<void>;
}

const LIMITS: NodeOptions = {
  /** The size of all headers of a request, in bytes; the URL is among them. */
  maxHeaderSize: 65_536,
  keepAliveTimeout: 65_000,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  noDelay: true,
  // We answer it ourselves, as the API would.
  requireHostHeader: false,
};

/**
 * Listens on an address and answers every request by the engine.
 *
 * @throws {ExactMatchError} `ADDRESS_UNAVAILABLE` when the port is taken or the host is not ours.
 */
export async function listen(
  options: ServerOptions,
  port: number,
  host: string,
): Promise<Listening> {
  const { engine, tls } = options;
  const busy = new WeakMap<Socket, Busy>();
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const fail = (cause: unknown) => recover(engine, request, response, cause);
    try {
      const serving = serve(options, request, response);
      if (!(serving instanceof Promise)) return;
      const before = busy.get(socket)?.done;
      const done = serving.catch(fail);
      busy.set(socket, { request, before, done: before ? before.then(() => done) : done });
    } catch (cause) {
      fail(cause);
    }
  };
  const server = tls
    ? https().createServer({ ...LIMITS, cert: tls.cert, key: tls.key }, onRequest)
    : http.createServer(LIMITS, onRequest);
  server.on('checkExpectation', (request, response) => {
    const reason = `The expectation "${request.headers.expect}" is not known: 100-continue is.`;
    write(response, engine.refuse({ status: 417, reason }, toldOf(request)), {});
  });
  server.on('connect', (request, socket: Socket) => {
    const reason = 'CONNECT is not possible: this is no proxy.';
    refuseConnection(engine, { status: 405, reason }, socket, toldOf(request));
  });
  server.on('clientError', async (error: NodeJS.ErrnoException, socket: Socket) => {
    // What was asked before is answered first: answers come in the order of requests. The request
    // that breaks off here never comes to its end.
    const last = busy.get(socket);
    await (last?.request.complete ? last.done : last?.before);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    // Behind the last request of a connection nothing is read (RFC 9112, 9.6).
    else if (error.code === 'HPE_CLOSED_CONNECTION') socket.end();
    else refuseConnection(engine, failureOf(error), socket, { method: '-', path: '-', query: '' });
  });
  await bind(server, port, host);
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('A TCP server has an address');
  }
  return { address, close: () => stop(server) };
}

/** What a connection is busy with: its last request, and when the answers are written. */
interface Busy {
  readonly request: IncomingMessage;
  readonly before: Promise<void> | undefined;
  readonly done: Promise<void>;
}

const NO_HEADERS: ReplyHeaders = {};

function serve(
  { engine, cors, bodyLimit }: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Maybe<void> {
  return chain(readIncoming(request, bodyLimit), (incoming) => {
    if (incoming.kind === 'unreadable') {
      // What the client still sends would be taken for the next request.
      response.shouldKeepAlive = false;
      const { origin } = request.headers;
      const extra = cors ? corsHeaders({ headers: { origin } }) : NO_HEADERS;
      write(response, engine.refuse(incoming.failure, toldOf(request)), extra);
      request.resume();
      return undefined;
    }
    const { message } = incoming;
    const early = cors ? preflight(message) : undefined;
    if (early) return write(response, early, NO_HEADERS);
    const extra = cors ? corsHeaders(message) : NO_HEADERS;
    return chain(engine.answer(message, callerOf(request, cors)), (reply) =>
      write(response, reply, extra),
    );
  });
}

function callerOf({ socket, headers }: IncomingMessage, cors: boolean): Caller {
  const scheme = headers['x-forwarded-proto'] ?? (isEncrypted(socket) ? 'https' : 'http');
  const host =
    headers['x-forwarded-host'] ?? headers.host ?? `${socket.localAddress}:${socket.localPort}`;
  const origin = `${String(scheme)}://${String(host)}`;
  // A web page of any site can send requests to this machine, though it may not read the answers.
  const isOfPage = !cors && headers.origin !== undefined && headers.origin !== origin;
  return { origin, isLocal: isLoopback(socket.remoteAddress) && !isOfPage };
}

function isEncrypted(socket: Socket): boolean {
  return 'encrypted' in socket;
}

function isLoopback(address = ''): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

function toldOf({ method = '-', url = '-' }: IncomingMessage) {
  return { method, ...splitTarget(url.slice(0, 200)) };
}

function write(response: ServerResponse, reply: Reply, extra: ReplyHeaders): void {
  const { status, body, fault } = reply;
  if (fault?.isReset) {
    resetConnection(response.socket);
    return;
  }
  const list = headerList(reply);
  if (extra !== NO_HEADERS) list.push(...Object.entries(extra).flat());
  const hasBody = body.length > 0 || (status !== 204 && status !== 304 && status >= 200);
  if (hasBody) list.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(status, list);
  if (fault?.rate !== undefined && body.length > 0) sendSlowly(response, body, fault.rate);
  else response.end(body.length > 0 ? body : undefined);
}

/** Through TLS, Node can only close: to the client it is a connection that broke all the same. */
function resetConnection(socket: Socket | null): void {
  if (socket && isEncrypted(socket)) socket.destroy();
  else socket?.resetAndDestroy();
}

/** A client that went away needs no answer; anything else is a fault of ours and says so. */
function recover(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  cause: unknown,
): void {
  // A request that was read whole counts as destroyed: only its connection tells of the client.
  if (response.headersSent || request.socket.destroyed) {
    request.socket.destroy();
    return;
  }
  const reason = `The mock failed: ${String(cause)}`;
  write(response, engine.refuse({ status: 500, reason }, toldOf(request)), {});
}

function failureOf(error: NodeJS.ErrnoException): {
  readonly status: number;
  readonly reason: string;
} {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    const reason = `The headers, with the URL, are larger than ${LIMITS.maxHeaderSize} bytes, the limit.`;
    return { status: 431, reason };
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, reason: 'The request did not arrive whole in time.' };
  }
  return { status: 400, reason: `The request is no valid HTTP: ${error.message}.` };
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
