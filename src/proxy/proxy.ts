import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ExactMatchError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import type { ProxiedExchange } from './exchange.ts';
import { forward } from './forward.ts';
import { sendRefusal } from './refusal.ts';
import { createUpstream, type Upstream } from './upstream.ts';

/** How a proxy is started. */
export interface ProxyOptions {
  readonly spec: Spec;
  /** The base URL of the only server that requests go to. */
  readonly upstream: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly isStrict: boolean;
  /** Whether what breaks the document is refused instead of passed on. */
  readonly isEnforcing: boolean;
  /** Of a body, at most so many bytes are judged; larger ones pass without, or are refused. */
  readonly bodyLimit: number;
  /** How long the upstream may be silent before it answers, in milliseconds. */
  readonly timeout: number;
  /** Told of everything that has passed, in the order in which it ended. */
  readonly onExchange: (exchange: ProxiedExchange) => void;
  /** Told of what was asked and not answered to the end. */
  readonly onSkip: (reason: string) => void;
  /** Told when it cannot judge: the document is broken where an exchange needs it. */
  readonly onFailure: (cause: ExactMatchError) => void;
}

/** A proxy that listens. */
export interface Proxy {
  /** Without a slash at the end: `http://127.0.0.1:4011`. */
  readonly url: string;
  /** Stops listening; what is on its way is answered first. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a reverse proxy that judges what passes, in both directions, and changes nothing of it.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when the upstream is no URL, `ADDRESS_UNAVAILABLE` when it
 * cannot listen.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const upstream = createUpstream(options.upstream, options.timeout);
  const server = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (request, response) =>
    serve(request, response, upstream, options),
  );
  server.on('connect', (_request, socket: Socket) => {
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n');
  });
  await listen(server, options);
  const { family, address, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      upstream.close();
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  options: ProxyOptions,
): Promise<void> {
  const misuse = misuseOf(request, upstream);
  if (misuse !== undefined) {
    request.resume();
    sendRefusal(response, { status: 421, kind: 'misused', detail: misuse });
    return;
  }
  try {
    await forward(request, response, upstream, options);
  } catch (cause) {
    if (cause instanceof ExactMatchError) options.onFailure(cause);
    else options.onSkip('the client or the upstream went away before the end');
    if (response.writableFinished) return;
    // The other side must see that it is no end.
    request.destroy();
    response.destroy();
  }
}

/** A client that takes us for a proxy to everywhere asks for whole URLs (RFC 9112, 3.2.2). */
function misuseOf({ url = '/' }: IncomingMessage, upstream: Upstream): string | undefined {
  if (url.startsWith('/') || url === '*') return undefined;
  return `This proxy forwards to ${upstream.url} alone, and was asked for "${url.slice(0, 200)}". Ask it for paths.`;
}

function listen(server: Server, { port, host }: ProxyOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const reason = taken ? 'the port is taken. Choose another with --port' : cause.message;
      const message = `Failed to listen on ${host}:${port}: ${reason}.`;
      reject(new ExactMatchError('ADDRESS_UNAVAILABLE', message, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
