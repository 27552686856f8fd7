import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { run } from '../cli/io.ts';

async function listening(server: Server): Promise<{ readonly url: string } & AsyncDisposable> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      if ('closeAllConnections' in server)
        (server as ReturnType<typeof createServer>).closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What `check` says of a URL: one line, and that it cannot run. */
async function refused(url: string, ...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(['check', url, ...options]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^exactmatch: Failed to probe "[^\n]*\.\n$/);
  return stderr;
}

test('says that nothing listens', async () => {
  const server = await listening(createServer());
  await server[Symbol.asyncDispose]();
  expect(await refused(server.url)).toContain('refuses the connection: nothing listens there');
});

test('says that there is no such host', async () => {
  expect(await refused('http://exactmatch.invalid')).toMatch(/DNS (?:has no such name|does not)/);
});

test.for<[name: string, answer: RequestListener, reason: RegExp]>([
  ['hangs', () => undefined, /no answer came within 200 ms\. Give it more time by --timeout/],
  [
    'redirects in a circle',
    (request, response) => {
      const location = request.url === '/one' ? '/two' : '/one';
      response.writeHead(302, { location }).end();
    },
    /redirects in a circle: http:\S+ → http:\S+\/one → http:\S+\/two → http:\S+\/one/,
  ],
  [
    'redirects further and further',
    (request, response) => response.writeHead(307, { location: `${request.url}a` }).end(),
    /redirects in a circle/,
  ],
  [
    'has moved',
    (request, response) =>
      response.writeHead(301, { location: `https://moved.example${request.url}` }).end(),
    /it has moved to https:\/\/moved\.example\. Give that address/,
  ],
  [
    'is a web site',
    (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Welcome'),
    /it answers with web pages \(200 text\/html\).* Give the base URL of the API/,
  ],
  [
    'is a web site that has nothing there',
    (_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Where?'),
    /it answers with web pages \(404 text\/html\)/,
  ],
  ['closes the connection', (_, response) => response.destroy(), /closes the connection without/],
])('says that a provider %s', async ([, answer, reason]) => {
  await using server = await listening(createServer(answer));
  expect(await refused(server.url, '--timeout', '200')).toMatch(reason);
});

test('says that something else than HTTP listens', async () => {
  await using server = await listening(
    createSocketServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    }),
  );
  expect(await refused(server.url)).toContain('answers with something that is not HTTP/1.1');
});

test('says that the wrong protocol is spoken, and how a certificate comes to be trusted', async () => {
  await using plain = await listening(createServer((_, response) => response.end()));
  expect(await refused(plain.url.replace('http', 'https'))).toContain('Is it http:// and not');
  await using secure = await startMock({ tls: true });
  expect(await refused(secure.url)).toContain('Set NODE_EXTRA_CA_CERTS to a file');
  // Node answers such a request by closing the connection.
  const closed = /closes the connection without an answer|not HTTP\/1\.1/;
  expect(await refused(secure.url.replace('https', 'http'))).toMatch(closed);
});

test.for<[target: string, reason: string]>([
  ['ftp://host', 'no such file'],
  ['http://', 'begin with http'],
  ['http://user:pass@127.0.0.1:1', 'no credentials'],
  ['http://127.0.0.1:1/?a=b', 'no query'],
])('refuses %s', async ([target, reason]) => {
  const { code, stderr } = await run(['check', target]);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});

test.for([
  [['--seed', '-1'], '--seed'],
  [['--max-cases', '0'], '--max-cases'],
  [['--rate', 'fast'], '--rate'],
  [['--concurrency', '1.5'], '--concurrency'],
  [['--timeout', '0'], '--timeout'],
  [['--header', 'no colon'], '--header'],
  [['--path-parameter', '=1'], '--path-parameter'],
  [['--token-env', 'EXACTMATCH_NO_SUCH_VARIABLE'], 'EXACTMATCH_NO_SUCH_VARIABLE'],
  [['--operation', 'none'], 'No operation is called "none"'],
] as const)('refuses %j', async ([options, said]) => {
  const { code, stdout, stderr } = await run(['check', 'http://127.0.0.1:1', ...options]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});
