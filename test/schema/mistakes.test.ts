import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBody, loadSpec } from '../../src/index.ts';
import { append } from '../../src/spec/pointer.ts';
import { reasons, subjectOf } from './subject.ts';

/** A schema, a value that satisfies it, and ways to break the value in one place. */
interface Made {
  readonly schema: object;
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
}

/** The value with one mistake, and where that is. */
interface Mistake {
  readonly at: string;
  readonly value: unknown;
}

function leaf(schema: object, value: unknown, ...wrong: readonly unknown[]): Made {
  return { schema, value, mistakes: wrong.map((one) => ({ at: '', value: one })) };
}

const LEAVES: readonly Made[] = [
  leaf({ type: 'string' }, 'text', 1, null, {}, ['text']),
  leaf({ type: ['string', 'null'] }, null, 1, false),
  leaf({ type: 'string', minLength: 2, maxLength: 4 }, 'abc', 'a', 'abcde', 5),
  leaf({ type: 'string', pattern: '^a', minLength: 3 }, 'abc', 'bcd', 'b', 5),
  leaf({ type: 'string', format: 'date' }, '2024-02-29', '2023-02-29', 20240229),
  leaf({ type: 'string', enum: ['one', 'two'] }, 'two', 'three', 2),
  leaf({ type: 'integer', minimum: 0, maximum: 9 }, 5, -1, 10, 1.5, '5'),
  leaf({ type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 }, 19.99, 0, 19.999, '1'),
  leaf({ type: 'boolean' }, true, 'true', 1, []),
  leaf({ const: { fixed: [1] } }, { fixed: [1] }, { fixed: [2] }, 'fixed'),
];

/** Names that JSON Pointers escape, that objects have anyway, that look like numbers. */
const names = fc.constantFrom('name', 'a/b', '~', '0', 'toString', 'é', '');

const { made } = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    fc.array(tie('made'), { minLength: 1, maxLength: 3 }).map(tuple),
    tie('made').map(list),
    fc
      .record({
        members: fc.uniqueArray(fc.tuple(names, tie('made')), { selector: ([name]) => name }),
        isClosed: fc.boolean(),
        splitAt: fc.nat({ max: 3 }),
      })
      .map(object),
    tie('made').map(twice),
  ),
}));

function tuple(items: readonly Made[]): Made {
  const value = items.map((item) => item.value);
  const schema = { type: 'array', prefixItems: items.map((item) => item.schema), items: false };
  const mistakes = items.flatMap((item, index) =>
    item.mistakes.map(({ at, value: wrong }) => ({
      at: `/${index}${at}`,
      value: value.with(index, wrong),
    })),
  );
  return {
    schema,
    value,
    mistakes: [...mistakes, { at: `/${items.length}`, value: [...value, 1] }],
  };
}

function list(item: Made): Made {
  const value = [item.value, item.value];
  const schema = { type: 'array', items: item.schema, minItems: 1, maxItems: 2 };
  const mistakes = item.mistakes.map(({ at, value: wrong }) => ({
    at: `/1${at}`,
    value: value.with(1, wrong),
  }));
  const wrong = [[], [...value, item.value], {}, 'list'].map((one) => ({ at: '', value: one }));
  return { schema, value, mistakes: [...mistakes, ...wrong] };
}

interface Members {
  readonly members: readonly (readonly [name: string, made: Made])[];
  readonly isClosed: boolean;
  /** How many of the members are in a part of their own. */
  readonly splitAt: number;
}

function object({ members, isClosed, splitAt }: Members): Made {
  const part = (some: Members['members']) => ({
    type: 'object',
    properties: Object.fromEntries(some.map(([name, { schema }]) => [name, schema])),
    required: some.map(([name]) => name),
  });
  const own = part(members.slice(splitAt));
  const parts = splitAt > 0 ? { allOf: [part(members.slice(0, splitAt))] } : {};
  const schema = isClosed
    ? { ...own, ...parts, unevaluatedProperties: false }
    : { ...own, ...parts };
  const value = Object.fromEntries(members.map(([name, member]) => [name, member.value]));
  const inner = members.flatMap(([name, member]) =>
    member.mistakes.map(({ at, value: wrong }) => ({
      at: `${append('', name)}${at}`,
      value: { ...value, [name]: wrong },
    })),
  );
  const missing = members.map(([left]) => ({
    at: append('', left),
    value: Object.fromEntries(Object.entries(value).filter(([name]) => name !== left)),
  }));
  const unknown = isClosed ? [{ at: '/unknown', value: { ...value, unknown: 1 } }] : [];
  const wrong = [[], 'object', null].map((one) => ({ at: '', value: one }));
  return { schema, value, mistakes: [...inner, ...missing, ...unknown, ...wrong] };
}

/** Two parts that say the same: a mistake breaks both and is still one. */
function twice({ schema, value, mistakes }: Made): Made {
  return { schema: { allOf: [schema, schema] }, value, mistakes };
}

test('one mistake makes one finding, at its place', async () => {
  await fc.assert(
    fc.asyncProperty(made, fc.nat(), async ({ schema, value, mistakes }, choice) => {
      const mistake = mistakes[choice % mistakes.length];
      if (!mistake) throw new Error('There is nothing to break');
      const content = { 'application/json': { schema } };
      const operation = { responses: { 200: { description: 'Ok', content } } };
      const spec = await loadSpec({ openapi: '3.1.0', paths: { '/': { get: operation } } });
      const check = (body: unknown) => checkBody(spec, body, { operation: 'GET /', status: 200 });
      expect(check(value)).toEqual([]);
      expect(check(mistake.value).map(({ at }) => at)).toEqual([mistake.at]);
    }),
    { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 500) },
  );
});

test('regression: what is missing is not found in the prototype of an object', async () => {
  const schema = { required: ['toString'], dependentRequired: { a: ['valueOf'] } };
  const subject = await subjectOf(schema);
  const violations = reasons(subject, { a: 1 });
  expect(violations.map(({ pointer, actual }) => ({ pointer, actual }))).toEqual([
    { pointer: '/toString', actual: undefined },
    { pointer: '/valueOf', actual: undefined },
  ]);
});
