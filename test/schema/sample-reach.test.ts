import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from '../../src/schema/pattern-text.ts';
import { regularExpression } from '../../src/schema/regular-expression.ts';
import { sample } from '../../src/schema/sample.ts';
import { holds, type Subject, subjectWith } from './subject.ts';

const text = { type: 'string' };
const REQUEST = { direction: 'request' } as const;

function madeOf({ spec, schema }: Subject, seed = 0): unknown {
  return sample(spec, schema, { ...REQUEST, seed });
}

test.for<[schema: object]>([
  [{ ...text, pattern: '^\\d+$', minLength: 40 }],
  [{ ...text, pattern: '^[^@]+@[^@]+$', minLength: 20, maxLength: 22 }],
  [{ ...text, pattern: '^\\p{Lu}\\p{Ll}+$' }],
  [{ ...text, pattern: '^\\p{Script=Thai}{3}$' }],
  [{ ...text, pattern: '^(ab|c)+$', minLength: 5, maxLength: 5 }],
  [{ ...text, pattern: '^a{3}$|^b{5}$', minLength: 4 }],
  [{ ...text, pattern: '^(?=.*[A-Z])(?=.*\\d)(?=.*[!@#]).{8,}$' }],
  [{ ...text, pattern: '^(?<q>["\']).*\\k<q>$' }],
  [{ ...text, pattern: '^(\\d{3})-\\1$' }],
  [{ ...text, pattern: '^\\u{1F600}\\x41\\cA\\t$', minLength: 4, maxLength: 4 }],
  [{ ...text, pattern: '^(?!a)[a-z]{3}$' }],
  [{ ...text, pattern: 'foo', minLength: 10 }],
  [{ ...text, pattern: '^$' }],
  [{ ...text, pattern: '^[a-z]+$', minLength: 50_000 }],
  [{ ...text, pattern: '^[\\]x]-\\]$' }],
  [{ ...text, pattern: '^(?i:a)\\b b$' }],
  [{ ...text, pattern: '^😀{2}$', maxLength: 2 }],
  [{ ...text, format: 'date', pattern: '^2030' }],
  [{ ...text, format: 'email', pattern: '@corp\\.example$' }],
  [{ ...text, format: 'uri', pattern: '^https://api\\.' }],
  [{ ...text, format: 'email', minLength: 40 }],
  [{ type: 'array', minItems: 3, uniqueItems: true, items: { ...text, format: 'date' } }],
  [{ type: 'array', minItems: 3, uniqueItems: true, items: { ...text, format: 'email' } }],
  [{ ...text, not: { enum: ['string'] } }],
  [{ type: 'integer', not: { const: 0 } }],
  [{ type: ['string', 'integer'], not: { type: 'string' } }],
  [{ minProperties: 1, propertyNames: { pattern: '^x-' } }],
  [{ minProperties: 3, propertyNames: { pattern: '^x-[a-z]+$' } }],
  [{ minProperties: 1, patternProperties: { '^x-': text }, additionalProperties: false }],
  [{ minProperties: 2, patternProperties: { '^x-\\d$': text }, additionalProperties: false }],
  [{ minProperties: 2, properties: { a: { readOnly: true } } }],
  [{ required: ['x-a'], patternProperties: { '^x-': { type: 'integer' } } }],
  [{ required: ['a'], additionalProperties: { type: 'integer' } }],
  [{ required: ['a'], additionalProperties: { readOnly: true } }],
  [{ contains: { const: 5 } }],
  [{ contains: { type: 'integer' }, minContains: 2, items: { minimum: 7 } }],
  [{ prefixItems: [text], items: { type: 'integer' }, minItems: 2 }],
  [{ prefixItems: [text], items: { type: 'integer' }, contains: { minimum: 5 } }],
  [{ prefixItems: [text, { type: 'integer' }], items: false, contains: { const: 5 } }],
  [{ prefixItems: [{ type: 'integer' }], items: text, contains: { const: 5 } }],
  [{ allOf: [{ contains: { const: 1 } }, { contains: { const: 2 } }] }],
  [{ allOf: [{ contains: { type: 'integer' } }, { contains: { minimum: 5 } }], maxItems: 1 }],
  [{ required: ['a'], unevaluatedProperties: { type: 'integer' } }],
  [{ allOf: [{ properties: { a: text } }, { properties: { a: { minLength: 9 } } }] }],
  [{ allOf: [{ items: text }, { items: { pattern: '^a' } }], minItems: 1 }],
  [{ type: 'object', properties: { __proto__: text }, required: ['__proto__'] }],
])('makes what satisfies %j', async ([schema]) => {
  const subject = await subjectWith(schema, {});
  for (const seed of [0, 1, 2]) {
    const made = madeOf(subject, seed);
    expect(made).toBeDefined();
    expect(holds(subject, made, { ...REQUEST, strict: false })).toBe(true);
  }
});

const ref = { $ref: '#/components/schemas/I' };

test.for<[name: string, schema: object]>([
  ['a member', { required: ['me'], properties: { me: ref } }],
  ['two members', { required: ['a', 'b'], properties: { a: ref, b: ref } }],
  ['an item', { type: 'array', minItems: 1, items: ref }],
  ['two items', { type: 'array', minItems: 2, items: ref }],
  ['a member of no name', { minProperties: 1, additionalProperties: ref, type: 'object' }],
  ['alternatives', { oneOf: [ref, { required: ['a'], properties: { a: ref } }] }],
])('makes nothing of what has no end: %s', async ([, schema]) => {
  const subject = await subjectWith(ref, { I: schema });
  let made: unknown;
  try {
    made = madeOf(subject);
  } catch (cause) {
    expect(cause).toMatchObject({ code: 'SPEC_SCHEMA_INVALID' });
  }
  expect(made).toBeUndefined();
});

test.for<[schema: object]>([
  [{ ...text, pattern: '^(((a{999}){999}){999}){999}$' }],
  [{ type: 'object', minProperties: 1e12 }],
  [{ type: 'object', minProperties: 1e12, propertyNames: { maxLength: 1 } }],
  [{ type: 'array', minItems: 1e12 }],
  [{ type: 'array', contains: { const: 1 }, minContains: 1e12 }],
])('gives up what is too much: %j', async ([schema]) => {
  expect(madeOf(await subjectWith(schema, {}))).toBeUndefined();
});

test('makes what ends by another alternative, or by null', async () => {
  const list = { required: ['next'], properties: { next: { oneOf: [ref, { type: 'null' }] } } };
  const one = await subjectWith(ref, { I: { type: 'object', ...list } });
  expect(madeOf(one)).toEqual({ next: null });
  const leaf = { type: 'object', required: ['leaf'], properties: { leaf: { const: 1 } } };
  const tree = { type: 'array', minItems: 2, items: { anyOf: [ref, leaf] } };
  expect(madeOf(await subjectWith(ref, { I: tree }))).toEqual([{ leaf: 1 }, { leaf: 1 }]);
  const nullable = { type: ['object', 'null'], required: ['next'], properties: { next: ref } };
  expect(madeOf(await subjectWith(ref, { I: nullable }))).toEqual({ next: null });
});

/** Repetitions without end are of one character, and in no other: the engine may need ages for those. */
const sources: fc.Arbitrary<string> = fc.letrec<{ source: string; ended: string }>((tie) => {
  const one = fc.constantFrom(
    ...['a', 'é', '\\d', '[a-f]', '[^a]', '.', '\\.', '\\p{Lu}', '\\u{1F600}', '\\x20'],
  );
  const repeated = (part: fc.Arbitrary<string>, ...times: readonly string[]) =>
    fc.tuple(part, fc.constantFrom(...times)).map((parts) => `(${parts[0]})${parts[1]}`);
  const joined = (part: fc.Arbitrary<string>) => {
    const several = fc.array(part, { minLength: 2, maxLength: 3 });
    return [
      several.map((parts) => parts.join('')),
      several.map((parts) => `(?:${parts.join('|')})`),
    ];
  };
  const options = { depthSize: 'small', withCrossShrink: true } as const;
  const few = repeated(tie('ended'), '?', '{2}', '{1,3}');
  return {
    ended: fc.oneof(options, one, ...joined(tie('ended')), few),
    source: fc.oneof(
      options,
      ...[one, ...joined(tie('source')), few, repeated(one, '*', '+', '{2,}', '+?')],
    ),
  };
}).source;

test.for(['((a*)b)*', '((a+)+b)+', '(a|(b{2,})*){2,}'])('makes a text of %s', (source) => {
  const expression = regularExpression(`^(?:${source})$`);
  const options = { least: 9, most: Number.POSITIVE_INFINITY, isWild: false };
  for (let turn = 0; turn < 9; turn += 1) {
    expect(textOf(expression, { ...options, turn })).toMatch(expression);
  }
});

test('makes a text of any regular expression', () => {
  fc.assert(
    fc.property(
      sources,
      fc.nat({ max: 50 }),
      fc.boolean(),
      fc.nat({ max: 16 }),
      (source, turn, isWild, least) => {
        const expression = regularExpression(`^(?:${source})$`);
        const options = { least, most: Number.POSITIVE_INFINITY, turn, isWild };
        expect(textOf(expression, options)).toMatch(expression);
      },
    ),
    { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 500) },
  );
});
