import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type LogEntry, type MockOptions, startMock } from '../../src/mock.ts';
import { create, headers, raw, sessions } from './mock.ts';

/** A mock that keeps what it logs. */
async function startLogging(options: MockOptions = {}) {
  const lines: string[] = [];
  const entries: LogEntry[] = [];
  const mock = await startMock({
    ...options,
    onLog: (line, entry) => {
      lines.push(line);
      entries.push(entry);
    },
  });
  return { mock, lines, entries };
}

test.for([
  ['no host', 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'The header `host` is missing'],
  [
    'an expectation',
    'POST /x HTTP/1.1\r\nHost: a\r\nExpect: banana\r\nConnection: close\r\n\r\n',
    417,
    'banana',
  ],
  ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 405, 'this is no proxy'],
  ['garbage', 'GARBAGE\r\n\r\n', 400, 'no valid HTTP'],
  [
    'a body that breaks off',
    'POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    400,
    'no valid HTTP',
  ],
  [
    'too many headers',
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
    431,
    '65536 bytes',
  ],
  [
    'an unknown encoding',
    'POST /x HTTP/1.1\r\nHost: a\r\nContent-Encoding: zip\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
    415,
    'zip is not known',
  ],
  [
    'a broken encoding',
    'POST /x HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
    400,
    'not encoded as',
  ],
] as const)(
  'answers %s at once, in the form of the API, and logs it',
  async ([, bytes, status, reason]) => {
    const { mock, entries } = await startLogging();
    await using closing = mock;
    const answer = await raw(closing, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).toMatch(/\r\nrequest-id: [\da-f-]{36}\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      error: { message: expect.stringContaining(reason) },
    });
    expect(entries).toMatchObject([{ status }]);
  },
);

test('answers what came before garbage first', async () => {
  const { mock } = await startLogging({ latency: '50' });
  await using closing = mock;
  const request = `GET ${sessions} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\n\r\n`;
  const answers = await raw(closing, `${request}GARBAGE\r\n\r\n`);
  expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    '200',
    '400',
  ]);
});

test('answers nothing behind the last request of a connection', async () => {
  const { mock } = await startLogging();
  await using closing = mock;
  const request = `GET ${sessions} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\n`;
  const answers = await raw(closing, `${request}Connection: close\r\n\r\n{"a":1}`);
  expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200']);
});

test('tells a client that sent a body of a failure of the mock', async () => {
  let lines = 0;
  await using mock = await startMock({
    onLog: () => {
      lines += 1;
      if (lines === 1) throw new Error('no room for logs');
    },
  });
  const response = await create(mock);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('no room for logs');
  expect((await create(mock)).status).toBe(201);
});

test('refuses bodies that are nested too deeply, and goes on', async () => {
  const { mock } = await startLogging();
  await using closing = mock;
  for (const levels of [401, 5_000, 100_000]) {
    const body = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const response = await create(closing, { body });
    expect(response.status, String(levels)).toBe(400);
    expect(await response.text()).toContain('more than 400 values deep');
  }
  expect((await create(closing)).status).toBe(201);
  const [first] = await closing.requests({ status: 400 });
  expect(first?.request.body).toBe('(nested more than 400 values deep)');
});

test.for(['gzip', 'deflate', 'br', 'identity'])(
  'reads a body that is encoded by %s',
  async (encoding) => {
    const { deflateSync, brotliCompressSync } = await import('node:zlib');
    const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
    const encode = encoders[encoding as keyof typeof encoders] ?? ((bytes: Buffer) => bytes);
    await using mock = await startMock();
    const body = Buffer.from('{"fileName":"a.tsv"}');
    const response = await create(mock, {
      headers: { ...headers, 'content-encoding': encoding },
      body: new Uint8Array(encode(body)),
    });
    expect(await response.json()).toMatchObject({ fileName: 'a.tsv' });
  },
);

test('refuses a body that is over the limit once it is decoded', async () => {
  await using mock = await startMock({ bodyLimit: 1_000 });
  const bomb = new Uint8Array(gzipSync('x'.repeat(100_000)));
  const response = await create(mock, {
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: bomb,
  });
  expect(response.status).toBe(413);
});

test.for([
  ['413', { 'content-length': '9999999' }],
  ['400', { 'content-type': 'text/plain\r\nContent-Type: text/html' }],
] as const)(
  'echoes the id of the client with a %s, and lets pages read it',
  async ([status, more]) => {
    await using mock = await startMock({ cors: true });
    const lines = {
      host: 'a',
      origin: 'https://app.example',
      'client-request-id': 'mine',
      ...more,
    };
    const text = Object.entries(lines)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const answer = await raw(mock, `POST ${sessions} HTTP/1.1\r\n${text}\r\n`);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('client-request-id: mine');
    expect(answer).toContain('"client-request-id":"mine"');
    expect(answer).toContain('access-control-allow-origin: https://app.example');
  },
);

test('never logs what is secret, however it is written', async () => {
  const spec = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'subscription-key' } },
    },
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'token', in: 'query', schema: { type: 'integer' } }],
          responses: { 200: { description: 'A' } },
        },
      },
    },
  };
  const { mock, lines } = await startLogging({ spec });
  await using closing = mock;
  for (const query of [
    'subscription-key=s3cret',
    '%73ig=s3cret&subscription-key=s3cret',
    'token=s3cret&subscription-key=s3cret',
    `access_token=s3cret&q=${'x'.repeat(20_000)}`,
  ]) {
    await fetch(`${closing.url}/a?${query}`);
  }
  expect(lines).toHaveLength(4);
  expect(lines.join('\n')).not.toContain('s3cret');
  expect(JSON.stringify(await closing.requests())).not.toContain('s3cret');
});

test('a client cannot write lines of its own into the log', async () => {
  const { mock, lines } = await startLogging();
  await using closing = mock;
  await fetch(`${closing.url}/x%0AGET%20/fake?f[a%0AGET%20/fake%20op%20200]x=1`);
  expect(
    lines
      .join('\n')
      .split('\n')
      .some((line) => line.startsWith('GET /fake')),
  ).toBe(false);
});
