import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { sessions } from '../mock/mock.ts';
import { headers, serve, upstream } from './serve.ts';

test('with enforce, refuses what breaks the document', async () => {
  const seen: (string | undefined)[] = [];
  await using provider = await upstream((incoming, response) => {
    seen.push(incoming.method);
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'r1' });
    response.end(incoming.method === 'GET' ? '{"value":[{"id":5}]}' : '{}');
  });
  await using proxy = await serve(provider.url, { isEnforcing: true });
  const post = { method: 'POST', headers };
  const bad = await fetch(proxy.url + sessions, { ...post, body: '{"rowsPerBlock":"many"}' });
  expect([bad.status, bad.headers.get('x-exactmatch-proxy')]).toEqual([400, 'refused-request']);
  expect(bad.headers.get('content-type')).toBe('application/problem+json');
  expect(await bad.json()).toMatchObject({
    status: 400,
    findings: [{ code: 'request.body.type', at: '/rowsPerBlock' }],
  });
  expect(seen).toEqual([]);
  const broken = await fetch(proxy.url + sessions, { headers });
  expect([broken.status, broken.headers.get('x-exactmatch-proxy')]).toEqual([
    ...[502, 'refused-response'],
  ]);
  const large = await fetch(proxy.url + sessions, { ...post, body: `"${' '.repeat(100_001)}"` });
  expect(large.status).toBe(413);
  expect(seen).toEqual(['GET']);
  expect(proxy.exchanges.map(({ refused }) => refused)).toEqual(['request', 'response', 'request']);
});

test('with enforce, passes on what keeps the promise', async () => {
  await using mock = await startMock();
  await using proxy = await serve(mock.baseUrl, { isEnforcing: true });
  const created = await fetch(proxy.url + sessions, { method: 'POST', headers, body: '{}' });
  expect([created.status, proxy.exchanges[0]?.refused]).toEqual([201, undefined]);
  expect(await created.json()).toHaveProperty('id');
});
