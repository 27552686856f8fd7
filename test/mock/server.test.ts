import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { ExactMatchError } from '../../src/index.ts';
import { type LogEntry, startMock } from '../../src/mock.ts';
import { create, headers, sessions } from './mock.ts';

test('tells when it is ready', async () => {
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/__mock/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: 'ok', operations: expect.any(Number) });
  expect((await fetch(`${mock.url}/__mock/other`)).status).toBe(404);
});

test('takes a free port, and says where it listens', async () => {
  await using one = await startMock();
  await using other = await startMock();
  expect(one.port).not.toBe(other.port);
  expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
  expect(one.baseUrl).toBe(`${one.url}/beta`);
});

test('listens on IPv6 as well', async () => {
  await using mock = await startMock({ host: '::1' });
  expect(mock.url).toBe(`http://[::1]:${mock.port}`);
  expect((await create(mock)).status).toBe(201);
});

test('refuses a port that is taken, and says what to do', async () => {
  await using mock = await startMock();
  const error = await startMock({ port: mock.port }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ExactMatchError);
  expect(error).toMatchObject({
    code: 'ADDRESS_UNAVAILABLE',
    message: `Failed to listen on 127.0.0.1:${mock.port}: the port is taken. Stop what listens there, or choose another with --port.`,
  });
});

test.for([-1, 65_536, 1.5, Number.NaN])('refuses port %s', async (port) => {
  await expect(startMock({ port })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});

test('closes while a client keeps its connection open, and answers nobody after', async () => {
  const mock = await startMock();
  expect((await create(mock)).status).toBe(201);
  const idle = connect(mock.port, '127.0.0.1');
  await mock.close();
  await mock.close();
  idle.destroy();
  await expect(create(mock)).rejects.toThrow();
});

test('lets pages of any origin call it when asked to, and else none', async () => {
  const origin = 'https://app.example';
  await using open = await startMock({ cors: true });
  await using closed = await startMock();
  const answer = await create(open, { headers: { ...headers, origin } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  expect(answer.headers.get('access-control-expose-headers')).toContain('request-id');
  const refused = await create(open, { headers: { origin }, body: '{}' });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  const preflight = await fetch(open.baseUrl + sessions, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
  const silent = await create(closed, { headers: { ...headers, origin } });
  expect(silent.headers.has('access-control-allow-origin')).toBe(false);
});

test('logs a line a request, with its findings, and never a token', async () => {
  const lines: string[] = [];
  const entries: LogEntry[] = [];
  await using mock = await startMock({
    onLog: (line, entry) => {
      lines.push(line);
      entries.push(entry);
    },
  });
  await create(mock, { headers: { ...headers, authorization: 'Bearer s3cret' } });
  await create(mock, { body: '{"rowsPerBlock":"many"}' }, '?access_token=s3cret&$top=1');
  await fetch(`${mock.url}/nothing?sig=s3cret`);
  expect(entries.map(({ status, operation }) => [status, operation])).toEqual([
    [201, 'createExactMatchSession'],
    [400, 'createExactMatchSession'],
    [404, undefined],
  ]);
  expect(lines[0]).toMatch(/^POST \/beta\S+ createExactMatchSession 201 [\d.]+ ms$/);
  expect(lines[1]).toMatch(
    / 400 [\d.]+ ms 1 finding\n {2}`rowsPerBlock` must be [^\n]+\n {4}request\.body\.type, \S+\.yaml:\d+:\d+$/,
  );
  expect(lines.join('\n')).not.toContain('s3cret');
  expect(lines[1]).toContain('?access_token=REDACTED&$top=1');
});

test('logs JSON for machines', async () => {
  const lines: string[] = [];
  await using mock = await startMock({ log: 'json', onLog: (line) => lines.push(line) });
  await create(mock, { body: '[]' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    method: 'POST',
    path: `/beta${sessions}`,
    operation: 'createExactMatchSession',
    status: 400,
    milliseconds: expect.any(Number),
    findings: [{ code: 'request.body.type', at: '' }],
  });
});

test('answers a thousand requests at once', async () => {
  await using mock = await startMock();
  const statuses = await Promise.all(
    Array.from({ length: 1_000 }, async () => (await create(mock)).status),
  );
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test('takes a document by path, by URL, as an object', async () => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.example/v2' }],
    paths: {
      '/ping': {
        get: {
          responses: {
            200: {
              description: 'Pong',
              content: { 'text/plain': { schema: { type: 'string' }, example: 'pong' } },
            },
          },
        },
      },
    },
  };
  await using mock = await startMock({ spec: document });
  const response = await fetch(`${mock.url}/v2/ping`);
  expect(await response.text()).toBe('pong');
  expect(response.headers.get('content-type')).toContain('text/plain');
  await expect(startMock({ spec: 'no/such/file.yaml' })).rejects.toMatchObject({
    code: 'SPEC_NOT_FOUND',
  });
});
