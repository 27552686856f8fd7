import { expect, test } from 'vitest';
import { answers, type Case, object, takes, verdictOf } from './judge.ts';

const string = { type: 'string' };
const integer = { type: 'integer' };

/** Name, the errors and risks that come out, and the case. */
type Row = readonly [name: string, want: readonly string[], one: Case];

const dynamic: Case = {
  ...answers({ $ref: '#/components/schemas/Tree' }, { value: 1, children: [{ value: 'x' }] }),
  components: {
    schemas: {
      Tree: {
        $id: 'https://example.com/tree',
        $dynamicAnchor: 'node',
        type: 'object',
        required: ['value', 'children'],
        properties: {
          value: integer,
          children: { type: 'array', items: { $dynamicRef: '#node' } },
        },
      },
    },
  },
};

const bad = (problem: string, at: string, place = 'response') => [
  `error ${place}.body.${problem} ${at}`.trim(),
];

const rows: readonly Row[] = [
  ['a matching body', [], answers(object({ id: integer }), { id: 1 })],
  ['a wrong type', bad('type', '/id'), answers(object({ id: integer }), { id: 'x' })],
  [
    'an undeclared property is expected',
    bad('unknown', '/extra'),
    answers(object({ id: integer }), { id: 1, extra: 1 }),
  ],
  [
    'a partial body leaves out a required property',
    [],
    answers(object({ id: integer, name: string }), { id: 1 }),
  ],
  [
    'a required property is missing in the request',
    bad('required', '/name', 'request'),
    takes(object({ id: integer, name: string }), { id: 1 }),
  ],
  [
    'type [string, null], null',
    [],
    answers(object({ a: { type: ['string', 'null'] } }), { a: null }),
  ],
  [
    'type [string, null], a number',
    bad('type', '/a'),
    answers(object({ a: { type: ['string', 'null'] } }), { a: 1 }),
  ],
  [
    'type [object, null], an undeclared property',
    [...bad('unknown', '/a/b'), 'risk pact.response.body.nullable /a'],
    answers(object({ a: { ...object({ c: integer }), type: ['object', 'null'] } }), {
      a: { c: 1, b: 1 },
    }),
  ],
  [
    'properties without type, an undeclared property',
    bad('unknown', '/b'),
    answers({ required: ['a'], properties: { a: integer } }, { a: 1, b: 2 }),
  ],
  ['const', bad('enum', '/a'), answers(object({ a: { const: 'x' } }), { a: 'y' })],
  [
    'a numeric exclusiveMinimum',
    bad('range', '/a'),
    answers(object({ a: { type: 'number', exclusiveMinimum: 5 } }), { a: 5 }),
  ],
  [
    'prefixItems with items: false, a right tuple',
    [],
    answers({ type: 'array', prefixItems: [integer, string], items: false }, [1, 'a']),
  ],
  [
    'prefixItems, a wrong item',
    bad('type', '/1'),
    answers({ type: 'array', prefixItems: [integer, string] }, [1, 2]),
  ],
  [
    'a $ref with a sibling',
    bad('length', '/a'),
    {
      ...answers(object({ a: { $ref: '#/components/schemas/S', minLength: 5 } }), { a: 'abc' }),
      components: { schemas: { S: string } },
    },
  ],
  [
    '$defs',
    bad('type', '/a'),
    answers(
      {
        ...object({
          a: { $ref: '#/paths/~1x/get/responses/200/content/application~1json/schema/$defs/N' },
        }),
        $defs: { N: integer },
      },
      { a: 'x' },
    ),
  ],
  ['a $dynamicRef', bad('type', '/children/0/value'), dynamic],
  [
    'an $anchor',
    bad('type', '/a'),
    {
      ...answers(object({ a: { $ref: '#s' } }), { a: 1 }),
      components: { schemas: { S: { $anchor: 's', ...string } } },
    },
  ],
  [
    'if/then/else in a request',
    bad('required', '/zip', 'request'),
    takes(
      {
        type: 'object',
        properties: { country: string, zip: string },
        if: { required: ['country'], properties: { country: { const: 'US' } } },
        // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
        then: { required: ['zip'] },
      },
      { country: 'US' },
    ),
  ],
  [
    'dependentRequired in a request',
    bad('required', '/billing', 'request'),
    takes(
      {
        type: 'object',
        properties: { card: string, billing: string },
        dependentRequired: { card: ['billing'] },
      },
      { card: '1' },
    ),
  ],
  [
    'unevaluatedProperties: false in a request, one too many',
    bad('unknown', '/b', 'request'),
    takes(
      { allOf: [{ properties: { a: string } }], unevaluatedProperties: false },
      { a: 'x', b: 1 },
    ),
  ],
  [
    'unevaluatedProperties: false in a request, none too many',
    [],
    takes({ allOf: [{ properties: { a: string } }], unevaluatedProperties: false }, { a: 'x' }),
  ],
  [
    'contains in a request',
    bad('items', '', 'request'),
    takes({ type: 'array', contains: { const: 'a' }, minContains: 2 }, ['a', 'b']),
  ],
  ['a schema of false', bad('forbidden', '/a'), answers({ properties: { a: false } }, { a: 1 })],
  [
    'examples and example in a schema',
    [],
    answers(object({ a: { ...string, examples: ['x'], example: 'y' } }), { a: 'z' }),
  ],
  [
    'allOf, an undeclared property',
    bad('unknown', '/c'),
    answers({ allOf: [object({ a: integer }), object({ b: integer })] }, { a: 1, b: 2, c: 3 }),
  ],
  [
    'allOf, properties of both',
    [],
    answers({ allOf: [object({ a: integer }), object({ b: integer })] }, { a: 1, b: 2 }),
  ],
  [
    'oneOf, a part of one branch',
    ['risk pact.response.body.optional /c'],
    answers(
      { oneOf: [object({ a: integer, c: integer }), object({ b: integer, d: integer })] },
      { c: 1 },
    ),
  ],
  [
    'oneOf of overlapping branches, a part of both',
    [],
    answers(
      {
        oneOf: [
          object({ id: integer, cat: string }, { additionalProperties: false }),
          object({ id: integer, dog: string }, { additionalProperties: false }),
        ],
      },
      { id: 1 },
    ),
  ],
  [
    'anyOf, a property of no branch',
    [...bad('unknown', '/c'), 'risk pact.response.body.optional /a'],
    answers({ anyOf: [object({ a: integer }), object({ b: integer })] }, { a: 1, c: 1 }),
  ],
];

test.for(rows)('%s', async ([, want, one]) => {
  expect([...(await verdictOf(one))].sort()).toEqual([...want].sort());
});
