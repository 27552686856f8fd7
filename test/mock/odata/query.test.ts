import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { type QueryTexts, readQuery, runQuery } from '../../../src/mock/odata/query.ts';
import { find, NOW, SESSIONS, sessionTypes } from './sessions.ts';

const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 300) };

test('answers with everything when nothing is asked for', () => {
  const reading = readQuery({ $filter: undefined }, sessionTypes);

  expect(reading).toMatchObject({ kind: 'query', query: { count: undefined } });
  if (reading.kind === 'query') {
    expect(runQuery(SESSIONS, reading.query)).toEqual({ items: SESSIONS, total: 5 });
  }
});

test('filters, searches, counts, sorts, skips and takes, in that order', () => {
  const texts = {
    $top: '1',
    $skip: '1',
    $orderby: 'id desc',
    $count: 'TRUE',
    $search: 'e',
    $filter: "id ne 'e'",
  };
  const reading = readQuery(texts, sessionTypes, { now: () => NOW });

  expect(reading).toMatchObject({ kind: 'query', query: { count: true, top: 1, skip: 1 } });
  if (reading.kind === 'query') {
    expect(runQuery(SESSIONS, reading.query)).toEqual({ items: [SESSIONS[0]], total: 2 });
  }
});

test('reads names of options in either case', () => {
  expect(find({ $Filter: "id eq 'a'", $ORDERBY: 'id' })).toBe('a');
});

test('takes pages beyond the end, and of nothing', () => {
  expect(find({ $skip: '5' })).toBe('');
  expect(find({ $top: '0' })).toBe('');
  expect(find({ $skip: '99999999999999999999', $top: '99999999999999999999' })).toBe('');
  expect(find({ $top: '99999999999999999999', $count: 'false' })).toBe('abcde');
});

test('tiles the list with pages, whatever their size', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 12 }), (length, size) => {
      const items = Array.from({ length }, (_, id) => ({ id: String.fromCodePoint(97 + id) }));
      const pages: string[] = [];
      for (let skip = 0; skip < length; skip += size) {
        pages.push(find({ $skip: `${skip}`, $top: `${size}`, $orderby: 'id' }, items));
      }
      expect(pages.join('')).toBe(items.map(({ id }) => id).join(''));
    }),
    runs,
  );
});

const TOKENS = [
  ...[
    'state',
    'rank',
    'price',
    'isOpen',
    'created',
    'day',
    'took',
    'key',
    'fields',
    'tags',
    'extra',
  ],
  ...['error', 'code', 'details', 'agent', 'name', '$it', '@odata.type', 'x', 'INF', 'NaN', 'null'],
  ...[
    'true',
    'false',
    "'a'",
    "'",
    "''",
    '"',
    '"a b"',
    '5',
    '0',
    '-',
    '1.5e3',
    '2024-05-01',
    '12:30',
  ],
  ...['2024-05-01T12:30:00.1234567Z', "duration'PT1H'", '01234567-89ab-cdef-0123-456789abcdef'],
  ...[' eq ', ' ne ', ' gt ', ' le ', ' and ', ' or ', 'not ', ' in ', ' has ', ' add ', ' div '],
  ...[' mod ', ' mul ', ' sub ', '(', ')', ',', '/', ':', ' ', '\t', '*', ';', '.', '$count', '@x'],
  ...['any(', 'all(', 'any(x: ', 'contains(', 'length(', 'year(', 'now()', 'substring('],
  ...[
    "matchesPattern(state,'",
    '(a|b)*',
    ' asc',
    ' desc',
    'AND',
    ' OR ',
    'NOT ',
    '($select=',
    '😀',
  ],
];

const OPTIONS = ['$filter', '$orderby', '$search', '$select', '$expand', '$top', '$count'] as const;

test('takes any text: it is understood, or there is a mistake in it', () => {
  const text = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...TOKENS) }, fc.string()))
    .map((tokens) => tokens.join(''));
  fc.assert(
    fc.property(fc.constantFrom(...OPTIONS), text, (option, given) => {
      const texts: QueryTexts = { [option]: given };
      const reading = readQuery(texts, sessionTypes);
      if (reading.kind === 'query') {
        expect(runQuery(SESSIONS, reading.query).total).toBeLessThanOrEqual(SESSIONS.length);
        return;
      }
      expect(reading.option).toBe(option);
      expect(reading.position).toBeGreaterThanOrEqual(0);
      expect(reading.position).toBeLessThanOrEqual(given.length);
      expect(reading.reason).toMatch(/^.+\.$/s);
    }),
    { numRuns: runs.numRuns * 10 },
  );
});

test('lets what is no mistake of the text through', () => {
  const broken = () => {
    throw new TypeError('broken');
  };
  expect(() => readQuery({ $filter: 'x' }, broken)).toThrow('broken');
});

test('does not change the items', () => {
  const items: readonly JsonObject[] = Object.freeze([
    Object.freeze({ id: 'b' }),
    Object.freeze({ id: 'a' }),
  ]);
  expect(find({ $orderby: 'id', $filter: "id ne 'c'" }, items)).toBe('ab');
});
