import { expect, test } from 'vitest';
import { findingsOfValue } from './answer.ts';
import type { Asked } from './parameter.ts';
import { bodyOf, findingsOfBody } from './request-body.ts';

const account = {
  type: 'object',
  required: ['id', 'password'],
  properties: {
    id: { type: 'string', readOnly: true },
    password: { type: 'string', writeOnly: true },
    name: { type: 'string' },
  },
};
const COMPLETE = { id: 'a', password: 'b' };

async function sent(schema: object, value: unknown, asked: Asked = {}): Promise<readonly string[]> {
  const findings = await findingsOfBody(bodyOf('application/json', schema), { body: value }, asked);
  return findings.map(({ code, at }) => `${code} ${at}`);
}

async function got(schema: object, value: unknown, asked: Asked = {}): Promise<readonly string[]> {
  const findings = await findingsOfValue(schema, value, asked);
  return findings.map(({ code, at }) => `${code} ${at}`);
}

test.for<[openapi: string]>([['3.0.4'], ['3.1.1']])(
  'keeps readOnly out of requests and writeOnly out of responses: OpenAPI %s',
  async ([openapi]) => {
    const asked = { openapi };
    expect(await sent(account, { password: 'b' }, asked)).toEqual([]);
    expect(await got(account, { id: 'a' }, asked)).toEqual([]);
    expect(await sent(account, COMPLETE, asked)).toEqual(['request.body.readOnly /id']);
    expect(await got(account, COMPLETE, asked)).toEqual(['response.body.writeOnly /password']);
  },
);

test('requires in each direction only what belongs there', async () => {
  expect(await sent(account, {})).toEqual(['request.body.required /password']);
  expect(await got(account, {})).toEqual(['response.body.required /id']);
});

test('says which way a property travels', async () => {
  const request = await findingsOfBody(bodyOf('application/json', account), { body: COMPLETE });
  expect(request).toMatchObject([
    { spec: { pointer: expect.stringMatching(/\/properties\/id\/readOnly$/) }, actual: 'a' },
  ]);
  expect(request[0]?.message).toContain('`id`');
  const response = await findingsOfValue(account, COMPLETE);
  expect(response).toMatchObject([
    { spec: { pointer: expect.stringMatching(/\/properties\/password\/writeOnly$/) } },
  ]);
});

const asked = { schemas: { account, secret: { type: 'string', writeOnly: true } } };
const ref = { $ref: '#/components/schemas/account' };

function tagged(kind: string, readOnly: boolean): object {
  const properties = { kind: { const: kind }, id: { type: 'string', readOnly } };
  return { properties, required: ['kind', 'id'] };
}

test.for<[name: string, schema: object, value: unknown, request: string[], response: string[]]>([
  [
    'behind a $ref',
    ref,
    COMPLETE,
    ['request.body.readOnly /id'],
    ['response.body.writeOnly /password'],
  ],
  [
    'in a list',
    { type: 'array', items: ref },
    [COMPLETE],
    ['request.body.readOnly /0/id'],
    ['response.body.writeOnly /0/password'],
  ],
  [
    'whose required stands elsewhere in an allOf',
    { allOf: [{ required: ['id', 'password'] }, { properties: account.properties }] },
    {},
    ['request.body.required /password'],
    ['response.body.required /id'],
  ],
  [
    'where the property itself is a $ref',
    { properties: { secret: { $ref: '#/components/schemas/secret' } }, required: ['secret'] },
    { secret: 'a' },
    [],
    ['response.body.writeOnly /secret'],
  ],
  [
    'where additionalProperties is false',
    { ...account, additionalProperties: false },
    COMPLETE,
    ['request.body.readOnly /id'],
    ['response.body.writeOnly /password'],
  ],
  [
    'where readOnly is false',
    { properties: { id: { readOnly: false, writeOnly: false } }, required: ['id'] },
    { id: 1 },
    [],
    [],
  ],
  [
    'of names like it',
    { patternProperties: { '^i': account.properties.id }, required: ['id', 'other'] },
    { id: 'a', other: 1 },
    ['request.body.readOnly /id'],
    [],
  ],
  [
    'of all other names',
    { additionalProperties: account.properties.password, properties: { a: {} }, required: ['b'] },
    { a: 1 },
    ['request.body.required /b'],
    [],
  ],
  [
    'of names that nothing else has looked at',
    { properties: { a: {} }, unevaluatedProperties: { readOnly: true } },
    { a: 1, b: 1 },
    ['request.body.readOnly /b'],
    [],
  ],
  [
    'of one alternative and not of the other',
    { oneOf: [tagged('a', true), tagged('b', false)] },
    { kind: 'b' },
    ['request.body.required /id'],
    ['response.body.required /id'],
  ],
  [
    'of the alternative that is meant',
    { oneOf: [tagged('a', true), tagged('b', false)] },
    { kind: 'a' },
    [],
    ['response.body.required /id'],
  ],
  [
    'of every alternative that takes an object',
    { required: ['id'], anyOf: [ref, { type: 'null' }] },
    { password: 'b' },
    [],
    ['response.body.required /id', 'response.body.writeOnly /password'],
  ],
  [
    'where an alternative is barred only if a condition holds',
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    { if: { required: ['x'] }, then: { properties: account.properties }, required: ['id'] },
    {},
    ['request.body.required /id'],
    ['response.body.required /id'],
  ],
])('judges both directions %s', async ([, schema, value, request, response]) => {
  expect(await sent(schema, value, asked)).toEqual(request);
  expect(await got(schema, value, asked)).toEqual(response);
});

test('takes a barred property that is wrong for one mistake', async () => {
  expect(await sent(account, { id: 5, password: 'b' })).toEqual(['request.body.readOnly /id']);
});
