import { expect, test } from 'vitest';
import { holds, reasons, subjectWith } from './subject.ts';

const STRICT = { direction: 'response', strict: true } as const;
const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const schemas = {
  Pet: {
    type: 'object',
    required: ['kind'],
    properties: { kind: text, name: text },
    discriminator: { propertyName: 'kind' },
  },
  Cat: { allOf: [ref('Pet'), { properties: { lives: { type: 'integer' } } }] },
  Dog: { allOf: [ref('Pet'), { properties: { trick: text } }] },
  Entity: { properties: { '@odata.type': text, id: text } },
  Session: { allOf: [ref('Entity'), { properties: { fileName: text } }] },
  Plain: { properties: { id: text } },
};

test.for<[name: string, schema: object, value: object, unknown: object]>([
  [
    'of the heir that is meant',
    ref('Pet'),
    { kind: 'Cat', lives: 9, tail: 1 },
    { '/tail': ['kind', 'name', 'lives'] },
  ],
  [
    'of the alternative that is meant',
    { oneOf: [{ required: ['a'], properties: { a: text } }, { properties: { b: text } }] },
    { b: 'b', c: 1 },
    { '/c': ['b'] },
  ],
  [
    'of additionalProperties beside it, and no others',
    { allOf: [{ properties: { a: text } }], properties: { b: text }, additionalProperties: false },
    { b: 'b', c: 1 },
    { '/c': ['b'] },
  ],
  [
    'of unevaluatedProperties beside it and within it',
    {
      allOf: [{ properties: { a: text } }],
      patternProperties: { '^x-': text },
      unevaluatedProperties: false,
    },
    { a: 'a', 'x-a': 'b', c: 1 },
    { '/c': ['a', 'names like ^x-'] },
  ],
  [
    'of an object of OData, and not its control information',
    ref('Session'),
    { '@odata.type': 'a', 'fileName@odata.type': 'b', '@odata.next': 1, '@type': 1, 'a@odata': 1 },
    {
      '/@type': ['@odata.type', 'id', 'fileName'],
      '/a@odata': ['@odata.type', 'id', 'fileName'],
    },
  ],
  [
    'of an object that is not of OData',
    ref('Plain'),
    { 'id@odata.type': 'b' },
    { '/id@odata.type': ['id'] },
  ],
])('lists under strict the names %s', async ([, schema, value, unknown]) => {
  const subject = await subjectWith(schema, schemas);
  const found = reasons(subject, value, STRICT);
  expect(found.every(({ problem }) => problem === 'unknown')).toBe(true);
  expect(Object.fromEntries(found.map(({ pointer, expected }) => [pointer, expected]))).toEqual(
    unknown,
  );
  expect(holds(subject, value, STRICT)).toBe(false);
});

test('takes control information under strict where a schema names some', async () => {
  const subject = await subjectWith(ref('Session'), schemas);
  const value = { fileName: 'a', 'fileName@odata.type': '#String', '@odata.context': 'b' };
  expect(reasons(subject, value, STRICT)).toEqual([]);
  expect(holds(subject, value, STRICT)).toBe(true);
});
