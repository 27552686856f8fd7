import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { readQuery, runQuery } from '../../../src/mock/odata/query.ts';
import { sessionTypes } from './sessions.ts';

const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 1000) };

/** What an expression is true, false or unknown for, told twice: as text, and as plain code. */
interface Told {
  readonly text: string;
  /** How closely it binds, so that no more parentheses are written than must be. */
  readonly binds: 'or' | 'and' | 'equality' | 'relation' | 'all';
  readonly holds: (row: Row) => boolean | null;
}

/** An item, with what the plain code needs of it. */
interface Row {
  readonly item: JsonObject;
  readonly state: string | null;
  readonly rank: number | null;
  readonly isOpen: boolean | null;
  readonly created: Instant | null;
  readonly fields: readonly string[];
}

/** A point in time as text, and as the ten-millionths of a second since 1970. */
interface Instant {
  readonly text: string;
  readonly ticks: bigint;
}

const words = fc.constantFrom('', 'a', 'ab', "b'a", 'B');
const small = fc.integer({ min: -3, max: 3 });

/** Few different ones, so that some are equal, each written in some zone with some digits. */
const instants = fc
  .record({
    seconds: fc.integer({ min: 1_700_000_000, max: 1_700_000_002 }),
    ticks: fc.constantFrom(0, 1, 10, 1_234_567, 9_999_999),
    offset: fc.constantFrom(0, 60, -90, 345),
    zeros: fc.nat({ max: 5 }),
  })
  .map(({ seconds, ticks, offset, zeros }): Instant => {
    const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
    const digits = `${ticks}`.padStart(7, '0') + '0'.repeat(zeros);
    const clock = new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16);
    const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${clock}`;
    return {
      text: `${local}.${digits}${zone}`,
      ticks: BigInt(seconds) * 10_000_000n + BigInt(ticks),
    };
  });

const rows = fc
  .record({
    state: fc.option(words),
    rank: fc.option(small),
    isOpen: fc.option(fc.boolean()),
    created: fc.option(instants),
    fields: fc.array(words, { maxLength: 3 }),
    isSparse: fc.boolean(),
  })
  .map(({ isSparse, ...row }): Row => {
    const all = { ...row, created: row.created?.text ?? null };
    const entries = Object.entries(all).filter(([, value]) => value !== null || !isSparse);
    return { ...row, item: Object.fromEntries(entries) };
  });

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

function compare<T extends string | number | bigint | boolean>(
  operator: (typeof OPERATORS)[number],
  left: T | null,
  right: T | null,
): boolean {
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  return operator === 'lt' ? left < right : left <= right;
}

function comparison<T extends string | number | bigint | boolean>(
  operands: fc.Arbitrary<{ readonly text: string; readonly value: (row: Row) => T | null }>,
): fc.Arbitrary<Told> {
  return fc
    .tuple(operands, fc.constantFrom(...OPERATORS), operands)
    .map(([left, operator, right]) => ({
      text: `${left.text} ${operator} ${right.text}`,
      binds: operator === 'eq' || operator === 'ne' ? 'equality' : 'relation',
      holds: (row) => compare(operator, left.value(row), right.value(row)),
    }));
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const nothing = { text: 'null', value: () => null };

const strings = fc.oneof(
  fc.constant({ text: 'state', value: (row: Row) => row.state }),
  words.map((word) => ({ text: quote(word), value: () => word })),
  fc.constant({ text: 'toupper(state)', value: (row: Row) => row.state?.toUpperCase() ?? null }),
  fc.constant({
    text: "concat(state,'b')",
    value: ({ state }: Row) => (state === null ? null : `${state}b`),
  }),
  fc.constant(nothing),
);

/** Sums, with the parentheses that they need. */
const { numbers } = fc.letrec<{ numbers: Sum; sum: Sum; product: Sum; factor: Sum }>((tie) => ({
  numbers: tie('sum'),
  sum: fc.oneof(
    { depthSize: 'small' },
    tie('product'),
    calculation(tie('sum'), tie('product'), 'add', (left, right) => left + right),
    calculation(tie('sum'), tie('product'), 'sub', (left, right) => left - right),
  ),
  product: fc.oneof(
    { depthSize: 'small' },
    tie('factor'),
    calculation(tie('product'), tie('factor'), 'mul', (left, right) => left * right),
    tie('product').map(({ text, value }) => ({
      text: `${text} div 2`,
      value: (row: Row) => map(value(row), (number) => Math.trunc(number / 2)),
    })),
    tie('product').map(({ text, value }) => ({
      text: `${text} mod -3`,
      value: (row: Row) => map(value(row), (number) => number % 3),
    })),
  ),
  factor: fc.oneof(
    { depthSize: 'small' },
    fc.constant({ text: 'rank', value: (row: Row) => row.rank }),
    small.map((number) => ({ text: `${number}`, value: () => number })),
    fc.constant({ text: 'fields/$count', value: (row: Row) => row.fields.length }),
    fc.constant({ text: 'length(state)', value: (row: Row) => row.state?.length ?? null }),
    tie('sum').map(({ text, value }) => ({ text: `(${text})`, value })),
    tie('factor').map(({ text, value }) => ({
      text: `- ${text}`,
      value: (row: Row) => map(value(row), (number) => -number),
    })),
  ),
}));

type Sum = { readonly text: string; readonly value: (row: Row) => number | null };

function calculation(
  one: fc.Arbitrary<Sum>,
  other: fc.Arbitrary<Sum>,
  name: string,
  reckon: (left: number, right: number) => number,
): fc.Arbitrary<Sum> {
  return fc.tuple(one, other).map(([left, right]) => ({
    text: `${left.text} ${name} ${right.text}`,
    value: (row) => {
      const [first, second] = [left.value(row), right.value(row)];
      return first === null || second === null ? null : reckon(first, second);
    },
  }));
}

function map(value: number | null, change: (value: number) => number): number | null {
  return value === null ? null : change(value);
}

const times = fc.oneof(
  fc.constant({ text: 'created', value: (row: Row) => row.created?.ticks ?? null }),
  instants.map(({ text, ticks }) => ({ text, value: () => ticks })),
);

const leaves: fc.Arbitrary<Told> = fc.oneof(
  comparison(strings),
  comparison(numbers),
  comparison(times),
  comparison(fc.constantFrom({ text: 'isOpen', value: (row: Row) => row.isOpen }, nothing)),
  fc.constant<Told>({ text: 'isOpen', binds: 'all', holds: ({ isOpen }) => isOpen }),
  fc.constantFrom<Told>(
    { text: 'true', binds: 'all', holds: () => true },
    { text: 'null', binds: 'all', holds: () => null },
  ),
  words.map<Told>((word) => ({
    text: `contains(state,${quote(word)})`,
    binds: 'all',
    holds: ({ state }) => (state === null ? null : state.includes(word)),
  })),
  fc.array(words).map<Told>((list) => ({
    text: `state in (${list.map(quote).join(',')})`,
    binds: 'all',
    holds: ({ state }) => list.some((word) => word === state),
  })),
  words.map<Told>((word) => ({
    text: `fields/any(f: startswith(f,${quote(word)}) or f eq state)`,
    binds: 'all',
    holds: ({ fields, state }) => fields.some((one) => one.startsWith(word) || one === state),
  })),
  words.map<Told>((word) => ({
    text: `fields/all(f: f ne ${quote(word)} and isOpen)`,
    binds: 'all',
    holds: ({ fields, isOpen }) => fields.every((one) => one !== word && isOpen),
  })),
);

const LEVELS = ['or', 'and', 'equality', 'relation', 'all'] as const;

/** The text of an operand, in parentheses where it binds less closely than what it stands in. */
function within(told: Told, level: Told['binds']): string {
  const isLoose = LEVELS.indexOf(told.binds) < LEVELS.indexOf(level);
  return isLoose ? `(${told.text})` : told.text;
}

const { told: expressions } = fc.letrec<{ told: Told }>((tie) => ({
  told: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaves,
    fc.tuple(tie('told'), tie('told')).map<Told>(([left, right]) => ({
      text: `${within(left, 'and')} and ${within(right, 'and')}`,
      binds: 'and',
      holds: (row) => both(left.holds(row), right.holds(row)),
    })),
    fc.tuple(tie('told'), tie('told')).map<Told>(([left, right]) => ({
      text: `${within(left, 'or')} or ${within(right, 'or')}`,
      binds: 'or',
      holds: (row) => not(both(not(left.holds(row)), not(right.holds(row)))),
    })),
    tie('told').map<Told>((told) => ({
      text: `not ${within(told, 'all')}`,
      binds: 'all',
      holds: (row) => not(told.holds(row)),
    })),
  ),
}));

function both(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

test('finds what plain code finds', () => {
  fc.assert(
    fc.property(expressions, fc.array(rows, { minLength: 1, maxLength: 8 }), (told, list) => {
      const reading = readQuery({ $filter: told.text }, sessionTypes);
      if (reading.kind === 'mistake') {
        // The only one that such an expression can have.
        expect(reading.reason).toContain('nested');
        return;
      }
      const found = runQuery(
        list.map(({ item }) => item),
        reading.query,
      );
      const want = list.filter((row) => told.holds(row) === true).map(({ item }) => item);
      expect(found.items).toEqual(want);
      expect(found.total).toBe(want.length);
    }),
    runs,
  );
});

test('finds every item by a filter, by its negation or, unknown, by neither', () => {
  fc.assert(
    fc.property(expressions, rows, (told, row) => {
      const answers = [told.text, `not (${told.text})`].map((filter) => {
        const reading = readQuery({ $filter: filter }, sessionTypes);
        return reading.kind === 'query' ? runQuery([row.item], reading.query).total : undefined;
      });
      fc.pre(!answers.includes(undefined));
      const holds = told.holds(row);
      expect(answers).toEqual([Number(holds === true), Number(holds === false)]);
    }),
    runs,
  );
});
