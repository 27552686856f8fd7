import { expect, test } from 'vitest';
import { brief, findingsOf } from './parameter.ts';

const either = ['integer', 'string'];
/** Each takes a text like 7 in one way only, and their types do not say in which. */
const asText = { type: either, minimum: 100 };
const asNumber = { type: either, pattern: '^x' };
const neither = { type: either, minimum: 100, pattern: '^x' };

test.for<[schema: object | boolean, query: string, codes: readonly string[]]>([
  // A text that could be both is what the schema takes.
  [{ type: either, minimum: 5 }, 'p=7', []],
  [{ type: either, enum: ['7'] }, 'p=7', []],
  [{ type: either, enum: ['8'] }, 'p=7', ['enum']],
  [{ type: ['boolean', 'string'], const: 'true' }, 'p=true', []],
  [{ type: ['null', 'string'], minLength: 1 }, 'p=null', []],
  [
    {
      anyOf: [
        { type: 'integer', minimum: 10 },
        { type: 'string', maxLength: 1 },
      ],
    },
    'p=7',
    [],
  ],
  // Of a list, all as typed as they can be, or none, or each by its own schema.
  [{ type: 'array', items: { type: either } }, 'p=7&p=x', []],
  [{ type: 'array', items: { type: either, pattern: '^.$' }, const: ['7', '8'] }, 'p=7&p=8', []],
  [
    {
      type: 'array',
      prefixItems: [
        { type: either, const: 7 },
        { type: either, const: '8' },
      ],
    },
    'p=7&p=8',
    [],
  ],
  [
    {
      type: 'array',
      prefixItems: [{ type: either, const: '7' }, { type: either, const: 8 }, { type: 'integer' }],
    },
    'p=7&p=8&p=9',
    [],
  ],
  [
    {
      type: 'array',
      prefixItems: [
        { type: either, const: '7' },
        { type: either, const: 9 },
      ],
    },
    'p=7&p=8',
    ['enum'],
  ],
  [{ type: 'array', prefixItems: [asText, asNumber] }, 'p=7&p=8', []],
  [{ type: 'array', prefixItems: [asText, asNumber, { type: 'integer' }] }, 'p=7&p=8&p=9', []],
  [{ type: 'array', prefixItems: [asText, asNumber, neither] }, 'p=7&p=8&p=9', ['range', 'range']],
  // Where no type is said, a rule of numbers asks for a number.
  [{ minimum: 5 }, 'p=7', []],
  [{ minimum: 5 }, 'p=3', ['range']],
  [{ format: 'int32' }, 'p=3000000000', ['format']],
  [{ minLength: 2 }, 'p=7', ['length']],
  [{ enum: [7, 'x'] }, 'p=7', []],
  [{ enum: [7, '8'] }, 'p=8', []],
  [{ allOf: [{ type: 'integer' }, { maximum: 5 }] }, 'p=7', ['range']],
  [{ oneOf: [{ type: 'integer' }, true] }, 'p=x', []],
  [true, 'p=7', []],
])('reads by %j the query %s', async ([schema, query, problems]) => {
  const parameter = { name: 'p', in: 'query', schema };
  const findings = await findingsOf([parameter], { query });
  expect(findings.map(({ code }) => code)).toEqual(
    problems.map((problem) => `request.query.${problem}`),
  );
});

test.for<[schema: object, query: string, finding: string | undefined]>([
  [{ properties: { R: { type: 'integer' } } }, 'R=x', 'request.query.type at p/R'],
  [{ properties: { R: { type: 'integer' } } }, 'R=5', undefined],
  [{ required: ['R'] }, 'R=5', undefined],
  [{ items: { type: 'integer' } }, 'p=1&p=x', 'request.query.type at p/1'],
  [{ minItems: 2 }, 'p=1', 'request.query.items at p'],
  [{ maxItems: 1 }, 'p=1&p=2', 'request.query.items at p'],
])('takes the layout of %j for said without a type: %s', async ([schema, query, finding]) => {
  const parameter = { name: 'p', in: 'query', schema };
  const found = brief(await findingsOf([parameter], { query }));
  const expected = finding === undefined ? [] : [expect.stringContaining(`${finding}:`)];
  expect(found).toEqual(expected);
});

test.for<[schema: object, query: string, findings: readonly string[]]>([
  [
    { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } },
    'p[a][0]=1&p[a][1]=2',
    [],
  ],
  [
    { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } },
    'p[a][0]=1&p[a][1]=x',
    ['p/a/1'],
  ],
  [{ type: 'object', properties: { a: { type: ['array', 'object'] } } }, 'p[a][0]=1', []],
  [{ type: 'object', properties: { a: { type: 'array' } } }, 'p[a][1]=1', ['p/a']],
])('reads by %j the indices of %s', async ([schema, query, places]) => {
  const parameter = { name: 'p', in: 'query', style: 'deepObject', schema };
  expect((await findingsOf([parameter], { query })).map(({ at }) => at)).toEqual(places);
});

test('knows the types of a schema that refers to itself', async () => {
  const schemas = {
    tree: {
      anyOf: [{ type: 'integer' }, { type: 'array', items: { $ref: '#/components/schemas/tree' } }],
    },
    loop: { anyOf: [{ $ref: '#/components/schemas/link' }, { type: 'integer' }] },
    link: { properties: { next: { $ref: '#/components/schemas/loop' } }, type: 'object' },
  };
  for (const name of ['tree', 'loop']) {
    const parameter = { name: 'p', in: 'query', schema: { $ref: `#/components/schemas/${name}` } };
    expect(await findingsOf([parameter], { query: 'p=7' }, { schemas })).toEqual([]);
    expect(await findingsOf([parameter], { query: 'p=x' }, { schemas })).toHaveLength(1);
  }
});
