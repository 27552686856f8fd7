import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithinAjv, schemas, values } from './arbitrary.ts';
import { holds, reasons, subjectOf } from './subject.ts';

/** EXACTMATCH_RUNS makes a long search of it: 20,000 take minutes. */
const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 300) };
const lists = fc.array(values, { minLength: 4, maxLength: 12 });
const options = fc.record({
  direction: fc.constantFrom('request', 'response'),
  strict: fc.boolean(),
});

test('the compiled validator and the evaluator never disagree', async () => {
  await fc.assert(
    fc.asyncProperty(schemas(), lists, options, async (schema, list, judging) => {
      const subject = await subjectOf(schema);
      for (const value of list) {
        const text = JSON.stringify(value);
        const verdict = reasons(subject, value, judging).length === 0;
        expect(holds(subject, value, judging), text).toBe(verdict);
      }
    }),
    runs,
  );
});

test('what plain Ajv can judge is judged as Ajv does', async () => {
  await fc.assert(
    fc.asyncProperty(schemas().filter(isWithinAjv), lists, async (schema, list) => {
      const subject = await subjectOf(schema);
      const validate = new Ajv2020({ strict: false }).compile(schema);
      for (const value of list) {
        const text = JSON.stringify(value);
        // Ajv divides, and the quotient of a number of more than 15 digits is not exact; and it
        // calls a member named `toString`.
        if (/\d{16}|e\+|toString/.test(text)) continue;
        expect(holds(subject, value), text).toBe(validate(value));
      }
    }),
    runs,
  );
});

/** What the search above has found, shrunk: schema, value, whether it holds. */
test.for<[title: string, schema: object, value: unknown, holds: boolean]>([
  ['a whole number beyond 1e21', { multipleOf: 1 }, 1e21, true],
  ['a number whose quotient is rounded', { multipleOf: 3 }, 1e17, false],
  ['a decimal', { multipleOf: 0.01 }, 19.99, true],
  ['a decimal too fine', { multipleOf: 0.01 }, 19.999, false],
  ['no items behind prefixItems', { prefixItems: [true], contains: { const: 1 } }, [], false],
  ['an object that names itself toString', { enum: [{}] }, { toString: 'text' }, false],
  [
    'a name of every object beside evaluated ones',
    { anyOf: [{ properties: { a: true } }, false], unevaluatedProperties: false },
    { toString: false },
    false,
  ],
  ['an empty enum', { enum: [] }, 1, false],
  ['an empty enum beside a not', { enum: [], not: false }, 1, false],
  [
    'a property that only a condition that fails has looked at',
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    { if: { properties: { a: false } }, then: {}, else: {}, unevaluatedProperties: false },
    { a: 1 },
    false,
  ],
  ['a missing property without name', { required: [''] }, {}, false],
  [
    'a name that every object has, depended on',
    { dependentRequired: { a: ['toString'] } },
    { a: 1 },
    false,
  ],
  ['a name that every object has, depending', { dependentRequired: { toString: ['a'] } }, {}, true],
  ['such a name with a schema', { dependentSchemas: { toString: false } }, {}, true],
  [
    'a readOnly of names like it',
    { patternProperties: { a: { readOnly: true } } },
    { a: 1 },
    false,
  ],
  ['a readOnly of all other names', { additionalProperties: { readOnly: true } }, { a: 1 }, false],
  [
    'a name that is required and does not travel',
    { additionalProperties: { readOnly: true }, properties: { a: {} }, required: ['a', 'b'] },
    { a: 1 },
    true,
  ],
])('both engines judge %s', async ([, schema, value, verdict]) => {
  const subject = await subjectOf(schema);
  const judging = { direction: 'request', strict: false } as const;
  expect(holds(subject, value, judging)).toBe(verdict);
  expect(reasons(subject, value, judging).length === 0).toBe(verdict);
});

test.for<[title: string, schema: object, value: unknown, holds: boolean]>([
  ['properties', { properties: {} }, { a: 1 }, false],
  ['properties of an alternative', { anyOf: [{ properties: {} }, false] }, { a: 1 }, false],
  [
    'properties of alternatives that cancel each other',
    { anyOf: [{ oneOf: [{ properties: {} }, {}] }, true] },
    { a: 1 },
    true,
  ],
  [
    'properties that a member brings',
    { dependentSchemas: { a: { properties: {} } } },
    { a: 1 },
    false,
  ],
  [
    'properties that no member brings',
    { dependentSchemas: { a: { properties: {} } } },
    { b: 1 },
    true,
  ],
])('both engines judge strictly %s', async ([, schema, value, verdict]) => {
  const subject = await subjectOf(schema);
  const judging = { direction: 'response', strict: true } as const;
  expect(holds(subject, value, judging)).toBe(verdict);
  expect(reasons(subject, value, judging).length === 0).toBe(verdict);
});

test('a schema that Ajv writes broken code for is judged nevertheless', async () => {
  const schema = {
    allOf: [true],
    $ref: '#/$defs/one',
    $defs: {
      one: { if: true, else: { not: true, anyOf: [{ items: { $ref: '#/$defs/one' } }] } },
    },
  };
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(() => validate('')).toThrow(ReferenceError);
  expect(holds(await subjectOf(schema), '')).toBe(true);
});
