import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SampleOptions, sample } from '../../src/schema/sample.ts';
import { schemas } from './arbitrary.ts';
import { reasons, subjectOf } from './subject.ts';

const RESPONSE = { direction: 'response' } as const;
/** What `#` is in a schema that stands alone. */
const self = { $ref: '#' };

async function sampleOf(schema: object | boolean, options: SampleOptions = RESPONSE) {
  const subject = await subjectOf(schema);
  return sample(subject.spec, subject.schema, options);
}

test('a sample that is made satisfies its schema', async () => {
  const runs = { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 300) };
  const options = fc.record({
    direction: fc.constantFrom('request', 'response'),
    seed: fc.nat({ max: 100 }),
  });
  let made = 0;
  await fc.assert(
    fc.asyncProperty(schemas(), options, async (schema, { direction, seed }) => {
      const subject = await subjectOf(schema);
      const value = sample(subject.spec, subject.schema, { direction, seed });
      if (value === undefined) return;
      made += 1;
      expect(reasons(subject, value, { direction, strict: false })).toEqual([]);
      expect(sample(subject.spec, subject.schema, { direction, seed })).toEqual(value);
    }),
    runs,
  );
  expect(made / runs.numRuns).toBeGreaterThan(0.5);
});

test.for<[schema: object | boolean, value: unknown]>([
  [true, 'string'],
  [{}, 'string'],
  [{ type: 'null' }, null],
  [{ type: ['null', 'integer'] }, 0],
  [{ type: 'boolean' }, true],
  [{ const: 0, default: 1 }, 0],
  [{ type: 'string', default: 'usual', example: 'one', examples: ['two'] }, 'one'],
  [{ type: 'string', default: 'usual', examples: ['two'] }, 'two'],
  [{ type: 'string', default: 'usual' }, 'usual'],
  [{ type: 'string', example: 5, default: 'usual' }, 'usual'],
  [{ enum: ['a', 'b'] }, 'a'],
  [{ allOf: [{ enum: ['a', 'b'] }, { pattern: 'b' }] }, 'b'],
  [{ enum: ['a', 'b'], not: { const: 'a' } }, 'b'],
  [{ minimum: 3 }, 3],
  [{ multipleOf: 5 }, 0],
  [{ items: { const: 1 } }, [1]],
  [{ prefixItems: [{ const: 1 }, { const: 2 }] }, [1, 2]],
  [{ contains: { const: 5 } }, [5]],
  [{ required: ['a'] }, { a: 'string' }],
  [{ additionalProperties: { type: 'integer' } }, {}],
])('makes of %j: %j', async ([schema, value]) => {
  expect(await sampleOf(schema)).toEqual(value);
});

test.for<[schema: object, value: number]>([
  [{ type: 'integer', minimum: 5, exclusiveMinimum: 5 }, 6],
  [{ type: 'integer', exclusiveMinimum: 1.5, maximum: 2 }, 2],
  [{ type: 'integer', exclusiveMaximum: -1.5, minimum: -2 }, -2],
  [{ type: 'integer', maximum: -3 }, -3],
  [{ type: 'integer', multipleOf: 0.5, minimum: 0.2 }, 1],
  [{ type: 'integer', multipleOf: 3, minimum: 4 }, 6],
  [{ allOf: [{ multipleOf: 4 }, { multipleOf: 6, minimum: 1 }], type: 'integer' }, 12],
  [
    {
      allOf: [
        { minimum: 1, maximum: 9 },
        { minimum: 4, maximum: 12 },
      ],
      type: 'integer',
    },
    4,
  ],
  [{ allOf: [{ type: 'number' }, { type: 'integer' }], minimum: 0.5, maximum: 1.5 }, 1],
  [{ allOf: [{ type: ['string', 'integer'] }, { type: ['integer', 'null'] }] }, 0],
  [{ type: 'number', multipleOf: 0.1, minimum: 0.25, maximum: 0.35 }, 0.3],
  [{ type: 'number', multipleOf: 0.01, minimum: 0.07, maximum: 0.07 }, 0.07],
  [{ type: 'number', multipleOf: 0.5, exclusiveMinimum: 0, maximum: 0.5 }, 0.5],
  [{ type: 'number', minimum: 0.1, maximum: 0.4 }, 0.25],
  [{ type: 'number', minimum: 0.5, maximum: 0.5 }, 0.5],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1e-9 }, 5e-10],
  [{ type: 'number', exclusiveMaximum: 0, exclusiveMinimum: -1 }, -0.5],
  [{ type: 'number', exclusiveMinimum: 5e17 }, 5e17 + 128],
])('makes a number of %j: %d', async ([schema, value]) => {
  expect(await sampleOf(schema)).toBe(value);
});

const FORMATS =
  `date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri url
  uri-reference iri iri-reference uri-template uuid json-pointer relative-json-pointer regex byte
  binary password unknown`.split(/\s+/);

test.for(FORMATS)('makes seventy texts of the format %s that differ', async (format) => {
  const items = { type: 'string', format };
  const list = await sampleOf({ type: 'array', items, minItems: 70, uniqueItems: true });
  const isFew = format === 'date' || format === 'time';
  if (!isFew) expect(new Set(list as string[]).size).toBe(70);
  else
    expect(await sampleOf({ type: 'array', items, minItems: 28, uniqueItems: true })).toHaveLength(
      28,
    );
});

test.for(FORMATS.filter((name) => !/date|time|duration|ipv|uuid|relative/.test(name)))(
  'makes a text of the format %s as long as it must be',
  async (format) => {
    for (const minLength of [7, 25, 40]) {
      const text = await sampleOf({ type: 'string', format, minLength });
      expect(String(text).length).toBeGreaterThanOrEqual(minLength);
    }
  },
);

test.for<[schema: object, text: RegExp | string]>([
  [{ minLength: 5, maxLength: 5 }, 'strin'],
  [{ minLength: 8 }, 'stringst'],
  [{ maxLength: 3 }, 'str'],
  [{ maxLength: 0 }, ''],
  [{ pattern: '^[a-z]{4}$' }, /^[a-z]{4}$/],
  [{ pattern: '^[a-z]+$', minLength: 12, maxLength: 12 }, /^[a-z]{12}$/],
  [{ pattern: '^a{2,}$', minLength: 9 }, /^a{9}$/],
  [{ pattern: '\\d{3}-\\d{4}', maxLength: 8 }, /^\d{3}-\d{4}$/],
  [{ pattern: 'Z$', format: 'date-time' }, '2024-05-01T09:30:00Z'],
  [{ pattern: '^[a-z]+@[a-z]+$', format: 'unknown' }, /^[a-z]+@[a-z]+$/],
])('makes a text of %j', async ([schema, text]) => {
  expect(await sampleOf({ type: 'string', ...schema })).toMatch(text);
});

test.for<[items: object, minItems: number, list: unknown]>([
  [{ type: 'string', example: 'foo' }, 3, ['foo', 'string1', 'string2']],
  [{ enum: ['a', 'b'] }, 2, ['a', 'b']],
  [{ type: 'boolean' }, 2, [true, false]],
  [{ type: 'integer', minimum: -1, maximum: 1 }, 3, [0, 1, -1]],
  [{ type: 'integer', maximum: -5 }, 3, [-5, -6, -7]],
  [{ type: 'number', multipleOf: 0.1 }, 4, [0, 0.1, 0.2, 0.3]],
  [{ type: 'number', minimum: 0, maximum: 1 }, 4, [0, 1, 0.25, 0.2]],
  [{ type: 'string', maxLength: 1 }, 3, ['s', '1', '2']],
  [
    { properties: { kind: { enum: ['a', 'b'] }, id: { type: 'integer' } } },
    3,
    [
      { kind: 'a', id: 0 },
      { kind: 'b', id: 1 },
      { kind: 'a', id: 2 },
    ],
  ],
])('makes items of %j that differ', async ([items, minItems, list]) => {
  expect(await sampleOf({ type: 'array', uniqueItems: true, items, minItems })).toEqual(list);
  const parts = [{ uniqueItems: false }, { uniqueItems: true }];
  expect(await sampleOf({ type: 'array', allOf: parts, items, minItems })).toEqual(list);
});

test.for<[schema: object, value: unknown]>([
  [
    { properties: { a: true, b: true }, required: ['c'] },
    { a: 'string', b: 'string', c: 'string' },
  ],
  [
    { type: 'object', minProperties: 2 },
    { property1: 'string', property2: 'string' },
  ],
  [
    { properties: { a: true }, minProperties: 2, additionalProperties: { type: 'integer' } },
    { a: 'string', property1: 0 },
  ],
  [{ required: ['x-1'], patternProperties: { '^x': { type: 'integer' } } }, { 'x-1': 0 }],
  [{ required: ['__proto__'] }, JSON.parse('{"__proto__":"string"}')],
  [
    { properties: { a: true, b: true, c: true }, required: ['c'], maxProperties: 1 },
    { c: 'string' },
  ],
  [{ properties: { a: false, b: true } }, { b: 'string' }],
  [
    { allOf: [{ properties: { a: true } }, { properties: { b: { const: 1 } } }] },
    { a: 'string', b: 1 },
  ],
])('makes an object of %j: %j', async ([schema, value]) => {
  expect(await sampleOf(schema)).toEqual(value);
});

test.for<[schema: object, value: unknown]>([
  [{ oneOf: [{ type: 'null' }, { type: 'integer' }] }, 0],
  [{ anyOf: [{ type: 'null' }] }, null],
  [{ type: 'string', oneOf: [{ minLength: 1 }, { maxLength: 3 }] }, 'string'],
  [{ oneOf: [{ const: 1 }, { enum: [1, 2] }] }, 2],
  [{ oneOf: [false, { const: 2 }] }, 2],
  [
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    { if: { required: ['a'] }, then: { required: ['b'] } },
    { a: 'string', b: 'string' },
  ],
  [
    { if: { required: ['a'] }, else: { required: ['c'] }, not: { required: ['a'] } },
    { c: 'string' },
  ],
])('chooses among alternatives: %j gives %j', async ([schema, value]) => {
  expect(await sampleOf(schema)).toEqual(value);
});

test('leaves out what does not travel in that direction', async () => {
  const schema = {
    properties: {
      id: { type: 'integer', readOnly: true },
      password: { writeOnly: true },
      name: true,
    },
    required: ['id', 'password', 'name'],
  };
  expect(await sampleOf(schema)).toEqual({ id: 0, name: 'string' });
  expect(await sampleOf(schema, { direction: 'request' })).toEqual({
    password: 'string',
    name: 'string',
  });
});

test.for<[schema: object, value: unknown]>([
  [{ properties: { next: self } }, {}],
  [{ items: self, type: 'array' }, []],
  [{ properties: { list: { type: 'array', items: self } } }, { list: [] }],
  [{ type: ['object', 'null'], required: ['next'], properties: { next: self } }, { next: null }],
  [
    { required: ['next'], properties: { next: { anyOf: [self, { type: 'null' }] } } },
    { next: null },
  ],
  [
    { type: 'object', required: ['next'], properties: { next: { oneOf: [self, { const: 1 }] } } },
    { next: 1 },
  ],
  [
    { anyOf: [{ required: ['next'], properties: { next: self } }, { type: 'null' }] },
    { next: null },
  ],
])('comes to an end: %j gives %j', async ([schema, value]) => {
  expect(await sampleOf(schema)).toEqual(value);
});

test.for<[title: string, schema: object | boolean]>([
  ['nothing', false],
  ['an object that must hold itself', { required: ['next'], properties: { next: self } }],
  ['a list that must hold itself', { type: 'array', minItems: 1, items: self }],
  ['a text of no pattern', { type: 'string', pattern: '[]' }],
  ['a text of too short a format', { type: 'string', format: 'email', maxLength: 3 }],
  ['limits that cross', { type: 'integer', minimum: 3, maximum: 2 }],
  ['more items than there may be', { type: 'array', minItems: 2, maxItems: 1 }],
  ['more items than are declared', { prefixItems: [true], items: false, minItems: 2 }],
  ['more values than there are', { items: { enum: [1] }, minItems: 2, uniqueItems: true }],
  ['a property that may not be', { required: ['a'], additionalProperties: false }],
  ['a property that can not be', { required: ['a'], properties: { a: false } }],
])('makes nothing of %s', async ([, schema]) => {
  expect(await sampleOf(schema)).toBeUndefined();
});

test('stays small however much a schema has', async () => {
  const level = (depth: number) => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const inner = depth === 0 ? { type: 'string' } : { $ref: `#/$defs/d${depth - 1}` };
    return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, inner])) };
  };
  const levels = Array.from({ length: 8 }, (_, depth) => [`d${depth}`, level(depth)]);
  const value = await sampleOf({ ...level(8), $defs: Object.fromEntries(levels) });
  expect(JSON.stringify(value).length).toBeLessThan(200_000);
});
