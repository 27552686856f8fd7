import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRedisStore } from '../../../src/mock/store/redis-store.ts';
import type { Store } from '../../../src/mock/store/store.ts';
import { ask, freePort, missingRedis, startRedis } from './redis-server.ts';
import { clusterOptions, openRedis } from './subject.ts';

const missing = missingRedis();
const place = { scope: 'failure', collection: '/pets' };
const pet = { text: '{"name":"Rex"}', since: 0 };
const unavailable = { name: 'ExactMatchError', code: 'STORE_UNAVAILABLE' };

test('a server that is not there is named with the reason, and no password', async () => {
  const port = await freePort();
  const error = await createRedisStore(`redis://me:secret@127.0.0.1:${port}/2`).catch(String);
  expect(error).toBe(
    `ExactMatchError: The store "redis://127.0.0.1:${port}/2" cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`,
  );
});

test('a server that does not answer is given up within seconds', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
  await expect(createRedisStore(url)).rejects.toThrow(/: no answer within 3 seconds\.$/);
  server.close();
});

test('a server that speaks another protocol is given up', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
  await expect(createRedisStore(url)).rejects.toMatchObject(unavailable);
  server.close();
});

test.skipIf(missing)(
  'a killed server is missed at once, and found again with no help',
  async () => {
    await using subject = await openRedis();
    const { one, other, server } = subject;
    await one.insert(place, 'a', pet);
    expect(one.trouble()).toBeUndefined();
    const pending = Array.from({ length: 50 }, (_, index) => one.insert(place, `${index}`, pet));
    const outcomes = Promise.allSettled(pending);
    await server.kill();
    for (const outcome of await outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(unavailable);
    }
    for (const store of [one, other]) {
      await expect
        .poll(() => store.trouble())
        .toContain(`127.0.0.1:${server.port}" cannot be reach`);
      // Nothing waits for the server: all has failed within the turn.
      const attempts = Promise.allSettled(everything(store));
      const outcomes = await Promise.race([attempts, setImmediate('late' as const)]);
      if (outcomes === 'late') throw new Error('Something waits for a server that is away');
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: unavailable });
    }
    await server.start();
    for (const store of [one, other]) {
      await expect.poll(() => store.trouble(), { timeout: 5000 }).toBeUndefined();
      expect(await store.get(place, 'a')).toBeUndefined();
    }
    expect(await one.insert(place, 'a', pet)).toMatchObject({ version: 1 });
    expect(await other.listScopes()).toEqual(['failure']);
  },
);

test.skipIf(missing)('a server that hangs is missed within about a second', async () => {
  await using subject = await openRedis();
  const { one, server } = subject;
  server.pause();
  const start = performance.now();
  const attempts = everything(one);
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(unavailable);
  expect(performance.now() - start).toBeLessThan(2500);
  expect(one.trouble()).toContain('no reply for a second');
  server.resume();
  await expect.poll(() => one.trouble(), { timeout: 8000 }).toBeUndefined();
  await one.insert(place, 'b', pet);
});

test.skipIf(missing)('a store that is busy itself does not take the server for lost', async () => {
  await using subject = await openRedis();
  const pending = subject.one.insert(place, 'a', pet);
  for (const end = performance.now() + 2000; performance.now() < end; );
  expect(await pending).toMatchObject(pet);
  expect(subject.one.trouble()).toBeUndefined();
});

test.skipIf(missing)('a store closes while its server is away, and refuses then', async () => {
  const server = await startRedis();
  const store = await createRedisStore(server.url);
  await server.kill();
  await expect.poll(() => store.trouble()).toBeDefined();
  const start = performance.now();
  await store.close();
  await store.close();
  expect(performance.now() - start).toBeLessThan(500);
  await expect(store.get(place, 'a')).rejects.toThrow('it has been closed');
  await server[Symbol.asyncDispose]();
});

test.skipIf(missing)('what is under way is done before a store closes', async () => {
  await using server = await startRedis();
  const store = await createRedisStore(server.url);
  const pending = Array.from({ length: 100 }, () => store.count('failure', 'a'));
  await store.close();
  expect((await Promise.all(pending)).at(-1)).toBe(100);
  expect(await ask(server.port, 'HGET exactmatch:{failure}:counters a')).toContain('100');
  // The only one left is that of the question.
  const clients = async () => (await ask(server.port, 'CLIENT LIST')).match(/^id=/gm);
  await expect.poll(clients).toHaveLength(1);
});

test.skipIf(missing)('a full server is trouble until it has room', async () => {
  await using subject = await openRedis();
  const { one, server } = subject;
  await ask(server.port, 'CONFIG SET maxmemory 1');
  await expect(one.insert(place, 'a', pet)).rejects.toMatchObject(unavailable);
  await expect.poll(() => one.trouble()).toContain('OOM');
  await ask(server.port, 'CONFIG SET maxmemory 0');
  await expect.poll(() => one.trouble(), { timeout: 5000 }).toBeUndefined();
  await one.insert(place, 'a', pet);
});

test.skipIf(missing)('a command that is refused harms no other', async () => {
  await using subject = await openRedis();
  const { one, server } = subject;
  await ask(server.port, 'SET exactmatch:{failure}:notes text');
  await expect(one.readNote('failure', 'a')).rejects.toThrow(/has refused: WRONGTYPE/);
  expect(one.trouble()).toBeUndefined();
  expect(await one.count('failure', 'a')).toBe(1);
});

test.skipIf(missing)('what a process was told is done when it is killed', async () => {
  await using subject = await openRedis();
  const source = new URL('../../../src/mock/store/redis-store.ts', import.meta.url);
  const code = `
    import { createRedisStore } from ${JSON.stringify(fileURLToPath(source))};
    const store = await createRedisStore(${JSON.stringify(subject.server.url)});
    await Promise.all(Array.from({ length: 8 }, async (_, lane) => {
      for (let index = 0; ; index += 1) {
        const key = lane + ' ' + index;
        await store.insert(${JSON.stringify(place)}, key, { text: '{}', since: 0 });
        process.stdout.write(key + '\\n');
      }
    }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  const acknowledged: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(line);
    if (acknowledged.length === 500) child.kill('SIGKILL');
  }
  const keys = new Set((await subject.one.list(place)).map(({ key }) => key));
  expect(acknowledged.length).toBeGreaterThanOrEqual(500);
  expect(acknowledged.filter((key) => !keys.has(key))).toEqual([]);
});

/** Every function of a store that asks the server. */
function everything(store: Store): unknown[] {
  const rule = { limit: 1, window: 1 };
  const attempts = [
    ...[store.get(place, 'a'), store.list(place), store.insert(place, 'c', pet)],
    ...[store.replace(place, 'a', pet, 1), store.remove(place, 'a', 1), store.count('b', 'a')],
    ...[store.takeTurn('b', 'a', rule, 1), store.readNote('b', 'a'), store.writeNote('b', 'a', 1)],
    ...[store.listNotes('b'), store.record('b', 1, 1), store.readRecords('b')],
    ...[store.clearRecords('b'), store.prepare('b', {}), store.dump('b'), store.load('b', {})],
    ...[store.forget('b'), store.listScopes()],
  ];
  // They fail all at once, and are looked at one by one.
  for (const attempt of attempts) Promise.resolve(attempt).catch(() => undefined);
  return attempts;
}

test('what was written into a Redis that came back empty is not replaced by the seed', async () => {
  await using redis = await startRedis();
  const store = await createRedisStore(redis.url);
  const place = { scope: 's', collection: '/a' };
  await store.insert(place, 'kept', { text: '{"id":"kept"}', since: 0 });
  await store.prepare('s', { '/a': [{ key: 'seed', text: '{"id":"seed"}', since: 0 }] });
  expect((await store.list(place)).map(({ key }) => key)).toEqual(['kept']);
  await store.close();
});

test.skipIf(missing)('a cluster of several nodes is refused at the start, by name', async () => {
  await using one = await startRedis(...(await clusterOptions()));
  const bus = await clusterOptions();
  await using other = await startRedis(...bus);
  await ask(one.port, 'CLUSTER ADDSLOTSRANGE 0 8191');
  await ask(other.port, 'CLUSTER ADDSLOTSRANGE 8192 16383');
  await ask(one.port, `CLUSTER MEET 127.0.0.1 ${other.port} ${bus.at(-1)}`);
  for (const { port, url } of [one, other]) {
    await expect
      .poll(() => ask(port, 'CLUSTER INFO'), { timeout: 10_000 })
      .toContain('cluster_size:2');
    await expect.poll(() => ask(port, 'CLUSTER INFO')).toContain('cluster_state:ok');
    const error = await createRedisStore(url).catch(String);
    expect(error).toBe(
      `ExactMatchError: The store "redis://127.0.0.1:${port}" cannot be reached: it is one of several nodes of a Redis Cluster, and the mock speaks to one server. Give the address of a Redis or Valkey that is no cluster, or of a cluster of one node.`,
    );
  }
});
