import { expect, test } from 'vitest';
import { expectedOf, keepPacts } from './written.ts';

keepPacts();

test.for([
  [{ type: 'string' }, 'type'],
  [{ type: 'string', pattern: '^[a-z]{3}$' }, 'regex ^[a-z]{3}$'],
  [{ type: 'string', pattern: 'b' }, 'regex ^[\\s\\S]*b[\\s\\S]*$'],
  [{ type: 'string', format: 'date' }, 'regex ^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$'],
  [{ type: 'string', format: 'password' }, 'type'],
  [{ type: 'string', enum: ['a', 'b.c'] }, 'regex ^(?:a|b\\.c)$'],
  [{ const: 'cat' }, 'regex ^cat$'],
  [{ type: 'integer' }, 'integer'],
  [{ type: 'integer', format: 'int32' }, 'integer'],
  [{ type: 'number', format: 'int64' }, 'integer'],
  [{ type: 'integer', minimum: 1, maximum: 5 }, 'integer and regex ^[1-5]$'],
  [{ type: 'integer', exclusiveMinimum: 0 }, 'integer and regex ^(?:[1-9]|[1-9]\\d{1,})$'],
  [{ type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }, 'integer'],
  [{ type: 'number' }, 'number'],
  [{ type: 'integer', enum: [1, 2] }, 'regex ^(?:1(?:\\.0+)?|2(?:\\.0+)?)$ and type'],
  [{ type: 'boolean' }, 'type'],
  [{ type: 'boolean', const: true }, 'regex ^true$ and type'],
  [{ type: 'null' }, 'null'],
  [{ type: ['string', 'null'] }, 'type or null'],
  [{ type: ['integer', 'null'] }, 'integer or null'],
  [{ type: ['string', 'null'], enum: ['a', null] }, 'regex ^a$ or null'],
  [{ type: ['string', 'null'], pattern: '^a' }, 'regex ^a[\\s\\S]*$ or null'],
  [{ anyOf: [{ type: 'string', pattern: '^a$' }, { type: 'null' }] }, 'regex ^a$ or null'],
  [{ oneOf: [{ type: 'integer', minimum: 9 }, { type: 'boolean' }] }, 'integer or boolean'],
  [{ oneOf: [{ const: 'a' }, { const: 'b' }] }, 'regex ^(?:a|b)$'],
  [{ allOf: [{ type: 'integer' }, { minimum: 5 }, { maximum: 7 }] }, 'integer and regex ^[5-7]$'],
  [{ type: 'object' }, 'type'],
  [{}, 'type'],
] as const)('asks for %j by: %s', async ([schema, want]) => {
  const { rules } = await expectedOf({ type: 'object', properties: { it: schema } }, ['it']);
  expect(rules).toEqual({ '$.it': want });
});

test('of OpenAPI 3.0, nullable and exclusive limits are understood', async () => {
  const properties = {
    name: { type: 'string', nullable: true },
    count: { type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 9 },
  };
  const { rules } = await expectedOf(
    { type: 'object', properties },
    ['name', 'count'],
    {},
    { openapi: '3.0.3' },
  );
  expect(rules).toEqual({ '$.name': 'type or null', '$.count': 'integer and regex ^[1-9]$' });
});

test('only what is read is in the body, and each list has as many items as it must', async () => {
  const item = {
    type: 'object',
    required: ['id', 'secret'],
    properties: {
      id: { type: 'integer' },
      secret: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
    },
  };
  const schema = {
    type: 'object',
    required: ['more'],
    properties: {
      more: { type: 'string' },
      items: { type: 'array', items: item, minItems: 2, maxItems: 4 },
      grid: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
      '@odata.nextLink': { type: 'string' },
      'unit price': { type: 'number' },
    },
  };
  const uses = ['items[].id', 'items[].tags', 'grid[][]', '@odata.nextLink', 'unit price'];
  expect(await expectedOf(schema, uses)).toEqual({
    content: {
      items: [
        { id: 0, tags: ['string'] },
        { id: 0, tags: ['string'] },
      ],
      grid: [[0]],
      '@odata.nextLink': 'string',
      'unit price': 0,
    },
    rules: {
      '$.items': 'type max 4 min 2',
      '$.items[*].id': 'integer',
      '$.items[*].tags': 'type min 1',
      '$.items[*].tags[*]': 'type',
      '$.grid': 'type min 1',
      '$.grid[*]': 'type min 1',
      '$.grid[*][*]': 'number',
      "$['@odata.nextLink']": 'type',
      "$['unit price']": 'number',
    },
  });
});

test('the items of a tuple have a place each, and the members of a map a name', async () => {
  const schema = {
    type: 'object',
    properties: {
      point: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }], minItems: 2 },
      labels: { type: 'object', additionalProperties: { type: 'string', pattern: '^[a-z]+$' } },
    },
  };
  const { rules } = await expectedOf(schema, ['point[0]', 'point[1]', 'labels.en']);
  expect(rules).toEqual({
    '$.point[0]': 'number',
    '$.point[1]': 'type',
    '$.labels.en': 'regex ^[a-z]+$',
  });
});

test('a body that is a list, or one value', async () => {
  const list = {
    type: 'array',
    items: { type: 'object', properties: { id: { type: 'integer' } } },
  };
  expect(await expectedOf(list, ['[].id'])).toEqual({
    content: [{ id: 0 }],
    rules: { $: 'type min 1', '$[*].id': 'integer' },
  });
  expect(await expectedOf({ type: 'string', enum: ['on', 'off'] }, [''])).toEqual({
    content: 'on',
    rules: { $: 'regex ^(?:on|off)$' },
  });
});
