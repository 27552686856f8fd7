import { once } from 'node:events';
import { type RequestListener, request } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { sessions } from '../mock/mock.ts';
import { codesOf, headers, serve, upstream } from './serve.ts';

test('passes on what a real provider answers, and finds nothing in it', async () => {
  await using mock = await startMock();
  await using proxy = await serve(mock.baseUrl);
  const body = JSON.stringify({ fileName: 'a.tsv' });
  const direct = await fetch(mock.baseUrl + sessions, { method: 'POST', headers, body });
  const created = await fetch(proxy.url + sessions, { method: 'POST', headers, body });
  expect(created.status).toBe(201);
  expect([...created.headers.keys()]).toEqual([...direct.headers.keys()]);
  const { id } = (await created.json()) as { id: string };
  const read = await fetch(`${proxy.url}${sessions}/${id}?$select=id`, { headers });
  expect(await read.json()).toMatchObject({ id });
  const gone = await fetch(`${proxy.url}${sessions}/${id}`, { method: 'DELETE', headers });
  expect([gone.status, await gone.text()]).toEqual([204, '']);
  await expect.poll(() => proxy.exchanges.map(codesOf)).toEqual([[], [], []]);
  expect(proxy.exchanges.map(({ verdict }) => verdict.operation?.id)).toEqual([
    'createExactMatchSession',
    'getExactMatchSession',
    'deleteExactMatchSession',
  ]);
  expect(proxy.exchanges[1]?.url).toBe(`${mock.baseUrl}${sessions}/${id}?$select=id`);
});

test('tells what is wrong in both directions, and changes nothing of it', async () => {
  const answer = Buffer.from('{"id": 5}');
  await using provider = await upstream((_request, response) => {
    response.writeHead(201, 'Made', [
      ...['Content-Type', 'application/json', 'X-Odd', '1', 'x-odd', '2'],
      ...[
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Request-Id',
        '7f6c3f0e-3a52-4a0f-9d5e-2f7d2f0b6c11',
      ],
    ]);
    response.end(answer);
  });
  await using proxy = await serve(provider.url);
  const response = await fetch(proxy.url + sessions, {
    ...{ method: 'POST', headers, body: '{"rowsPerBlock":"many"}' },
  });
  expect([response.status, response.statusText]).toEqual([201, 'Made']);
  expect(response.headers.get('x-odd')).toBe('1, 2');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.has('x-exactmatch-proxy')).toBe(false);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(answer);
  await expect
    .poll(() => proxy.exchanges.map(codesOf))
    .toEqual([['request.body.type', 'response.header.required', 'response.body.type']]);
});

test('forwards what was sent: method, target, headers, body, without what is of the connection', async () => {
  const seen: unknown[] = [];
  await using provider = await upstream(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray()).toString();
    seen.push([incoming.method, incoming.url, incoming.headers, body]);
    response.end();
  });
  await using proxy = await serve(`${provider.url}/base/`);
  const { host } = new URL(provider.url);
  const sent = request(`${proxy.url}/a%2Fb/?x=1&x=%20`, {
    method: 'DELETE',
    headers: {
      'transfer-encoding': 'chunked',
      connection: 'close, x-hop',
      'x-hop': '1',
      'x-kept': '1',
      te: 'trailers',
    },
  });
  Readable.from(['one', 'two']).pipe(sent);
  const [answer] = await once(sent, 'response');
  answer.resume();
  await once(answer, 'end');
  expect(seen).toEqual([
    [
      'DELETE',
      '/base/a%2Fb/?x=1&x=%20',
      { host, 'x-kept': '1', connection: 'keep-alive', 'transfer-encoding': 'chunked' },
      'onetwo',
    ],
  ]);
});

test('judges compressed answers, and passes them on compressed', async () => {
  const packed = gzipSync('{"value":[{"id":5}]}');
  await using provider = await upstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(packed);
  });
  await using proxy = await serve(provider.url);
  const sent = request(proxy.url + sessions, { headers });
  sent.end();
  const [answer] = await once(sent, 'response');
  expect(Buffer.concat(await answer.toArray())).toEqual(packed);
  await expect
    .poll(() => proxy.exchanges.map(codesOf))
    .toEqual([['response.header.required', 'response.body.type']]);
});

test('streams: an answer is on its way before it is whole, and a large one is passed unjudged', async () => {
  const { promise: read, resolve } = Promise.withResolvers<void>();
  await using provider = await upstream(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"value":[');
    await read;
    response.end(`${' '.repeat(200_000)}]}`);
  });
  await using proxy = await serve(provider.url);
  const response = await fetch(proxy.url + sessions, { headers });
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(Buffer.from(first?.value ?? []).toString()).toBe('{"value":[');
  resolve();
  while (!(await reader?.read())?.done);
  await expect.poll(() => proxy.exchanges.length).toBe(1);
  expect(proxy.exchanges[0]?.unjudged).toBe('a body was larger than 100000 bytes, the limit');
  await expect.poll(() => proxy.exchanges.map(codesOf)).toEqual([['response.header.required']]);
});

test('never follows: redirects are answers', async () => {
  let elsewhere = 0;
  await using other = await upstream((_request, response) => {
    elsewhere += 1;
    response.end();
  });
  await using provider = await upstream((_request, response) => {
    response.writeHead(302, { location: `${other.url}/x` });
    response.end();
  });
  await using proxy = await serve(provider.url);
  const response = await fetch(proxy.url + sessions, { headers, redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, `${other.url}/x`]);
  expect(elsewhere).toBe(0);
});

test('forwards to its upstream alone, whatever the client names', async () => {
  const seen: (string | undefined)[] = [];
  await using provider = await upstream((incoming, response) => {
    seen.push(incoming.url);
    response.end();
  });
  await using proxy = await serve(provider.url);
  const { hostname, port } = new URL(proxy.url);
  const ask = async (line: string) => {
    const socket = connect(Number(port), hostname);
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    return Buffer.concat(await socket.toArray()).toString();
  };
  expect(await ask('GET http://elsewhere.test/x')).toMatch(/^HTTP\/1\.1 421 .*forwards to http/s);
  expect(await ask('CONNECT elsewhere.test:443')).toMatch(/^HTTP\/1\.1 405 /);
  expect(await ask('GET //elsewhere.test/x')).toMatch(/^HTTP\/1\.1 200 /);
  expect(seen).toEqual(['//elsewhere.test/x']);
});

test.for([
  [
    'nothing listens',
    () => {},
    502,
    /Failed to reach http:\S+: it refuses the connection: nothing listens there\./,
  ],
  [
    'it breaks the connection',
    (incoming: Parameters<RequestListener>[0]) => incoming.socket.destroy(),
    502,
    /it closes the connection without an answer/,
  ],
  ['it is silent', () => {}, 504, /has been silent for 300 ms/],
] as const)('answers itself when %s', async ([what, listener, status, detail]) => {
  await using provider = await upstream(listener as RequestListener);
  const url = what === 'nothing listens' ? 'http://127.0.0.1:9' : provider.url;
  await using proxy = await serve(url, { timeout: 300 });
  const response = await fetch(proxy.url + sessions, { method: 'POST', headers, body: '{}' });
  expect([response.status, response.headers.get('x-exactmatch-proxy')]).toEqual([
    ...[status, 'unreachable'],
  ]);
  expect(((await response.json()) as { detail: string }).detail).toMatch(detail);
  expect(proxy.skipped).toEqual([expect.stringMatching(detail)]);
});

test('breaks off where the upstream breaks off', async () => {
  await using provider = await upstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"value"');
    setTimeout(() => response.destroy(), 50);
  });
  await using proxy = await serve(provider.url);
  const response = await fetch(proxy.url + sessions, { headers });
  await expect(response.text()).rejects.toThrow();
  await expect.poll(() => proxy.skipped).toEqual([expect.stringContaining('before the end')]);
  expect((await fetch(proxy.url + sessions, { headers })).status).toBe(200);
});

test.for(['ftp://x', 'nowhere', 'https://a.test/?x=1'])('refuses the upstream %s', async (url) => {
  await expect(serve(url)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});

test('says that its port is taken', async () => {
  await using proxy = await serve('http://127.0.0.1:9');
  await expect(
    serve('http://127.0.0.1:9', { port: Number(new URL(proxy.url).port) }),
  ).rejects.toMatchObject({
    code: 'ADDRESS_UNAVAILABLE',
  });
});
