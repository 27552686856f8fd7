import fc from 'fast-check';
import type { Made } from './made.ts';

/** What JSON Schema 2020-12 has and OpenAPI 3.0 has not. */
export function newerSchemas(inner: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  return inner.chain(({ schema, good, bad }) =>
    fc.constantFrom<Made>(
      {
        schema: { type: 'array', prefixItems: [schema, { type: 'integer' }], items: false },
        good: [good, 1],
        bad: [[good, 'x'], [good, 1, 1], ...bad.map((value) => [value, 1])],
      },
      {
        schema: {
          type: 'object',
          if: { required: ['a'] },
          // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
          then: { properties: { b: schema } },
          else: { required: ['c'] },
        },
        good: { a: 1, b: good },
        bad: [{}, { b: good }, ...bad.map((value) => ({ a: 1, b: value }))],
      },
      {
        schema: { type: 'object', properties: { a: schema }, dependentRequired: { a: ['b'] } },
        good: { a: good, b: 1 },
        bad: [{ a: good }, ...bad.map((value) => ({ a: value, b: 1 }))],
      },
      {
        schema: { type: 'object', properties: { a: schema }, unevaluatedProperties: false },
        good: { a: good },
        bad: [{ a: good, b: 1 }, ...bad.map((value) => ({ a: value }))],
      },
      {
        schema: {
          type: 'object',
          patternProperties: { '^x-': schema },
          propertyNames: { maxLength: 4 },
        },
        good: { 'x-a': good },
        bad: [{ 'x-long': good }, { longer: 1 }, ...bad.map((value) => ({ 'x-a': value }))],
      },
      {
        schema: { type: 'array', contains: schema, minContains: 2 },
        good: [good, good],
        bad: [[good], [], ...bad.map((value) => [good, value])],
      },
      {
        schema: { type: 'object', properties: { a: true, b: false, c: schema } },
        good: { a: 1, c: good },
        bad: [{ b: 1 }, ...bad.map((value) => ({ c: value }))],
      },
      {
        schema: { anyOf: [false, { type: 'object', required: ['a'], properties: { a: schema } }] },
        good: { a: good },
        bad: [{}, ...bad.map((value) => ({ a: value }))],
      },
      {
        schema: {
          $ref: '#/components/schemas/Item',
          required: ['size'],
          properties: { size: schema },
        },
        good: { id: 1, size: good },
        bad: [{ id: 1 }, { size: good }, ...bad.map((value) => ({ id: 1, size: value }))],
      },
    ),
  );
}
