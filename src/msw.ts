import { HttpResponse, http, type RequestHandler } from 'msw';
import { isSpec } from './check/given-spec.ts';
import { loadSpec } from './check/shipped.ts';
import { ExactMatchError } from './errors.ts';
import { type MockOptions, type MockServer, startMock } from './mock.ts';
import { type ServerUrl, serverUrlsOf, toServerUrl } from './spec/server-url.ts';

/** How the handlers answer: as the mock does, without a port. */
export interface MswMockOptions
  extends Omit<MockOptions, 'listen' | 'port' | 'host' | 'tls' | 'cors' | 'adminToken'> {
  /**
   * URLs of the servers whose requests are answered, with the base path; they may have variables in
   * braces. Default: those of the document.
   */
  readonly servers?: readonly string[];
}

/** A mock that answers by msw. */
export interface MswMock extends Omit<MockServer, 'url' | 'port' | 'certificate'> {
  /** One a server. Those that `server.use()` adds later go first, as always with msw. */
  readonly handlers: readonly RequestHandler[];
}

/**
 * Starts a mock whose requests come by msw: what is sent to a server of the document is judged and
 * answered as by `startMock`, from one memory and with the same faults. It runs in Node (`msw/node`).
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when there is no server to answer for, else as `startMock`.
 * @see https://mswjs.io/docs/api/setup-server
 * @example
 * const mock = await startMswMock();
 * const server = setupServer(...mock.handlers);
 * server.listen();
 */
export async function startMswMock(options: MswMockOptions = {}): Promise<MswMock> {
  const { servers: given, spec: target, ...settings } = options;
  const spec = isSpec(target) ? target : await loadSpec(target);
  const servers = given ? given.map(readServer) : serverUrlsOf(spec);
  const [first] = servers;
  if (!first) throw serverless();
  const {
    url: _url,
    port: _port,
    certificate: _certificate,
    ...mock
  } = await startMock({
    ...settings,
    spec,
    listen: false,
  });
  const handlers = servers.map((server) => handlerOf(server, mock));
  return { ...mock, baseUrl: first.url, handlers };
}

function handlerOf({ pattern }: ServerUrl, mock: Pick<MockServer, 'fetch'>): RequestHandler {
  return http.all(pattern, async ({ request }) => {
    try {
      return await mock.fetch(request);
    } catch (cause) {
      // A connection that the mock breaks: msw would make an answer with 500 of what is thrown.
      if (cause instanceof TypeError) return HttpResponse.error();
      throw cause;
    }
  });
}

function readServer(url: string): ServerUrl {
  const server = toServerUrl(url);
  if (server) return server;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `A server must be an absolute URL such as https://graph.microsoft.com/beta, got "${url}".`,
  );
}

function serverless(): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    'The document names no server with a host, so nobody can tell which requests are for it. Pass { servers: ["https://…"] }.',
  );
}
