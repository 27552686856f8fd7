import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../src/vitest.ts';
import { startMock } from '../../src/mock.ts';
import { headers, sessions } from './mock.ts';

const create = { method: 'POST', headers, body: '{"fileName":"a.tsv"}' };

test('answers without a socket, at any host, as over one', async () => {
  await using mock = await startMock({ frozen: true });
  const over = await fetch(mock.baseUrl + sessions, create);
  await mock.reset();
  for (const url of [
    `${mock.baseUrl}${sessions}`,
    `/beta${sessions}`,
    sessions,
    `https://graph.microsoft.com/beta${sessions}`,
    new URL(`https://graph.microsoft.com/beta${sessions}`),
  ]) {
    const response = await mock.fetch(url, create);
    expect(response.status).toBe(201);
    await expect(response).toSatisfySpec();
  }
  await mock.reset();
  const within = await mock.fetch(new Request(mock.baseUrl + sessions, create));
  expect(await within.json()).toEqual(await over.json());
});

test('listens nowhere when it is told so', async () => {
  await using mock = await startMock({ listen: false });
  expect([mock.url, mock.port]).toEqual(['http://mock.invalid', 0]);
  expect((await mock.fetch(mock.baseUrl + sessions, { headers })).status).toBe(200);
});

test.for([
  ['HEAD', 200],
  ['DELETE', 405],
] as const)('answers %s', async ([method, status]) => {
  await using mock = await startMock({ listen: false });
  const response = await mock.fetch(sessions, { method, headers });
  expect(response.status).toBe(status);
  if (method === 'HEAD') expect(response.body).toBe(null);
});

test('reads a plain request as Request does', async () => {
  await using mock = await startMock({ listen: false });
  const url = `http://a.example/beta${sessions}?$top=1#part`;
  const inits: readonly RequestInit[] = [
    { headers },
    { method: 'GET', headers: new Headers(headers), body: null },
    { method: 'POST', headers: Object.entries(headers), body: '{"fileName":"\ud800ü"}' },
    { method: 'POST', headers: { Authorization: 'Bearer token' }, body: '{}' },
    { method: 'POST', headers: { ...headers, 'X-A': ' b ' }, body: '' },
    { method: 'DELETE', headers, body: '{}' },
  ];
  for (const init of inits) {
    const plain = await mock.fetch(url, init);
    const read = await mock.fetch(new Request(url, init));
    expect([plain.status, plain.url]).toEqual([read.status, read.url]);
    const [one, other] = (await mock.requests({ limit: 2 })).map(({ request }) => request);
    expect(one).toEqual(other);
  }
});

test.for([
  [sessions, { method: 'GET', body: '{}' }],
  [sessions, { method: 'TRACE' }],
  [sessions, { headers: { 'a b': 'c' } }],
  ['http://user:secret@a.example/', {}],
] as const)('refuses to fetch %s with %j, as fetch does', async ([url, init]) => {
  await using mock = await startMock({ listen: false });
  await expect(mock.fetch(url, init)).rejects.toThrow(TypeError);
});

/** What can be done with a response; each gives something to compare. */
const uses: Readonly<Record<string, (response: Response) => unknown>> = {
  text: (response) => response.text(),
  json: (response) => response.json(),
  arrayBuffer: async (response) => Buffer.from(await response.arrayBuffer()).toString(),
  bytes: async (response) => Buffer.from(await response.bytes()).toString(),
  blob: async (response) => {
    const blob = await response.blob();
    return [blob.type, await blob.text()];
  },
  formData: (response) => response.formData(),
  stream: async (response) => {
    if (response.body?.locked) return 'locked';
    const parts: Uint8Array[] = [];
    for await (const part of response.body ?? []) parts.push(part);
    return Buffer.concat(parts).toString();
  },
  clone: (response) => response.clone().text(),
  copy: (response) => new Response(response.body, response).text(),
  isUsed: (response) => response.bodyUsed,
  hasBody: (response) => response.body !== null,
  isOk: (response) => [response.ok, response.status, response.type, response.redirected],
  headers: (response) => [response.headers.get('Content-Type'), [...response.headers.keys()]],
  change: (response) => response.headers.set('content-type', 'text/plain; charset=utf-8'),
};

test('gives a response that is read as those of the platform are', async () => {
  const body = '{"text":"ü🐈"}';
  const spec = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/a': {
        get: {
          responses: {
            200: {
              description: 'A',
              content: { 'application/json': { example: JSON.parse(body), schema: {} } },
            },
          },
        },
      },
    },
  };
  await using mock = await startMock({ spec, listen: false });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(uses)), { maxLength: 6 }),
      async (list) => {
        const ours = await mock.fetch('/a');
        const platform = new Response(body, { status: 200, headers: ours.clone().headers });
        for (const name of list) {
          const use = uses[name] ?? String;
          expect(await outcome(use, ours), name).toEqual(await outcome(use, platform));
        }
        expect(ours).toBeInstanceOf(Response);
        expect(ours.url).toBe('http://mock.invalid/a');
      },
    ),
    { numRuns: 300 },
  );
});

async function outcome(use: (response: Response) => unknown, response: Response): Promise<unknown> {
  try {
    return await use(response);
  } catch (cause) {
    return (cause as Error).name;
  }
}

test.for([
  '/a/b',
  '/a//b',
  '/a/./b',
  '/a/../b',
  '/a/%2e%2e/b',
  '/.a/b',
  '/a b',
  '/a?b=c',
  '/a#b',
  '/ü',
  '//host/a',
  '/a/',
  'a',
  "/a('b')",
])('takes %j for the URL that the platform takes it for', async (input) => {
  await using mock = await startMock({ listen: false });
  const { href } = new URL(input, mock.url);
  expect((await mock.fetch(input, { headers })).url).toBe(href);
});

test('keeps to the limits of the server', async () => {
  await using mock = await startMock({ listen: false, bodyLimit: 100 });
  const large = await mock.fetch(sessions, { ...create, body: ' '.repeat(101) });
  expect(large.status).toBe(413);
  expect((await mock.fetch(`${sessions}?${'x'.repeat(20_000)}`, { headers })).status).toBe(414);
});

test('gives up when it is told to', async () => {
  await using mock = await startMock({ listen: false, latency: '60000' });
  const signal = AbortSignal.timeout(20);
  await expect(mock.fetch(sessions, { headers, signal })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  await expect(
    mock.fetch(sessions, { headers, signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

test('logs and journals as the server does', async () => {
  const lines: string[] = [];
  await using mock = await startMock({ listen: false, onLog: (line) => lines.push(line) });
  await mock.fetch(sessions, create);
  expect(lines).toEqual([
    expect.stringMatching(/^POST \S+ createExactMatchSession 201 [\d.]+ ms$/),
  ]);
  expect(await mock.requests()).toHaveLength(1);
});
