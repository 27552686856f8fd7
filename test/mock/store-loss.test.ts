import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { run } from '../cli/io.ts';
import { create, headers, sessions } from './mock.ts';
import { freePort, missingRedis, startRedis } from './store/redis-server.ts';

const missing = missingRedis();

test('a Redis that is away at the start is one clear line and exit code 2', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const argv = ['mock', '--port', '0', '--store', `redis://me:secret@${address}`];
  expect(await run(argv)).toEqual({
    code: 2,
    stdout: '',
    stderr: `exactmatch: The store "redis://${address}" cannot be reached: connect ECONNREFUSED ${address}.\n`,
  });
});

test.skipIf(missing)('a Redis that is lost is told as the API tells errors', async () => {
  await using redis = await startRedis();
  const statuses: number[] = [];
  await using mock = await startMock({
    store: redis.url,
    onLog: (_line, { status }) => statuses.push(status),
  });
  expect((await create(mock)).status).toBe(201);
  await redis.kill();
  for (const request of [
    () => create(mock),
    () => fetch(mock.baseUrl + sessions, { headers }),
    () => mock.fetch(mock.baseUrl + sessions, { headers }),
    () => mock.scope('other').fetch(mock.baseUrl + sessions, { headers }),
  ]) {
    const lost = await request();
    expect([lost.status, lost.headers.get('retry-after')]).toEqual([503, '5']);
    const body = (await lost.json()) as { error: { code: string; message: string } };
    expect(body.error.code).toBe('serviceNotAvailable');
    expect(body.error.message).toContain(`"${redis.url}" cannot be reached`);
    expect(lost.headers.get('request-id')).toBeTruthy();
  }
  expect(statuses).toEqual([201, 503, 503, 503, 503]);
});

test.skipIf(missing)(
  'health tells of a Redis that is lost, and of its return; the mock lives',
  async () => {
    await using redis = await startRedis();
    await using mock = await startMock({ store: redis.url });
    const health = () => fetch(`${mock.url}/__mock/health`);
    expect((await health()).status).toBe(200);
    await redis.kill();
    await expect.poll(async () => (await health()).status).toBe(503);
    expect(JSON.stringify(await (await health()).json())).toContain('cannot be reached');
    expect((await fetch(`${mock.url}/__mock/live`)).status).toBe(200);
    await redis.start();
    await expect.poll(async () => (await health()).status, { timeout: 8000 }).toBe(200);
    const created = await create(mock);
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    expect((await fetch(`${mock.baseUrl}${sessions}/${id}`, { headers })).status).toBe(200);
  },
);

test.skipIf(missing)('what was remembered at first is there again in an empty Redis', async () => {
  await using redis = await startRedis();
  await using mock = await startMock({
    store: redis.url,
    seedData: { [sessions]: [{ id: 'seeded' }] },
  });
  const seeded = () => fetch(`${mock.baseUrl}${sessions}/seeded`, { headers });
  expect((await seeded()).status).toBe(200);
  await redis.kill();
  expect((await seeded()).status).toBe(503);
  await redis.start();
  await expect.poll(async () => (await seeded()).status, { timeout: 8000 }).toBe(200);
});
