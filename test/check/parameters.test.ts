import { expect, test } from 'vitest';
import { brief, findingsOf, type Place } from './parameter.ts';

const query = (schema: object, rest: object = {}) => ({ name: 'q', in: 'query', schema, ...rest });

test.for<[schema: object, text: string]>([
  [{ type: 'integer', const: 5 }, '5'],
  [{ type: 'integer', const: -5 }, '-5'],
  [{ type: 'integer', const: 500 }, '5e2'],
  [{ type: 'integer' }, '1.0'],
  [{ type: 'integer', format: 'int64', const: 9007199254740991 }, '9007199254740991'],
  [{ type: 'number', const: 0.5 }, '0.5'],
  [{ type: 'number', const: 1000 }, '1E%2B3'],
  [{ type: 'boolean', const: true }, 'true'],
  [{ type: 'boolean', const: false }, 'false'],
  [{ type: 'null' }, 'null'],
  [{ type: 'null' }, ''],
  [{ type: ['integer', 'null'], const: null }, 'null'],
  [{ type: ['integer', 'null'], const: 7 }, '7'],
  [{ type: 'string', const: '5' }, '5'],
  [{ type: 'string', const: 'true' }, 'true'],
  [{ type: 'string', format: 'date' }, '2024-02-29'],
  [{ oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]' }] }, '5'],
  [{ oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]' }] }, 'a'],
  // Only the string reading fits: the number is too large for its alternative.
  [
    {
      oneOf: [
        { type: 'integer', maximum: 9 },
        { type: 'string', minLength: 2 },
      ],
    },
    '10',
  ],
  [{ anyOf: [{ type: 'boolean' }, { enum: ['auto'] }] }, 'auto'],
  [{ enum: ['a', 'b'] }, 'b'],
  [{ minimum: 3 }, '3'],
  [{}, 'anything'],
  [{ type: 'array', items: { type: 'integer' }, const: [1, 2] }, '1&q=2'],
  [{ type: 'array', items: { type: ['integer', 'string'] }, const: [1, 'a'] }, '1&q=a'],
  [{ $ref: '#/components/schemas/size' }, '3'],
])('reads a value by its schema %j: q=%s', async ([schema, text]) => {
  const schemas = { size: { type: 'integer', enum: [1, 2, 3] } };
  expect(brief(await findingsOf([query(schema)], { query: `q=${text}` }, { schemas }))).toEqual([]);
});

test.for<[schema: object, text: string, problem: string, at: string, message: string]>([
  [{ type: 'integer' }, 'five', 'type', 'q', 'must be a whole number, got "five".'],
  [{ type: 'integer' }, '5.5', 'type', 'q', 'must be a whole number, got 5.5.'],
  [{ type: 'integer' }, '', 'type', 'q', 'must be a whole number, got "".'],
  [{ type: 'integer' }, '0x1F', 'type', 'q', 'must be a whole number, got "0x1F".'],
  [{ type: 'integer' }, '05', 'type', 'q', 'must be a whole number, got "05".'],
  [{ type: 'integer' }, '%2B5', 'type', 'q', 'must be a whole number, got "+5".'],
  [{ type: 'integer' }, '%205', 'type', 'q', 'must be a whole number, got " 5".'],
  [{ type: 'number' }, 'NaN', 'type', 'q', 'must be a number, got "NaN".'],
  [{ type: 'number' }, '1e999', 'type', 'q', 'must be a number, got "1e999".'],
  [{ type: 'number' }, '1_000', 'type', 'q', 'must be a number, got "1_000".'],
  [{ type: 'boolean' }, 'True', 'type', 'q', 'must be true or false, got "True".'],
  [{ type: 'boolean' }, '1', 'type', 'q', 'must be true or false, got "1".'],
  [{ type: 'null' }, 'nil', 'type', 'q', 'must be null, got "nil".'],
  [
    { type: 'integer', maximum: 4 },
    '5',
    'range',
    'q',
    'must be a whole number of at most 4, got 5.',
  ],
  [{ minimum: 3 }, '2', 'range', 'q', 'must be a number of at least 3, got 2.'],
  [{ type: 'string', minLength: 2 }, 'a', 'length', 'q', 'must have at least 2 characters'],
  [{ type: 'string', format: 'date' }, '2023-02-29', 'format', 'q', 'must be a date (RFC 3339)'],
  [{ type: 'string', pattern: '^a' }, 'b', 'pattern', 'q', 'must match the pattern ^a, got "b".'],
  [{ enum: ['a', 'b'] }, 'c', 'enum', 'q', 'must be one of "a", "b", got "c".'],
  [{ not: { const: 'x' } }, 'x', 'forbidden', 'q', 'must not'],
  [
    { type: 'array', items: { type: 'integer' } },
    '1&q=x',
    'type',
    'q/1',
    'must be a whole number, got "x".',
  ],
  [{ type: 'array', maxItems: 1 }, '1&q=2', 'items', 'q', 'must have at most 1 item'],
  [
    { oneOf: [{ type: 'integer' }, { type: 'boolean' }] },
    'x',
    'type',
    'q',
    'must be a whole number or true or false, got "x".',
  ],
  [{ oneOf: [{ type: 'integer' }, { minimum: 3 }] }, '5', 'alternatives', 'q', ''],
])('refuses by the schema %j: q=%s', async ([schema, text, problem, at, message]) => {
  expect(await findingsOf([query(schema)], { query: `q=${text}` })).toMatchObject([
    {
      code: `request.query.${problem}`,
      severity: 'error',
      at,
      message: expect.stringContaining(`Query parameter \`${at.replace('/1', '[1]')}\` ${message}`),
    },
  ]);
});

test('reads null where OpenAPI 3.0 says nullable', async () => {
  const list = [query({ type: 'integer', nullable: true, maximum: 5 })];
  expect(await findingsOf(list, { query: 'q=null' }, { openapi: '3.0.3' })).toEqual([]);
  expect(await findingsOf(list, { query: 'q=' }, { openapi: '3.0.3' })).toEqual([]);
  expect(await findingsOf(list, { query: 'q=x' }, { openapi: '3.0.3' })).toMatchObject([
    { code: 'request.query.type', message: expect.stringContaining('a whole number') },
  ]);
});

test.for<[place: Place, label: string]>([
  ['query', 'Query parameter'],
  ['header', 'Header'],
  ['cookie', 'Cookie'],
])('finds that a required parameter is missing: %s', async ([place, label]) => {
  const name = place === 'header' ? 'X-H' : 'q';
  const parameter = { name, in: place, required: true, schema: { type: 'integer' } };
  expect(await findingsOf([parameter], {})).toMatchObject([
    {
      code: `request.${place}.required`,
      at: name,
      message: `${label} \`${name}\` is missing: it is required.`,
      spec: { pointer: '/paths/~1p~1/get/parameters/0/required' },
    },
  ]);
  expect(await findingsOf([{ ...parameter, required: false }], {})).toEqual([]);
  expect(await findingsOf([parameter], { [place]: place === 'header' ? '5' : 'q=5' })).toEqual([]);
});

test('misses a required object of which no property is given', async () => {
  const schema = { type: 'object', properties: { R: { type: 'integer' } } };
  for (const style of ['form', 'deepObject']) {
    const object = query(schema, { style, explode: true, required: true });
    expect(await findingsOf([object], { query: 'x=1' })).toMatchObject([
      { code: 'request.query.required', at: 'q' },
    ]);
  }
});

test.for<[parameter: object, text: string, findings: readonly object[]]>([
  [{ allowEmptyValue: true, schema: { type: 'integer' } }, 'q=', []],
  [{ allowEmptyValue: true, schema: { type: 'integer' } }, 'q', []],
  [{ allowEmptyValue: true, schema: { type: 'integer' } }, 'q=x', [{ code: 'request.query.type' }]],
  [{ allowEmptyValue: false, schema: { type: 'integer' } }, 'q=', [{ code: 'request.query.type' }]],
  [{ schema: { type: 'string', minLength: 1 } }, 'q=', [{ code: 'request.query.length' }]],
  [{ allowEmptyValue: true, schema: { type: 'string', minLength: 1 } }, 'q=', []],
])('judges %j by allowEmptyValue: %s', async ([parameter, text, findings]) => {
  const given = { name: 'q', in: 'query', ...parameter };
  expect(await findingsOf([given], { query: text })).toMatchObject(findings);
});

test.for<[place: Place, sent: string]>([
  ['path', '%7B%22a%22:5%7D'],
  ['query', 'q=%7B%22a%22%3A+5%7D'],
  ['header', ' {"a": 5} '],
  ['cookie', 'x=1; q={"a":5}'],
])('reads a parameter of JSON: %s', async ([place, sent]) => {
  const schema = { type: 'object', properties: { a: { type: 'integer', const: 5 } } };
  const content = { 'application/json': { schema } };
  const name = place === 'header' ? 'X-H' : 'q';
  const list = [{ name, in: place, required: true, content }];
  expect(brief(await findingsOf(list, { [place]: sent }))).toEqual([]);
  expect(await findingsOf(list, { [place]: sent.replace('5', '6') })).toMatchObject([
    { code: `request.${place}.enum`, at: `${name}/a` },
  ]);
  const broken = await findingsOf(list, { [place]: sent.replace('5', 'x') });
  expect(broken).toMatchObject([{ code: `request.${place}.malformed`, at: name }]);
  expect(broken[0]?.message).toMatch(
    /cannot be read as application\/json: unexpected "x.*" at line 1, column \d\.$/,
  );
});

test.for<[content: object, text: string, findings: readonly string[]]>([
  [
    { 'application/json': {} },
    'q={}&q={}',
    ['request.query.malformed at q: Query parameter `q` is given twice: it takes one value.'],
  ],
  [
    { 'application/json': {} },
    'q=%7',
    ['request.query.malformed at q: Query parameter `q` has "%7", which is no percent-encoding.'],
  ],
  [{ 'application/json': {} }, 'q={}', []],
  [{ 'application/vnd.a+json': { schema: { const: 'a' } } }, 'q="a"', []],
  [{ 'text/plain': { schema: { type: 'string', const: '"a"' } } }, 'q="a"', []],
  [{ 'application/json': {} }, 'x={}', []],
])('reads content %j: %s', async ([content, text, findings]) => {
  const parameter = { name: 'q', in: 'query', content };
  expect(brief(await findingsOf([parameter], { query: text }))).toEqual(findings);
});

test('finds a name whose encoding is broken', async () => {
  expect(brief(await findingsOf([query({})], { query: 'a%zz=1&q=1&%f' }))).toEqual([
    'request.query.malformed at a%zz: The name of the query parameter `a%zz` has "%zz", which is no percent-encoding.',
  ]);
  expect(brief(await findingsOf([], { query: '%ff=1' }))).toEqual([
    'request.query.malformed at %ff: The name of the query parameter `%ff` is not percent-encoded UTF-8: "%ff".',
  ]);
});

test('refuses a path whose encoding is broken', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  expect(await findingsOf([id], { path: 'a%zz' })).toMatchObject([
    { code: 'request.path.malformed', message: expect.stringContaining('"%zz" in the path') },
  ]);
});
