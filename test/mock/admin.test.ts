import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRequest, checkResponse, loadSpec, type Spec } from '../../src/index.ts';
import { type ClockState, type MockServer, startMock } from '../../src/mock.ts';
import { create, headers, sessions } from './mock.ts';

let mock: MockServer;
let spec: Spec;
beforeAll(async () => {
  mock = await startMock({ seedData: { [sessions]: [{ id: 's1', state: 'Created' }] } });
  spec = await loadSpec(new URL('../../spec/mock-admin.openapi.yaml', import.meta.url));
});
afterAll(() => mock.close());

/** Asks the admin API, and holds what is sent and what comes back to its own document. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
  scope?: string,
): Promise<Response> {
  const init = {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(scope === undefined ? {} : { 'x-mock-scope': scope }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const url = mock.url + path;
  const response = await fetch(url, init);
  const isRefused = response.status >= 400;
  if (!isRefused) expect(await checkRequest(spec, new Request(url, init))).toEqual([]);
  expect(await checkResponse(spec, response, { method })).toEqual([]);
  return response;
}

test('says that it is ready', async () => {
  const response = await ask('GET', '/__mock/health');
  expect(await response.json()).toMatchObject({ status: 'ok', operations: 16 });
  expect((await fetch(`${mock.url}/__mock/health`, { method: 'HEAD' })).status).toBe(200);
});

test('says that it is alive', async () => {
  const response = await ask('GET', '/__mock/live');
  expect(await response.json()).toEqual({ status: 'ok' });
  expect((await fetch(`${mock.url}/__mock/live`, { method: 'HEAD' })).status).toBe(200);
});

test('gives the document and its own', async () => {
  const document = await (await ask('GET', '/__mock/document')).json();
  expect(document).toMatchObject({ info: { title: 'Microsoft Graph exactMatchSession' } });
  const own = await (await ask('GET', '/__mock/openapi')).json();
  expect(own).toMatchObject({ info: { title: 'exactmatch mock, admin API' } });
});

test('lists what was asked and answered, without credentials', async () => {
  const scope = { headers: { ...headers, 'x-mock-scope': 'journal' } };
  const secret = { ...scope, body: JSON.stringify({ salt: 's3cret', fileName: 'a.tsv' }) };
  await create(mock, secret);
  await create(mock, { ...scope, body: '{"rowsPerBlock":"many"}' }, '?access_token=s3cret');
  await fetch(mock.baseUrl + sessions, scope);
  const text = await (await ask('GET', '/__mock/requests', undefined, 'journal')).text();
  expect(text).not.toContain('s3cret');
  expect(text).not.toContain('Bearer token');
  const exchanges = JSON.parse(text);
  expect(exchanges).toMatchObject([
    {
      operation: 'createExactMatchSession',
      request: { method: 'POST', body: { salt: 'REDACTED', fileName: 'a.tsv' } },
      response: { status: 201, body: { fileName: 'a.tsv', state: 'Created' } },
      findings: [],
    },
    { response: { status: 400 }, findings: [{ code: 'request.body.type', at: '/rowsPerBlock' }] },
    { operation: 'listExactMatchSessions', response: { status: 200 } },
  ]);
  for (const [query, count] of [
    ['status=400', 1],
    ['operation=createExactMatchSession', 2],
    ['operation=createExactMatchSession&status=201', 1],
    ['limit=1', 1],
    ['operation=none', 0],
    [
      'operation=GET%20/dataClassification/exactMatchDataStores/{exactMatchDataStoreId}/sessions',
      1,
    ],
  ] as const) {
    const filtered = await ask('GET', `/__mock/requests?${query}`, undefined, 'journal');
    expect(await filtered.json(), query).toHaveLength(count);
  }
  await ask('DELETE', '/__mock/requests', undefined, 'journal');
  expect(await mock.scope('journal').requests()).toEqual([]);
});

test('keeps scopes apart', async () => {
  const [one, other] = [mock.scope('one'), mock.scope('other')];
  expect((await fetch(`${one.baseUrl}${sessions}/s1`, { headers })).status).toBe(200);
  await fetch(`${one.baseUrl}${sessions}/s1`, { method: 'DELETE', headers });
  await one.setFaults({ fail: '100%:503' });
  await one.advance('1h');
  expect((await fetch(`${one.baseUrl}${sessions}/s1`, { headers })).status).toBe(503);
  expect((await other.fetch(`${sessions}/s1`, { headers })).status).toBe(200);
  expect((await fetch(`${mock.baseUrl}${sessions}/s1`, { headers })).status).toBe(200);
  expect(await other.requests()).toHaveLength(1);
  const [early, late] = [await other.clock(), await one.clock()];
  expect(Date.parse(late.now) - Date.parse(early.now)).toBeGreaterThan(3_500_000);
  expect(await (await ask('GET', '/__mock/scopes')).json()).toEqual(
    expect.arrayContaining(['one', 'other']),
  );
  const created = await create(mock, { headers: { ...headers, 'x-mock-scope': 'one' } });
  expect(created.status).toBe(503);
});

test('links of a scope stay in it', async () => {
  const scope = mock.scope('links');
  await scope.reset();
  const created = await fetch(scope.baseUrl + sessions, { method: 'POST', headers, body: '{}' });
  const location = created.headers.get('location') ?? '';
  expect(location).toContain('/__scope/links/beta/');
  expect((await fetch(location, { headers })).status).toBe(200);
});

test('reads, replaces and resets what is remembered', async () => {
  const given = { [sessions]: [{ id: 'x', state: 'Completed' }] };
  await ask('PUT', '/__mock/state', given, 'state');
  expect(await (await ask('GET', '/__mock/state', undefined, 'state')).json()).toEqual(given);
  await ask('PUT', '/__mock/snapshots/before', undefined, 'state');
  await ask('PUT', '/__mock/state', {}, 'state');
  expect(await (await ask('GET', '/__mock/state', undefined, 'state')).json()).toEqual({});
  expect(await (await ask('GET', '/__mock/snapshots', undefined, 'state')).json()).toEqual([
    'before',
  ]);
  await ask('POST', '/__mock/snapshots/before/restore', undefined, 'state');
  expect(await mock.scope('state').state()).toEqual(given);
  await ask('DELETE', '/__mock/snapshots/before', undefined, 'state');
  expect((await ask('POST', '/__mock/snapshots/before/restore', undefined, 'state')).status).toBe(
    400,
  );
  await ask('POST', '/__mock/reset', undefined, 'state');
  expect(await mock.scope('state').state()).toEqual({
    [sessions]: [{ id: 's1', state: 'Created' }],
  });
});

test.for([
  [{ [sessions]: [{ id: 's1', rowsPerBlock: 'many' }] }, '/rowsPerBlock must be'],
  [{ [sessions]: [{ state: 'x' }] }, '/id'],
  [{ [sessions]: [{ id: 'a' }, { id: 'a' }] }, 'the key "a" is there twice'],
  [{ '/nothing': [] }, 'no collection of the document has this path'],
  [{ [sessions]: {} }, 'it must be a list of items'],
] as const)('refuses the state %j and says why', async ([state, reason]) => {
  const response = await ask('PUT', '/__mock/state', state, 'refused');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining(reason) });
});

test('moves the clock, freezes it and sets it', async () => {
  const clock = async (method: string, path: string, body?: unknown) =>
    (await (await ask(method, path, body, 'clock')).json()) as ClockState;
  const set = await clock('PUT', '/__mock/clock', { now: '2024-05-14T08:00:00Z', frozen: true });
  expect(set).toEqual({ now: '2024-05-14T08:00:00.000Z', frozen: true });
  const moved = await clock('POST', '/__mock/clock/advance', { by: '1h30m' });
  expect(moved).toEqual({ now: '2024-05-14T09:30:00.000Z', frozen: true });
  const scope = { headers: { ...headers, 'x-mock-scope': 'clock' } };
  expect(await (await create(mock, scope)).json()).toMatchObject({
    creationDateTime: '2024-05-14T09:30:00.000Z',
  });
  expect(await clock('GET', '/__mock/clock')).toEqual(moved);
  const running = await clock('PUT', '/__mock/clock', { frozen: false });
  expect(running.frozen).toBe(false);
  expect(Date.parse(running.now) - Date.parse(moved.now)).toBeLessThan(60_000);
});

test.for([
  ['POST', '/__mock/clock/advance', { by: 'soon' }, 'got "soon"'],
  ['POST', '/__mock/clock/advance', { by: -5 }, 'got "-5"'],
  ['POST', '/__mock/clock/advance', { by: '999999999d' }, 'ends with the year 9999'],
  ['PUT', '/__mock/clock', { now: 'yesterday' }, 'now'],
  ['PUT', '/__mock/faults', { fail: 'often' }, 'fail must be a share and statuses'],
  ['PUT', '/__mock/faults', { latency: '500..5' }, 'latency must be'],
  ['PUT', '/__mock/faults', { crash: '5%' }, 'crash'],
  ['GET', '/__mock/requests?status=99', undefined, 'status'],
  ['PUT', '/__mock/snapshots/a%2Fb', undefined, 'name'],
] as const)('refuses %s %s %j', async ([method, path, body, reason]) => {
  const response = await ask(method, path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining(reason) });
});

test('goes on at the end of time', async () => {
  await ask('PUT', '/__mock/clock', { now: '9999-12-31T23:59:59Z', frozen: false }, 'end');
  const made = await create(mock, { headers: { ...headers, 'x-mock-scope': 'end' } });
  expect(await made.json()).toMatchObject({
    creationDateTime: expect.stringMatching(/^9999-12-31T23:59:59/),
  });
  const list = await fetch(mock.baseUrl + sessions, {
    headers: { ...headers, 'x-mock-scope': 'end' },
  });
  expect(await list.json()).toMatchObject({ value: [{ id: 's1' }, {}] });
});

test('says what there is where there is nothing', async () => {
  const response = await fetch(`${mock.url}/__mock/nothing`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining('GET /__mock/health'),
  });
  expect((await fetch(`${mock.url}/__mock/state`, { method: 'POST' })).status).toBe(405);
  const named = await fetch(`${mock.url}/__mock/health`, { headers: { 'x-mock-scope': 'a b' } });
  expect(named.status).toBe(400);
});

test('needs its token where it has one, but to tell that it lives and is ready', async () => {
  await using guarded = await startMock({ adminToken: 't0ken' });
  const status = async (path: string, authorization?: string) => {
    const init = authorization === undefined ? {} : { headers: { authorization } };
    return (await fetch(guarded.url + path, init)).status;
  };
  expect(await status('/__mock/live')).toBe(200);
  expect(await status('/__mock/health')).toBe(200);
  expect(await status('/__mock/state')).toBe(401);
  expect(await status('/__mock/state', 'Bearer wrong')).toBe(401);
  expect(await status('/__mock/state', 'Bearer t0ken')).toBe(200);
});

test('takes no orders from web pages of other sites, unless it is open to them', async () => {
  await using open = await startMock({ cors: true });
  const status = async ({ url }: MockServer, origin: string) =>
    (await fetch(`${url}/__mock/reset`, { method: 'POST', headers: { origin } })).status;
  expect(await status(mock, 'https://elsewhere.example')).toBe(403);
  expect(await status(mock, 'null')).toBe(403);
  expect(await status(mock, mock.url)).toBe(204);
  expect(await status(open, 'https://elsewhere.example')).toBe(204);
});
