import { expect, test } from 'vitest';
import { loadSpec } from '../../../src/index.ts';
import { interactionOf, json, startProvider } from '../provider.ts';
import { verifyInteractions } from './verified.ts';

const TOKEN = 'eyJhbGciOiJub25lIn0.c2VjcmV0';

test('sends a token in place of that of the consumer, and never tells it', async () => {
  await using provider = await startProvider(({ headers }) => ({
    headers: { 'x-seen': String(headers['authorization']) },
    body: { seen: headers['authorization'], text: `no right for ${TOKEN}` },
  }));
  const request = (value?: string) => ({ headers: value ? { Authorization: [value] } : {} });
  const response = {
    headers: { 'X-Seen': ['Bearer mine'] },
    body: json({ seen: 'Bearer mine', text: 'fine' }),
  };
  const { results, log } = await verifyInteractions(
    [
      interactionOf({ description: 'with', request: request('Bearer mine'), response }),
      interactionOf({ description: 'without', request: request(), response }),
      interactionOf({
        description: 'refused',
        request: request('Bearer old'),
        response: { status: 401 },
      }),
      interactionOf({ description: 'unknown', request: request(), response: { status: 401 } }),
    ],
    {
      provider: provider.url,
      spec: await loadSpec(),
      states: {},
      headers: { Authorization: `Bearer ${TOKEN}`, 'X-Api-Key': 'k-4711', accept: 'text/x-odd' },
    },
  );
  expect(
    provider.asked.map(({ headers }) => [
      headers['authorization'],
      headers['x-api-key'],
      headers.accept,
    ]),
  ).toEqual([
    [`Bearer ${TOKEN}`, 'k-4711', 'text/x-odd'],
    [`Bearer ${TOKEN}`, 'k-4711', 'text/x-odd'],
    ['Bearer old', undefined, '*/*'],
    [undefined, undefined, '*/*'],
  ]);
  expect(results.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
    ['verify.header', 'verify.body', 'verify.body'],
    ['verify.header', 'verify.body', 'verify.body'],
    ['verify.status'],
    ['verify.status'],
  ]);
  const told = JSON.stringify(results) + log;
  expect(told).toContain('[redacted]');
  expect(told).not.toContain(TOKEN);
});

test('makes headers by the request', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const request = { method: 'POST', path: '/pets', query: { q: ['1'] }, headers: { 'X-A': ['b'] } };
  await verifyInteractions([interactionOf({ description: 'signed', request })], {
    provider: provider.url,
    states: {},
    headers: ({ method, path, headers }) => ({ 'x-signed': `${method} ${path} ${headers['x-a']}` }),
  });
  expect(provider.asked[0]?.headers['x-signed']).toBe('POST /pets?q=1 b');
});
