import axios from 'axios';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { expect, test } from 'vitest';
import '../../src/vitest.ts';
import { startMswMock } from '../../src/msw.ts';

const GRAPH = 'https://graph.microsoft.com/beta';
const SESSIONS = '/dataClassification/exactMatchDataStores/patients/sessions';
const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };

/** An msw server with the handlers of a mock, until the end of the block. */
async function serve(options: Parameters<typeof startMswMock>[0] = {}) {
  const mock = await startMswMock(options);
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledFrame: 'error' });
  const stop = async () => {
    server.close();
    await mock.close();
  };
  return { mock, server, [Symbol.asyncDispose]: stop };
}

const create = (body: unknown = {}, extra: Record<string, string> = {}) =>
  fetch(GRAPH + SESSIONS, {
    method: 'POST',
    headers: { ...headers, ...extra },
    body: JSON.stringify(body),
  });

test('answers requests to the servers of the document, and remembers', async () => {
  await using served = await serve();
  expect(served.mock.baseUrl).toBe(GRAPH);
  const created = await create({ fileName: 'patients.tsv' });
  expect(created.status).toBe(201);
  expect(created.headers.get('location')).toMatch(/^https:\/\/graph\.microsoft\.com\/beta\//);
  await expect(created).toSatisfySpec({ method: 'POST' });
  const { id } = (await created.json()) as { id: string };
  const read = await fetch(`${GRAPH}${SESSIONS}/${id}`, { headers });
  await expect(read.json()).resolves.toMatchObject({ id, fileName: 'patients.tsv' });
  const { data, status } = await axios.get(`${GRAPH}${SESSIONS}`, { headers });
  expect([status, data.value.length]).toEqual([200, 1]);
});

test('judges requests, and keeps them in the journal', async () => {
  await using served = await serve();
  expect((await create({ rowsPerBlock: 'many' })).status).toBe(400);
  expect((await fetch(`${GRAPH}/nothing/here`, { headers })).status).toBe(404);
  const requests = await served.mock.requests();
  expect(requests.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
    ['request.body.type'],
    ['request.path.unmatched'],
  ]);
});

test('leaves requests to other hosts and base paths to msw', async () => {
  await using _served = await serve();
  for (const url of [`https://graph.microsoft.com/betamax`, 'https://example.test/beta']) {
    await expect(fetch(url)).rejects.toThrow();
  }
});

test('lets handlers go first that are added for one test', async () => {
  await using served = await serve();
  served.server.use(http.post(GRAPH + SESSIONS, () => HttpResponse.json({}, { status: 507 })));
  expect((await create()).status).toBe(507);
  served.server.resetHandlers();
  expect((await create()).status).toBe(201);
});

test('misbehaves as it is told', async () => {
  await using _served = await serve();
  const failing = await create({}, { prefer: 'fail=503' });
  expect([failing.status, failing.headers.get('x-mock-fault')]).toEqual([503, 'fail 503']);
  await expect(create({}, { prefer: 'reset' })).rejects.toThrow(TypeError);
});

test('answers for the servers that are given, with variables', async () => {
  await using served = await serve({ servers: ['https://{region}.example.test:443/beta/'] });
  expect(served.mock.baseUrl).toBe('https://{region}.example.test/beta');
  const response = await fetch(`https://eu.example.test${'/beta'}${SESSIONS}`, { headers });
  expect(response.status).toBe(200);
});

test.for([
  [{ servers: ['/beta'] }, /must be an absolute URL .* got "\/beta"/],
  [{ servers: [] }, /names no server with a host/],
  [
    { spec: { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} } },
    /names no server with a host/,
  ],
] as const)('refuses %j', async ([options, message]) => {
  await expect(startMswMock(options)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(message),
  });
});
