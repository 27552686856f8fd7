import { expect, test } from 'vitest';
import { asks, bodyRules, type Case, judgeCase, object, takes } from './judge.ts';

const string = { type: 'string' };
const integer = { type: 'integer' };

/** Name, what is found with its witness, and the case. */
type Row = readonly [name: string, want: readonly string[], one: Case];

const rule = (match: string, more = {}) => ({ matchers: [{ match, ...more }] });
const query = (schema: object) => ({ name: 'q', in: 'query', schema });
const one = (schema: object, value: unknown, match: string, more = {}) =>
  takes(object({ a: schema }), { a: value }, bodyRules({ '$.a': { match, ...more } }));

function pathOf(schema: object, path: string, regex: string): Case {
  const parameters = [{ name: 'id', in: 'path', required: true, schema }];
  const get = { parameters, responses: { 200: { description: '' } } };
  const request = { path, matchingRules: { path: rule('regex', { regex }) } };
  return { paths: { '/x/{id}': { get } }, request };
}

const rows: readonly Row[] = [
  ['a type for any text', [], one(string, 'x', 'type')],
  [
    'a type for an enum',
    ['warning pact.request.body.allowed /a ""'],
    one({ enum: ['x', 'y'] }, 'x', 'type'),
  ],
  [
    'a type for a minimum',
    ['warning pact.request.body.allowed /a 0'],
    one({ ...integer, minimum: 1 }, 5, 'type'),
  ],
  [
    'a type for a whole number',
    ['warning pact.request.body.allowed /a 1.5'],
    one(integer, 5, 'number'),
  ],
  ['an integer for a whole number', [], one(integer, 5, 'integer')],
  [
    'a decimal for a whole number',
    ['warning pact.request.body.allowed /a 0.5', 'warning pact.request.body.example /a 5'],
    one(integer, 5, 'decimal'),
  ],
  [
    'each like, for a list of at most one',
    ['warning pact.request.body.allowed /a ["x","x"]'],
    one({ type: 'array', maxItems: 1, items: string }, ['x'], 'type', { min: 1 }),
  ],
  [
    'a list that may be empty, for one that may not',
    ['warning pact.request.body.allowed /a []'],
    one({ type: 'array', minItems: 1, items: string }, ['x'], 'type'),
  ],
  [
    'a regex for its pattern',
    [],
    one({ ...string, pattern: '^[a-z]+$' }, 'x', 'regex', { regex: '^[u-z]{1,5}$' }),
  ],
  [
    'a regex that is wider than the pattern',
    ['error pact.request.body.allowed /a "lwHS"'],
    one({ ...string, pattern: '^[a-z]+$' }, 'x', 'regex', { regex: '^\\w+$' }),
  ],
  [
    'a regex for an enum',
    ['error pact.request.body.allowed /a "z"'],
    one({ enum: ['x', 'y'] }, 'x', 'regex', { regex: '^(x|y|z)$' }),
  ],
  ['a regex of an enum', [], one({ enum: ['x', 'y'] }, 'x', 'regex', { regex: '^(x|y)$' })],
  [
    'a regex of a day, which knows no calendar',
    ['warning pact.request.body.allowed /a "1234-67-90"'],
    one({ ...string, format: 'date' }, '2024-05-01', 'regex', { regex: '^\\d{4}-\\d\\d-\\d\\d$' }),
  ],
  [
    'a date',
    [],
    one({ ...string, format: 'date' }, '2024-05-01', 'date', { format: 'yyyy-MM-dd' }),
  ],
  [
    'a date of another form',
    [
      'error pact.request.body.allowed /a "14.05.2024"',
      'warning pact.request.body.example /a "01-05-2024"',
    ],
    one({ ...string, pattern: '^[\\d-]+$' }, '01-05-2024', 'date', { format: 'dd.MM.yyyy' }),
  ],
  [
    'include',
    ['error pact.request.body.allowed /a "b"'],
    one({ ...string, pattern: '^ab' }, 'abc', 'include', { value: 'b' }),
  ],
  [
    'a generator of texts that are too long',
    ['error pact.request.body.allowed /a "aB3"'],
    takes(
      object({ a: { ...string, maxLength: 2 } }),
      { a: 'x' },
      { generators: { body: { '$.a': { type: 'RandomString', size: 3 } } } },
    ),
  ],
  [
    'a regex of the query',
    ['error pact.request.query.allowed q "c"'],
    asks([query({ enum: ['a', 'b'] })], {
      query: { q: ['a'] },
      matchingRules: { query: { q: rule('regex', { regex: '[a-c]' }) } },
    }),
  ],
  [
    'a type of the query',
    ['warning pact.request.query.allowed q ""'],
    asks([query(integer)], { query: { q: ['1'] }, matchingRules: { query: { q: rule('type') } } }),
  ],
  [
    'a regex of a header',
    ['error pact.request.header.allowed x-mode "off"'],
    asks([{ name: 'X-Mode', in: 'header', schema: { enum: ['on'] } }], {
      headers: { 'X-Mode': 'on' },
      matchingRules: { header: { 'X-Mode': rule('regex', { regex: 'on|off' }) } },
    }),
  ],
  ['a regex of the path', [], pathOf(integer, '/x/1', '^/x/\\d+$')],
  [
    'a regex of the path for more than it takes',
    ['error pact.request.path.allowed  "/x/S3ep"'],
    pathOf(integer, '/x/1', '^/x/\\w+$'),
  ],
  [
    'a regex of the path for another operation',
    ['error pact.request.path.allowed  "/y/5678"'],
    pathOf(integer, '/x/1', '^/[xy]/\\d+$'),
  ],
];

test.for(rows)('%s', async ([, want, given]) => {
  const findings = await judgeCase(given);
  expect(
    findings.map(
      ({ severity, code, at, actual }) => `${severity} ${code} ${at} ${JSON.stringify(actual)}`,
    ),
  ).toEqual(want);
});

const generated = (schema: object, value: unknown, generator: object) =>
  takes(object({ a: schema }), { a: value }, { generators: { body: { '$.a': generator } } });

test.for<readonly [want: readonly unknown[], one: Case]>([
  [[], generated({ ...integer, minimum: 0 }, 1, { type: 'RandomInt', min: 0, max: 9 })],
  [[10], generated({ ...integer, maximum: 9 }, 1, { type: 'RandomInt', min: 0, max: 10 })],
  [[1.22], generated(integer, 1, { type: 'RandomDecimal', digits: 3 })],
  [
    ['aB3dE6'],
    generated({ ...string, pattern: '^[a-z]+$' }, 'x', { type: 'RandomString', size: 6 }),
  ],
  [
    ['A1B2'],
    generated({ ...string, pattern: '^[a-z]+$' }, 'x', { type: 'RandomHexadecimal', digits: 4 }),
  ],
  [
    [],
    generated({ ...string, format: 'uuid' }, '3fa85f64-5717-4562-b3fc-2c963f66afa6', {
      type: 'Uuid',
    }),
  ],
  [
    ['3fa85f6457174562b3fc2c963f66afa6'],
    generated({ ...string, format: 'uuid' }, '3fa85f64-5717-4562-b3fc-2c963f66afa6', {
      type: 'Uuid',
      format: 'simple',
    }),
  ],
  [[], generated({ ...string, format: 'date' }, '2024-05-01', { type: 'Date' })],
  [
    ['14/05/2024'],
    generated({ ...string, format: 'date' }, '2024-05-01', { type: 'Date', format: 'dd/MM/yyyy' }),
  ],
  [[true], generated(string, 'x', { type: 'RandomBoolean' })],
  [['b'], generated({ enum: ['a'] }, 'a', { type: 'Regex', regex: 'b' })],
  [[], generated(integer, 1, { type: 'ProviderState', expression: 'id' })],
  [
    ['c'],
    asks([query({ enum: ['a', 'b'] })], {
      query: { q: ['a'] },
      generators: { query: { q: { type: 'Regex', regex: 'c' } } },
    }),
  ],
])('what a generator makes is judged: %j', async ([want, given]) => {
  const findings = await judgeCase(given);
  expect(findings.map(({ actual }) => actual)).toEqual(want);
  expect(findings.every(({ code }) => code.endsWith('.allowed'))).toBe(true);
});

const invalid = takes(object({ a: integer }), { a: 'x' });

test.for([
  [200, ['error request.body.type']],
  [409, ['error request.body.type']],
  [400, []],
  [422, []],
] as const)(
  'a request that the document forbids, with %i for an answer',
  async ([status, want]) => {
    const responses = { [status]: { description: '' } };
    const { requestBody } = (invalid.paths as { '/x': { post: { requestBody: object } } })['/x']
      .post;
    const paths = { '/x': { post: { requestBody, responses } } };
    const findings = await judgeCase({ ...invalid, paths, response: { status } });
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(want);
  },
);

test('a property that the document does not name is a warning in a request', async () => {
  const [finding] = await judgeCase(takes(object({ a: integer }), { a: 1, b: 1 }));
  expect(finding).toMatchObject({ severity: 'warning', code: 'request.body.unknown', at: '/b' });
});
