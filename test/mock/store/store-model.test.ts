import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/mock/store/memory-store.ts';
import type { Place, Store } from '../../../src/mock/store/store.ts';
import { createModel } from './model.ts';
import { ask, missingRedis } from './redis-server.ts';
import { openRedis, type RedisSubject } from './subject.ts';

const missing = missingRedis();
/** EXACTMATCH_RUNS makes a long search of it. */
const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 150) };

const scope = fc.constantFrom('one', 'two');
const collection = fc.constantFrom('/a', '/a/1/b', '/a/a%20b/c', '/a/1/b/a%20b/d', '/a/12/b');
const key = fc.constantFrom('1', 'a b', '__proto__');
const name = fc.constantFrom('red', 'blue', '"');
const place = fc.record({ scope, collection }, { noNullPrototype: true });
const text = fc.string({ unit: 'grapheme', maxLength: 5 });
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
const value = fc
  .dictionary(text, json, { maxKeys: 4, noNullPrototype: true })
  .map((object) => JSON.stringify(object));
const since = fc.nat({ max: 2 ** 31 });
const stored = fc.record({ text: value, since }, { noNullPrototype: true });
const item = fc.record({ key, text: value, since }, { noNullPrototype: true });
const items = fc.uniqueArray(item, { selector: (each) => each.key, maxLength: 3 });
const dump = fc.dictionary(collection, items, { maxKeys: 3, noNullPrototype: true });
const rule = fc.record({
  limit: fc.integer({ min: 1, max: 3 }),
  window: fc.integer({ min: 1, max: 5 }),
});
const limit = 4;
/** Becomes the version that the item has, so that about half of the changes succeed. */
const version = fc.constantFrom('present', 'another');

const steps = fc.oneof(
  fc.tuple(fc.constant('insert'), place, key, stored),
  fc.tuple(fc.constant('insert'), place, key, stored),
  fc.tuple(fc.constant('replace'), place, key, stored, version),
  fc.tuple(fc.constant('remove'), place, key, version),
  fc.tuple(fc.constant('get'), place, key),
  fc.tuple(fc.constant('list'), place),
  fc.tuple(fc.constantFrom('load', 'prepare'), scope, dump),
  fc.tuple(fc.constantFrom('dump', 'forget'), scope),
  fc.tuple(fc.constantFrom('listNotes', 'readRecords', 'clearRecords'), scope),
  fc.tuple(fc.constantFrom('count', 'readNote'), scope, name),
  fc.tuple(fc.constant('writeNote'), scope, name, fc.option(json, { nil: undefined })),
  fc.tuple(fc.constant('takeTurn'), scope, name, rule, fc.nat({ max: 12 })),
  fc.tuple(fc.constant('record'), scope, json, fc.constant(limit)),
  fc.tuple(fc.constant('listScopes')),
);

let subject: RedisSubject;
beforeAll(async () => {
  if (!missing) subject = await openRedis();
});
afterAll(() => subject?.[Symbol.asyncDispose]());

test.skipIf(missing)('memory, Redis and a plain model never disagree', async () => {
  const { one, other, server } = subject;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 60 }), async (list) => {
      const model = createModel();
      const memory = createMemoryStore();
      await ask(server.port, 'FLUSHALL');
      for (const [index, [method, ...values]] of list.entries()) {
        if (index % 20 === 10) await ask(server.port, 'SCRIPT FLUSH');
        const given = values.map((each) =>
          each === 'present' || each === 'another' ? versionOf(model, values, each) : each,
        );
        const want = await run(model, method, given);
        expect(await run(memory, method, given), `${method} in memory`).toEqual(want);
        expect(await run(index % 3 ? one : other, method, given), `${method} in Redis`).toEqual(
          want,
        );
      }
    }),
    runs,
  );
});

function versionOf(model: Store, [where, itemKey]: readonly unknown[], which: string): number {
  const entry = model.get(where as Place, String(itemKey)) as { version: number } | undefined;
  return entry && which === 'present' ? entry.version : 12_345;
}

/** What comes of it, without what a store is free in: the order of names, and how much journal is left. */
async function run(store: Store, method: string, values: readonly unknown[]): Promise<unknown> {
  const result: unknown = await Reflect.apply(store[method as keyof Store], store, values);
  if (method === 'listNotes' || method === 'listScopes') return (result as string[]).toSorted();
  return method === 'readRecords' ? (result as unknown[]).slice(-limit) : result;
}
