import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it came. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server that keeps the last request, and answers with a status and nothing more. */
export async function startRecorder(status = 204): Promise<
  {
    readonly url: string;
    readonly last: () => Recorded;
  } & AsyncDisposable
> {
  let last: Recorded | undefined;
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    last = { method, url, headers, body: await buffer(request) };
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    last: () => {
      if (!last) throw new Error('Nothing has come');
      return last;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
