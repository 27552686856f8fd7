import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const BODIES: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  '/json': ['application/json; charset=utf-8', '{"a":[1,null]}'],
  '/string': ['application/json', '"caf\u00e9"'],
  '/empty-string': ['application/json', '""'],
  '/null': ['application/json', 'null'],
  '/broken': ['application/json', '{"a":'],
  '/text': ['text/plain', 'caf\u00e9'],
  '/csv': ['text/csv', 'a,b'],
  '/bytes': ['application/octet-stream', Buffer.from([0, 255, 1])],
  '/image': ['image/png', Buffer.from([0, 255, 1])],
  '/empty': ['application/json', ''],
};

/** A server whose answers clients read in different ways; `/moved` leads to `/json`. */
export async function startServer(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/s, '') ?? '';
    if (path === '/moved') {
      response.writeHead(303, { location: '/json?moved' }).end();
      return;
    }
    if (path === '/none') {
      response.writeHead(204).end();
      return;
    }
    if (path === '/nowhere') {
      response.writeHead(404).end();
      return;
    }
    const [type, body] = BODIES[path] ?? ['text/html', 'unknown'];
    response.setHeader('set-cookie', ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2']);
    response.setHeader('x-list', ['1', '2']);
    response.setHeader('content-type', type);
    response.setHeader('content-length', Buffer.byteLength(body));
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
