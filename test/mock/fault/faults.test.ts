import { expect, test } from 'vitest';
import { checkResponse, loadSpec } from '../../../src/index.ts';
import { type FaultTexts, startMock } from '../../../src/mock.ts';
import { create, headers, sessions } from '../mock.ts';

const NAME = 'x-mock-fault';

/** The statuses of so many creations, and what was said of faults. */
async function series(faults: FaultTexts, count: number, seed = 1): Promise<readonly string[]> {
  await using mock = await startMock({ ...faults, seed, listen: false });
  const answers: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const response = await mock.fetch(sessions, { method: 'POST', headers, body: '{}' });
    answers.push(`${response.status} ${response.headers.get(NAME) ?? '-'}`);
  }
  return answers;
}

test('fails as often as it is told, and the same requests each time', async () => {
  const one = await series({ fail: '30%:503' }, 300);
  const failed = one.filter((answer) => answer === '503 fail 503').length;
  expect(failed).toBeGreaterThan(60);
  expect(failed).toBeLessThan(120);
  expect(one.filter((answer) => answer === '201 -')).toHaveLength(300 - failed);
  expect(await series({ fail: '30%:503' }, 300)).toEqual(one);
  expect(await series({ fail: '30%:503' }, 300, 2)).not.toEqual(one);
});

test('draws from several statuses', async () => {
  const answers = new Set(await series({ fail: '100%:500,503,429' }, 60));
  expect(answers).toEqual(new Set(['500 fail 500', '503 fail 503', '429 fail 429']));
});

test('throttles with a true Retry-After', async () => {
  await using mock = await startMock({ throttle: '3/10s', frozen: true, listen: false });
  const spec = await loadSpec();
  const status = async () => {
    const response = await mock.fetch(sessions, { headers });
    expect(await checkResponse(spec, response, { method: 'GET' })).toEqual([]);
    return [response.status, response.headers.get('retry-after')];
  };
  for (let index = 0; index < 3; index += 1) expect(await status()).toEqual([200, null]);
  expect(await status()).toEqual([429, '10']);
  await mock.advance('7s');
  expect(await status()).toEqual([429, '3']);
  await mock.advance('3s');
  expect(await status()).toEqual([200, null]);
});

test('delays, and says for how long', async () => {
  await using mock = await startMock({ latency: '20..40', listen: false });
  const start = performance.now();
  const response = await mock.fetch(sessions, { headers });
  const [, milliseconds] = /^latency (\d+)ms$/.exec(response.headers.get(NAME) ?? '') ?? [];
  expect(Number(milliseconds)).toBeGreaterThanOrEqual(20);
  expect(Number(milliseconds)).toBeLessThanOrEqual(40);
  // A timer may be a millisecond early.
  expect(performance.now() - start).toBeGreaterThanOrEqual(Number(milliseconds) - 2);
});

test('resets connections, of sockets and without', async () => {
  await using mock = await startMock({ reset: '100%' });
  const reset = { cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } };
  await expect(create(mock)).rejects.toMatchObject(reset);
  await expect(mock.fetch(sessions, { headers })).rejects.toMatchObject(reset);
  await mock.setFaults({});
  expect((await create(mock)).status).toBe(201);
});

test('sends bodies slowly, and whole', async () => {
  await using mock = await startMock({ slow: '100%:4000' });
  const response = await create(mock);
  expect(response.headers.get(NAME)).toBe('slow 4000B/s');
  const start = performance.now();
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ state: 'Created' });
  expect(performance.now() - start).toBeGreaterThan((text.length / 4000) * 1000 * 0.5);
  const inside = await mock.fetch(sessions, { headers });
  expect(await inside.json()).toMatchObject({ value: [{ state: 'Created' }] });
});

test.for([
  ['fail=503', 503, 'fail 503'],
  ['fail=404', 404, 'fail 404'],
  ['throttle=7', 429, 'throttle'],
  ['throttle', 429, 'throttle'],
  ['latency=5', 201, 'latency 5ms'],
  ['respond-async, latency=5, fail=500', 500, 'latency 5ms, fail 500'],
  ['slow=100000', 201, 'slow 100000B/s'],
  ['respond-async', 201, null],
] as const)('follows Prefer: %s', async ([prefer, status, note]) => {
  await using mock = await startMock();
  const response = await create(mock, { headers: { ...headers, prefer } });
  expect([response.status, response.headers.get(NAME)]).toEqual([status, note]);
  if (prefer === 'throttle=7') expect(response.headers.get('retry-after')).toBe('7');
});

test.for([
  ['fail=200', 'fail must be a status from 400 to 599'],
  ['latency=soon', 'latency must be milliseconds'],
  ['slow=0', 'slow must be bytes a second'],
] as const)('refuses Prefer: %s', async ([prefer, reason]) => {
  await using mock = await startMock();
  const response = await create(mock, { headers: { ...headers, prefer } });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(reason);
});

test('takes the faults of one operation from the document', async () => {
  const spec = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/a': {
        get: {
          'x-mock': { faults: { fail: '100%:502', throttle: '1/1h' } },
          responses: { 200: { description: 'A' } },
        },
      },
      '/b': { get: { responses: { 200: { description: 'B' } } } },
    },
  };
  await using mock = await startMock({ spec, listen: false });
  const statuses: number[] = [];
  for (const path of ['/a', '/a', '/b', '/b']) statuses.push((await mock.fetch(path)).status);
  expect(statuses).toEqual([502, 429, 200, 200]);
});

test.for([
  [{ fail: 'often' }, 'fail must be a share and statuses'],
  [{ fail: '5%:200' }, 'fail must be'],
  [{ fail: '101%:500' }, 'fail must be'],
  [{ latency: '-5' }, 'latency must be milliseconds or a range'],
  [{ throttle: '5' }, 'throttle must be requests and a time'],
  [{ reset: '5' }, 'reset must be a share'],
  [{ slow: 'x' }, 'slow must be'],
] as const)('refuses to start with %j', async ([faults, reason]) => {
  await expect(startMock({ ...faults, listen: false })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining(reason),
  });
});
