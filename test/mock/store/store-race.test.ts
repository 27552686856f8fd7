import { expect, test } from 'vitest';
import { createRedisStore } from '../../../src/mock/store/redis-store.ts';
import { ask, missingRedis } from './redis-server.ts';
import { openRedis } from './subject.ts';

const missing = missingRedis();
const place = { scope: 'race', collection: '/pets' };
const many = 200;

test.skipIf(missing)('of many inserts of a key one wins', async () => {
  await using subject = await openRedis();
  const { one, other } = subject;
  const keys = Array.from({ length: many }, (_, index) => `key ${index % 10}`);
  const entries = await Promise.all(
    keys.map((key, number) =>
      (number % 3 === 0 ? one : other).insert(place, key, { text: `${number}`, since: number }),
    ),
  );
  const winners = entries.filter((entry) => entry !== undefined);
  expect(winners.map(({ key }) => key).sort()).toEqual([...new Set(keys)].sort());
  expect(await one.list(place)).toEqual(winners.toSorted((a, b) => a.order - b.order));
});

test.skipIf(missing)('no change is lost that was made with the present version', async () => {
  await using subject = await openRedis();
  const stores = [subject.one, subject.other];
  await subject.one.insert(place, 'sum', { text: '0', since: 0 });
  const versions: number[] = [];
  await Promise.all(
    Array.from({ length: many }, async (_, index) => {
      const store = stores[index % 2] ?? subject.one;
      for (;;) {
        const old = await store.get(place, 'sum');
        if (!old) throw new Error('the item is gone');
        const text = `${Number(old.text) + 1}`;
        const changed = await store.replace(place, 'sum', { text, since: 0 }, old.version);
        if (changed) return versions.push(changed.version);
      }
    }),
  );
  expect(await subject.other.get(place, 'sum')).toMatchObject({ text: `${many}` });
  expect(new Set(versions).size).toBe(many);
});

test.skipIf(missing)('numbers, turns and lines are given once each', async () => {
  await using subject = await openRedis();
  const stores = Array.from({ length: many }, (_, index) =>
    index % 2 === 0 ? subject.one : subject.other,
  );
  const [numbers, waits] = await Promise.all([
    Promise.all(stores.map((store) => store.count('race', 'number'))),
    Promise.all(stores.map((store) => store.takeTurn('race', 'turn', { limit: 7, window: 9 }, 5))),
    Promise.all(stores.map((store, index) => store.record('race', index, many))),
  ]);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(stores.map((_, index) => index + 1));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(7);
  expect((await subject.one.readRecords('race')).toSorted()).toEqual([...stores.keys()].toSorted());
});

test.skipIf(missing)('the first of many who prepare a scope wins', async () => {
  await using subject = await openRedis();
  const { one, other } = subject;
  const prepared = Array.from({ length: 20 }, (_, index) =>
    (index % 2 === 0 ? one : other).prepare('race', {
      '/pets': [{ key: `${index}`, text: `${index}`, since: 0 }],
    }),
  );
  await Promise.all(prepared);
  expect(await one.list(place)).toHaveLength(1);
});

test.skipIf(missing)(
  'a scope that is written to while it is forgotten is listed or empty',
  async () => {
    await using subject = await openRedis();
    const { one, other } = subject;
    for (let round = 0; round < 100; round += 1) {
      await Promise.all([
        one.forget('race'),
        other.insert(place, `key ${round}`, { text: '{}', since: 0 }),
        one.count('race', 'number'),
        other.forget('race'),
        one.writeNote('race', 'note', round),
      ]);
      const isListed = (await one.listScopes()).includes('race');
      const isEmpty =
        (await one.list(place)).length === 0 && (await one.listNotes('race')).length === 0;
      expect(isListed || isEmpty).toBe(true);
    }
  },
);

test.skipIf(missing)('what is forgotten leaves nothing behind but the list of scopes', async () => {
  await using subject = await openRedis();
  const { one } = subject;
  const pet = await one.insert(place, '7', { text: '{}', since: 0 });
  await one.insert({ ...place, collection: '/pets/7/toys' }, '1', { text: '{}', since: 0 });
  await one.remove(place, '7', pet?.version ?? 0);
  await one.load('race', { '/a': [{ key: '1', text: '{}', since: 0 }] });
  await one.load('race', { '/b': [{ key: '1', text: '{}', since: 0 }] });
  await one.count('race', 'number');
  await one.takeTurn('race', 'turn', { limit: 1, window: 9 }, 5);
  await one.writeNote('race', 'note', 1);
  await one.record('race', 'line', 1);
  await one.forget('race');
  expect(await ask(subject.server.port, 'KEYS *')).toBe('*0');
});

test.skipIf(missing)('databases of a server know nothing of each other', async () => {
  await using subject = await openRedis();
  const store = await createRedisStore(`${subject.server.url}/3`);
  await store.insert(place, 'a', { text: '{}', since: 0 });
  expect(await subject.one.listScopes()).toEqual([]);
  expect(await store.listScopes()).toEqual(['race']);
  await store.close();
});
