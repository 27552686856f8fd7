import { expect, test } from 'vitest';
import type { Finding } from '../../src/index.ts';
import { findingsOfAnswer } from './answer.ts';
import { brief } from './parameter.ts';

async function judged(header: object, value?: string): Promise<readonly Finding[]> {
  const headers = value === undefined ? {} : { 'x-rate': value };
  return findingsOfAnswer({ 200: { headers: { 'X-Rate': header } } }, { headers });
}

const properties = { R: { type: 'integer' }, G: { type: 'integer' } };

test.for<[header: object, value: string | undefined]>([
  [{ schema: { type: 'integer' } }, undefined],
  [{ required: false, schema: { type: 'integer' } }, undefined],
  [{ schema: { type: 'integer', const: 5 } }, '5'],
  [{ schema: { type: 'integer', const: 5 } }, ' 5\t'],
  [{ schema: { type: 'string', const: 'a, b' } }, 'a, b'],
  [{ schema: { type: 'string', const: '5' } }, '5'],
  [{ schema: { type: 'string', const: '' } }, ''],
  [{ schema: { type: 'string', const: 'a%20b' } }, 'a%20b'],
  [{ schema: { type: 'boolean', const: true } }, 'true'],
  [{ schema: { type: ['integer', 'string'], const: 'a' } }, 'a'],
  [{ schema: { oneOf: [{ type: 'integer', maximum: 3 }, { type: 'string' }] } }, '5'],
  [{ schema: { type: 'array', items: { type: 'integer' }, const: [1, 2] } }, '1,2'],
  [{ schema: { type: 'array', items: { type: 'string' }, const: ['a', 'b c'] } }, 'a , b c'],
  [{ schema: { type: 'array', const: ['a'] } }, 'a'],
  [{ schema: { type: 'array', const: [] } }, ''],
  [{ schema: { type: 'object', properties, const: { R: 1, G: 2 } } }, 'R,1,G,2'],
  [{ explode: true, schema: { type: 'object', properties, const: { R: 1, G: 2 } } }, 'R=1, G=2'],
  [{ content: { 'application/json': { schema: { const: { a: [1] } } } } }, '{"a": [1]}'],
  [{ content: { 'text/plain': { schema: { const: '{' } } } }, '{'],
  [{ schema: { type: ['boolean', 'array'], items: { const: 'a' } } }, 'a, a'],
  [{ schema: { type: ['boolean', 'array'], items: { const: 'a' } } }, 'true'],
  [{}, 'anything'],
])('takes a header by %j: %s', async ([header, value]) => {
  expect(brief(await judged(header, value))).toEqual([]);
});

test.for<[header: object, value: string, problem: string, at: string, message: string]>([
  [{ schema: { type: 'integer' } }, 'many', 'type', '', 'must be a whole number, got "many".'],
  [{ schema: { type: 'integer', minimum: 1 } }, '0', 'range', '', 'got 0.'],
  [{ schema: { enum: ['a'] } }, 'b', 'enum', '', 'must be "a", got "b".'],
  [{ schema: { type: 'string', format: 'uuid' } }, 'x', 'format', '', 'must be a UUID'],
  [{ schema: { type: 'string', pattern: '^a' } }, 'x', 'pattern', '', 'must match'],
  [
    { schema: { type: 'array', items: { type: 'integer' } } },
    '1, x',
    'type',
    '/1',
    'must be a whole number, got "x".',
  ],
  [{ schema: { type: 'array', uniqueItems: true } }, 'a,a', 'items', '', ''],
  [{ schema: { type: 'object', properties } }, 'R,x', 'type', '/R', 'must be a whole number'],
  [{ schema: { type: 'object', required: ['R'] } }, 'G,1', 'required', '/R', ''],
  [{ schema: { type: 'object' } }, 'R', 'malformed', '', 'must have names and values in turn'],
  [
    { explode: true, schema: { type: 'object' } },
    'R',
    'malformed',
    '',
    'must be written as name=value, and "R" has no "=".',
  ],
  [
    { content: { 'application/json': {} } },
    '{a}',
    'malformed',
    '',
    'cannot be read as application/json: unexpected "a" at line 1, column 2.',
  ],
  [
    { content: { 'application/json': { schema: { properties: { a: { type: 'string' } } } } } },
    '{"a": 5}',
    'type',
    '/a',
    'must be a string, got 5.',
  ],
])('refuses a header by %j: %s', async ([header, value, problem, at, message]) => {
  expect(await judged(header, value)).toMatchObject([
    {
      code: `response.header.${problem}`,
      severity: 'error',
      at: `x-rate${at}`,
      message: expect.stringMatching(/^Response header `X-Rate(\[1\]|\.R|\.a)?` /),
    },
  ]);
  const [finding] = await judged(header, value);
  expect(finding?.message).toContain(message);
});

test('shows of a list the item that is wrong', async () => {
  const schema = { type: 'array', items: { type: 'integer' } };
  expect(await judged({ schema }, '1, x')).toMatchObject([{ expected: 'integer', actual: 'x' }]);
});

test('finds that a required header is missing', async () => {
  const findings = await judged({ required: true, schema: { type: 'integer' } });
  expect(findings).toMatchObject([
    {
      code: 'response.header.required',
      at: 'x-rate',
      message: 'Response header `X-Rate` is missing: it is required.',
      spec: { pointer: '/paths/~1/get/responses/200/headers/X-Rate/required' },
    },
  ]);
});

test.for(['x-rate', 'X-RATE', 'X-Rate'])('finds a header in any case: %s', async (name) => {
  const responses = { 200: { headers: { 'X-rAte': { required: true, schema: { const: 'a' } } } } };
  expect(await findingsOfAnswer(responses, { headers: { [name]: 'a' } })).toEqual([]);
});

test('knows headers by reference, and those that are called like members of objects', async () => {
  const required = { required: true, schema: { type: 'integer' } };
  const headers = JSON.parse(
    '{"X-Ref": {"$ref": "#/paths/~1/get/responses/200/headers/__proto__"}, "constructor": null}',
  );
  headers.constructor = required;
  Object.defineProperty(headers, '__proto__', { value: required, enumerable: true });
  const responses = { 200: { headers } };
  expect((await findingsOfAnswer(responses, {})).map(({ at }) => at)).toEqual([
    'x-ref',
    'constructor',
    '__proto__',
  ]);
});

test('leaves Content-Type to the content', async () => {
  const headers = { 'Content-Type': { required: true, schema: { const: 'text/csv' } } };
  expect(await findingsOfAnswer({ 200: { headers } }, {})).toEqual([]);
});

test('lists what is wrong with every header', async () => {
  const integer = { schema: { type: 'integer' } };
  const responses = { 200: { headers: { A: integer, B: { required: true }, C: integer } } };
  const findings = await findingsOfAnswer(responses, { headers: { a: 'x', c: 'y' } });
  expect(findings.map(({ code, at }) => `${code} ${at}`)).toEqual([
    'response.header.type a',
    'response.header.required b',
    'response.header.type c',
  ]);
});
