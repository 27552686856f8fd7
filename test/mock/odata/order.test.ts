import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { readQuery, runQuery } from '../../../src/mock/odata/query.ts';
import { find, sessionTypes } from './sessions.ts';

const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 300) };

/** Orders of the sessions; null is the least, and what is not of its type comes next. */
const ORDERS: readonly (readonly [order: string, ids: string])[] = [
  ['id', 'abcde'],
  ['id desc', 'edcba'],
  ['state', 'cdeab'],
  ['state desc,id', 'baecd'],
  ['state DESC , id desc', 'baedc'],
  ['rank', 'cdeba'],
  ['rank asc', 'cdeba'],
  ['rank\tdesc', 'abecd'],
  ['isOpen desc', 'abecd'],
  ['isOpen desc,id desc', 'abedc'],
  ['created', 'cdeab'],
  ['day', 'cdeba'],
  ['took', 'cdeba'],
  ['extra desc', 'aebcd'],
  ["contains(state,'o') desc, id desc", 'abedc'],
  ['rank ge 0 desc', 'abcde'],
  ['length(state), id desc', 'edcba'],
  ['error/code desc', 'bacde'],
  ['$it/id', 'abcde'],
  ['fields/$count desc, id', 'abcde'],
  [' id ', 'abcde'],
];

test.for(ORDERS)('sorts by %s to "%s"', ([order, ids]) => {
  expect(find({ $orderby: order })).toBe(ids);
});

test('sorts strings by their code units, points in time as such, and numbers with NaN first', () => {
  const strings = [{ id: 'ä' }, { id: 'b' }, { id: 'Z' }, { id: 'a' }];
  expect(find({ $orderby: 'id' }, strings)).toBe('Zabä');
  const times = [
    { id: 'a', created: '2024-05-01T12:00:00.12345670Z' },
    { id: 'b', created: '2024-05-01T12:00:00.1234568+02:00' },
    { id: 'c', created: '2024-05-01T14:00:00.1234567+02:00' },
  ];
  expect(find({ $orderby: 'created' }, times)).toBe('bac');
  expect(find({ $orderby: 'created desc' }, times)).toBe('acb');
  const numbers = [
    { id: 'a', rank: 1 },
    { id: 'b', rank: 0 },
    { id: 'c', rank: -1 },
    { id: 'd', rank: null },
  ];
  expect(find({ $orderby: 'rank divby 0' }, numbers)).toBe('dbca');
});

const keys = ['state', 'rank', 'isOpen', 'extra'] as const;
const value = fc.constantFrom(null, undefined, 'a', 'b', 'B', 0, 1, -1, true, false);
const rows = fc
  .array(fc.record({ state: value, rank: value, isOpen: value, extra: value }))
  .map((records): readonly JsonObject[] => {
    // As JSON has them: what is undefined is not there.
    return JSON.parse(JSON.stringify(records.map((record, index) => ({ ...record, index }))));
  });
const orders = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { minLength: 1 });

test('sorts totally and stably: again changes nothing, and equals keep their order', () => {
  fc.assert(
    fc.property(rows, orders, (items, order) => {
      const text = order.map(([key, isDown]) => `${key}${isDown ? ' desc' : ''}`).join(',');
      const sorted = sort(text, items);
      expect(new Set(sorted)).toEqual(new Set(items));
      expect(sorted).toHaveLength(items.length);
      expect(sort(text, sorted)).toEqual(sorted);
      expect(sort(text, items.toReversed()).map((item) => signature(item, order))).toEqual(
        sorted.map((item) => signature(item, order)),
      );
      for (const [index, item] of sorted.entries()) {
        const next = sorted[index + 1];
        if (!next || signature(next, order) !== signature(item, order)) continue;
        expect(Number(item['index'])).toBeLessThan(Number(next['index']));
      }
    }),
    runs,
  );
});

function sort(text: string, items: readonly JsonObject[]): readonly JsonObject[] {
  const reading = readQuery({ $orderby: text }, sessionTypes);
  if (reading.kind === 'mistake') expect.fail(reading.reason);
  return runQuery(items, reading.query).items;
}

/** What of an item counts for an order; a value that is not of its type counts as any such. */
function signature(item: JsonObject, order: readonly (readonly [string, boolean])[]): string {
  const types: Record<string, string> = { state: 'string', rank: 'number', isOpen: 'boolean' };
  const values = order.map(([key]) => {
    const known = item[key] ?? null;
    const type = types[key];
    return known === null || type === undefined || typeof known === type ? known : 'misfit';
  });
  return JSON.stringify(values);
}
