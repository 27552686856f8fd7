import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/json.ts';
import type { Entry, Place, Store, Stored } from '../../../src/mock/store/store.ts';
import { missingRedis } from './redis-server.ts';
import { type Subject, subjects } from './subject.ts';

const missing = missingRedis();

/** What goes wrong where names mean something to Lua, Redis, JavaScript or UTF-8. */
const names: readonly string[] = [
  ...[
    '',
    'pet',
    '007',
    '__proto__',
    'a}b{c',
    '{}',
    '%',
    '%25',
    '/pets/7',
    ' a b ',
    '-1',
    '[a',
    '(a',
  ],
  ...[
    '"a\\u0000"\n\0',
    'Ärzte 日本 🐈',
    'half a character \ud83d',
    '\udc08',
    '\ufffd',
    'x'.repeat(5000),
  ],
];

/** JSON that is another one when it is read by Lua, or without care. */
const texts: readonly string[] = [
  '{"z":1,"a":{"y":2,"b":3},"2":4,"1":5}',
  '{"__proto__":{"a":1},"constructor":null,"toString":"x"}',
  '{"a":[0.1,1e+21,9007199254740993,5e-324,-1.7976931348623157e+308,1e-7,123456789012345680000]}',
  '{"":"","a":[],"b":{},"c":null,"d":[[],{}]}',
  JSON.stringify({ text: `\0"\\\n\u2028\ud83d 🐈 ${'long '.repeat(20_000)}`, v: 1, o: 2 }),
];

for (const [title, open] of Object.entries(subjects)) {
  describe.skipIf(title !== 'memory' && missing)(title, () => conformance(open));
}

function conformance(open: () => Promise<Subject>): void {
  let subject: Subject;
  let one: Store;
  let other: Store;
  beforeAll(async () => {
    subject = await open();
    ({ one, other } = subject);
  });
  afterAll(() => subject[Symbol.asyncDispose]());

  test('an item is as it was given, and listed in the order of creation', async ({ task }) => {
    const place = placeOf(task.id);
    for (const [index, text] of texts.entries()) {
      const entry = await one.insert(place, `key ${9 - index}`, { text, since: index + 0.5 });
      const found = await other.get(place, `key ${9 - index}`);
      expect(found).toEqual(entry);
      expect(found?.since).toBe(index + 0.5);
      expect(found?.text).toBe(text);
    }
    expect(keysOf(await other.list(place))).toEqual(['key 9', 'key 8', 'key 7', 'key 6', 'key 5']);
  });

  test('nothing is found where nothing is, and no scope comes of looking', async ({ task }) => {
    const place = placeOf(task.id);
    expect(await one.get(place, 'a')).toBeUndefined();
    expect(await one.list(place)).toEqual([]);
    expect(await one.dump(task.id)).toEqual({});
    expect(await one.replace(place, 'a', item(1), 1)).toBeUndefined();
    expect(await one.remove(place, 'a', 1)).toBe(false);
    expect(await one.readNote(task.id, 'a')).toBeUndefined();
    expect(await one.listNotes(task.id)).toEqual([]);
    expect(await one.readRecords(task.id)).toEqual([]);
    await one.writeNote(task.id, 'a', undefined);
    await one.clearRecords(task.id);
    await one.forget(task.id);
    expect(await one.listScopes()).not.toContain(task.id);
  });

  test('a key is taken once, and free again behind its removal', async ({ task }) => {
    const place = placeOf(task.id);
    const first = await one.insert(place, 'a', item(1));
    expect(await other.insert(place, 'a', item(2))).toBeUndefined();
    expect(await other.get(place, 'a')).toEqual(first);
    expect(await other.remove(place, 'a', versionOf(first))).toBe(true);
    expect(await one.remove(place, 'a', versionOf(first))).toBe(false);
    const second = await one.insert(place, 'a', item(3));
    expect(second).toMatchObject(item(3));
    expect(versionOf(second)).not.toBe(versionOf(first));
  });

  test('a change needs the present version, gives another, and keeps the order', async ({
    task,
  }) => {
    const place = placeOf(task.id);
    const first = await one.insert(place, 'a', item(1));
    await one.insert(place, 'b', item(2));
    const second = await other.replace(place, 'a', { ...item(3), since: 7 }, versionOf(first));
    expect(second).toMatchObject({ ...item(3), since: 7, key: 'a', order: first?.order });
    expect(await one.replace(place, 'a', item(4), versionOf(first))).toBeUndefined();
    expect(await one.remove(place, 'a', versionOf(first))).toBe(false);
    expect(await one.get(place, 'a')).toEqual(second);
    expect(keysOf(await one.list(place))).toEqual(['a', 'b']);
    const versions = [first, second, await one.get(place, 'b')].map(versionOf);
    expect(new Set(versions).size).toBe(3);
  });

  test('removal takes the collections below along, and no others', async ({ task }) => {
    const paths = [
      '/pets/7/toys',
      '/pets/7/toys/1/parts',
      '/pets/70/toys',
      '/pets/7',
      '/pets/7 toys',
    ];
    const owner = await one.insert(placeOf(task.id), '7', item(0));
    for (const path of paths) await one.insert(placeOf(task.id, path), 'x', item(1));
    expect(await other.remove(placeOf(task.id), '7', versionOf(owner))).toBe(true);
    expect(Object.keys(await one.dump(task.id))).toEqual(paths.slice(2));
    expect(await one.list(placeOf(task.id, '/pets/7/toys'))).toEqual([]);
  });

  test('names of all kinds are names, and none is another', async ({ task }) => {
    const stored = (name: string) => item(names.indexOf(name));
    for (const name of names) {
      await one.insert(placeOf(task.id), name, stored(name));
      await one.insert(placeOf(task.id + name), name, stored(name));
      await one.insert(placeOf(task.id, name), name, stored(name));
      await one.writeNote(task.id, name, name);
      expect(await other.count(task.id, name)).toBe(1);
      expect(await other.takeTurn(task.id, name, { limit: 1, window: 10 }, 1)).toBe(0);
    }
    expect(keysOf(await other.list(placeOf(task.id)))).toEqual(names);
    expect([...(await other.listNotes(task.id))].sort()).toEqual([...names].sort());
    const scopes = (await other.listScopes()).filter((scope) => scope.startsWith(task.id));
    expect(scopes.sort()).toEqual(names.map((name) => task.id + name).sort());
    for (const name of names) {
      expect(await other.get(placeOf(task.id, name), name)).toMatchObject(stored(name));
      expect(await other.readNote(task.id, name)).toBe(name);
      expect(await other.dump(task.id + name)).toMatchObject(
        name === '' ? {} : { '/pets': [{ key: name, ...stored(name) }] },
      );
      const entry = await other.get(placeOf(task.id), name);
      expect(await other.remove(placeOf(task.id), name, versionOf(entry))).toBe(true);
    }
    for (const name of names.slice(1)) await one.forget(task.id + name);
    expect(Object.keys(await one.dump(task.id)).sort()).toEqual([...names].sort());
  });

  test('counters count from one, each for itself', async ({ task }) => {
    expect(await one.count(task.id, 'a')).toBe(1);
    expect(await other.count(task.id, 'a')).toBe(2);
    expect(await one.count(task.id, 'b')).toBe(1);
    expect(await one.count(`${task.id} too`, 'a')).toBe(1);
  });

  test('a window has so many turns, and ends', async ({ task }) => {
    const rule = { limit: 2, window: 1000.25 };
    const take = (now: number) => other.takeTurn(task.id, 'all', rule, now);
    const start = 1_790_000_000_000.125;
    expect(await take(start)).toBe(0);
    expect(await take(start + 1)).toBe(0);
    expect(await take(start + 1)).toBe(999.25);
    expect(await take(start + 1000)).toBe(0.25);
    expect(await take(start + 1000.25)).toBe(0);
    // The clock was set back.
    expect(await take(start)).toBe(0);
    expect(await take(start)).toBe(0);
    expect(await take(start)).toBe(1000.25);
    expect(await one.takeTurn(task.id, 'none', { limit: 0, window: 5 }, 3)).toBe(5);
  });

  test('notes are kept, changed and dropped', async ({ task }) => {
    const notes: readonly Json[] = [null, false, 0, '', [], {}, { a: [1, '2'] }];
    for (const note of notes) {
      await one.writeNote(task.id, 'a', note);
      expect(await other.readNote(task.id, 'a')).toEqual(note);
    }
    await other.writeNote(task.id, 'a', undefined);
    expect(await one.readNote(task.id, 'a')).toBeUndefined();
    expect(await one.listNotes(task.id)).toEqual([]);
  });

  test('the journal keeps the last lines, and not many more', async ({ task }) => {
    await one.record(task.id, 'no line is kept', 0);
    expect(await one.readRecords(task.id)).toEqual([]);
    for (let line = 0; line < 100; line += 1) await one.record(task.id, { line }, 10);
    const records = await other.readRecords(task.id);
    expect(records.length).toBeGreaterThanOrEqual(10);
    expect(records.length).toBeLessThan(20);
    expect(records.slice(-2)).toEqual([{ line: 98 }, { line: 99 }]);
    const { length } = records;
    await one.record(task.id, 'one more', 100);
    expect(records).toHaveLength(length);
    await other.clearRecords(task.id);
    expect(await one.readRecords(task.id)).toEqual([]);
  });

  test('a scope is prepared once, loaded at will, and new when it was forgotten', async ({
    task,
  }) => {
    const first = {
      '/pets': [
        { key: 'b', ...item(1) },
        { key: 'a', ...item(2) },
      ],
      '/none': [],
    };
    const second = { '/toys': [{ key: 'c', ...item(3) }] };
    await one.prepare(task.id, first);
    await other.prepare(task.id, second);
    expect(await one.dump(task.id)).toEqual({ '/pets': first['/pets'] });
    expect(keysOf(await one.list(placeOf(task.id)))).toEqual(['b', 'a']);
    const before = await one.get(placeOf(task.id), 'a');
    await one.load(task.id, second);
    expect(await other.dump(task.id)).toEqual(second);
    const after = await one.get(placeOf(task.id, '/toys'), 'c');
    expect(versionOf(after)).toBeGreaterThan(versionOf(before));
    await one.count(task.id, 'a');
    await one.writeNote(task.id, 'a', 1);
    await one.record(task.id, 'a', 1);
    await other.forget(task.id);
    expect(await one.listScopes()).not.toContain(task.id);
    expect(await one.listNotes(task.id)).toEqual([]);
    expect(await one.readRecords(task.id)).toEqual([]);
    expect(await one.count(task.id, 'a')).toBe(1);
    await one.prepare(task.id, first);
    expect(await other.dump(task.id)).toEqual({ '/pets': first['/pets'] });
  });
}

function placeOf(scope: string, collection = '/pets'): Place {
  return { scope, collection };
}

function item(number: number): Stored {
  return { text: `{"number":${number}}`, since: 1_790_000_000_000 + number };
}

function keysOf(list: readonly Entry[]): string[] {
  return list.map(({ key }) => key);
}

function versionOf(entry: Entry | undefined): number {
  return entry?.version ?? Number.NaN;
}
