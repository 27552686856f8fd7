import { expect, test } from 'vitest';
import { answers, bodyRules, type Case, JSON_TYPE, object, takes, verdictOf } from './judge.ts';

const string = { type: 'string' };
const integer = { type: 'integer' };
const list = { type: 'array', items: string };

/** Name, the errors and risks that come out, and the case. */
type Row = readonly [name: string, want: readonly string[], one: Case];

const pets = {
  Cat: object({ kind: string, lives: integer }),
  Dog: object({ kind: string, bark: string }),
};
const alternatives = {
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
};

function pet(discriminator: object, body: object): Case {
  return { ...answers({ ...alternatives, discriminator }, body), components: { schemas: pets } };
}

/** Responses of `GET /x`, whose 200 has these media types. */
function responds(content: object, response: object, status = '200'): Case {
  const responses = { [status]: { description: '', content } };
  return { paths: { '/x': { get: { responses } } }, response };
}

const bad = (problem: string, at: string) => [`error response.body.${problem} ${at}`.trim()];
const byName = { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } };
const a = { schema: object({ a: integer }) };

const rows: readonly Row[] = [
  ['a discriminator mapped by schema names', [], pet(byName, { kind: 'cat', lives: 9 })],
  ['a discriminator mapped by schema names, part of a branch', [], pet(byName, { kind: 'dog' })],
  [
    'a discriminator mapped by schema names, of the other branch',
    bad('unknown', '/lives'),
    pet(byName, { kind: 'dog', lives: 9 }),
  ],
  [
    'a discriminator that names no schema',
    bad('discriminator', '/kind'),
    pet(byName, { kind: 'bird' }),
  ],
  ['a discriminator without mapping', [], pet({ propertyName: 'kind' }, { kind: 'Cat', lives: 9 })],
  [
    'a discriminator without mapping, the tag left out',
    ['risk pact.response.body.optional /bark'],
    pet({ propertyName: 'kind' }, { bark: 'loud' }),
  ],
  [
    'a request without a required readOnly property',
    [],
    takes(object({ id: { ...integer, readOnly: true }, name: string }), { name: 'a' }),
  ],
  [
    'a request with a readOnly property',
    ['error request.body.readOnly /id'],
    takes(object({ id: { ...integer, readOnly: true }, name: string }), { id: 1, name: 'a' }),
  ],
  [
    'a response with a writeOnly property',
    bad('writeOnly', '/password'),
    answers(object({ id: integer, password: { ...string, writeOnly: true } }), {
      id: 1,
      password: 'x',
    }),
  ],
  [
    'format date-time',
    bad('format', '/at'),
    answers(object({ at: { ...string, format: 'date-time' } }), { at: 'yesterday' }),
  ],
  [
    'format uuid',
    bad('format', '/id'),
    answers(object({ id: { ...string, format: 'uuid' } }), { id: '1' }),
  ],
  [
    'format int32',
    bad('format', '/n'),
    answers(object({ n: { ...integer, format: 'int32' } }), { n: 2 ** 40 }),
  ],
  [
    'an unknown format',
    [],
    answers(object({ sku: { ...string, format: 'sku-code' } }), { sku: 'A-1' }),
  ],
  [
    'a range of statuses, wrong',
    bad('type', '/a'),
    responds(
      { 'application/json': a },
      { status: 201, headers: JSON_TYPE, body: { a: 'x' } },
      '2XX',
    ),
  ],
  [
    'a range of statuses',
    [],
    responds({ 'application/json': a }, { status: 201, headers: JSON_TYPE, body: { a: 1 } }, '2XX'),
  ],
  [
    'an unknown status',
    ['error response.status.undeclared'],
    responds({ 'application/json': a }, { status: 418 }),
  ],
  [
    'a $ref to a response',
    bad('type', '/a'),
    {
      paths: { '/x': { get: { responses: { 200: { $ref: '#/components/responses/R' } } } } },
      components: { responses: { R: { description: '', content: { 'application/json': a } } } },
      response: { headers: JSON_TYPE, body: { a: 'x' } },
    },
  ],
  [
    'a body where the document has none',
    bad('unexpected', ''),
    {
      paths: { '/x': { get: { responses: { 204: { description: '' } } } } },
      response: { status: 204, headers: JSON_TYPE, body: { a: 1 } },
    },
  ],
  [
    'problem+json',
    bad('type', '/title'),
    responds(
      { 'application/problem+json': { schema: object({ title: string }) } },
      { headers: { 'Content-Type': 'application/problem+json' }, body: { title: 1 } },
    ),
  ],
  [
    'several media types, chosen by the content type of the response',
    [],
    responds(
      { 'application/json': a, 'application/vnd.b+json': { schema: object({ b: string }) } },
      { headers: { 'Content-Type': 'application/vnd.b+json' }, body: { b: 'x' } },
    ),
  ],
  [
    'a vendor type under */*',
    bad('type', '/a'),
    responds(
      { '*/*': a },
      { headers: { 'Content-Type': 'application/vnd.v1+json' }, body: { a: 'x' } },
    ),
  ],
  [
    'an undeclared media type',
    ['error response.body.mediaType content-type'],
    responds(
      { 'application/json': a },
      { headers: { 'Content-Type': 'application/xml' }, body: '<a/>' },
    ),
  ],
  [
    'a text of which nobody says what it is',
    [],
    responds({ 'text/html': { schema: string } }, { body: '<p>' }),
  ],
  [
    'a text of one of several media types',
    [],
    responds({ 'text/html': {}, 'text/plain': {} }, { body: '<p>' }),
  ],
  ['a body of 0', bad('type', ''), answers(string, 0)],
  ['a body of false', bad('type', ''), answers(string, false)],
  ['a body of null', bad('type', ''), answers(object({ a: integer }), null)],
  ['a body of null that may be', [], answers({ type: ['object', 'null'] }, null)],
  [
    'a circular schema',
    bad('type', '/next/next/id'),
    {
      ...answers(
        { $ref: '#/components/schemas/Node' },
        { id: 1, next: { id: 2, next: { id: 'x' } } },
      ),
      components: {
        schemas: {
          Node: {
            type: 'object',
            required: ['id', 'next'],
            properties: { id: integer, next: { $ref: '#/components/schemas/Node' } },
          },
        },
      },
    },
  ],
  [
    'a pattern with \\p{L}',
    [],
    answers(object({ a: { ...string, pattern: '^\\p{L}+$' } }), { a: 'éa' }),
  ],
  [
    'a pattern',
    bad('pattern', '/a'),
    answers(object({ a: { ...string, pattern: '^[a-z]+$' } }), { a: '1' }),
  ],
  [
    'minItems, the list as it is',
    bad('items', '/a'),
    answers(object({ a: { ...list, minItems: 2 } }), { a: ['x'] }),
  ],
  [
    'minItems, each like',
    [],
    answers(
      object({ a: { ...list, minItems: 2 } }),
      { a: ['x'] },
      bodyRules({ '$.a': { match: 'type', min: 1 } }),
    ),
  ],
  [
    'a dictionary',
    bad('type', '/a'),
    answers({ type: 'object', additionalProperties: integer }, { a: 'x' }),
  ],
  [
    'additionalProperties: true, one more',
    ['risk pact.response.body.optional /extra'],
    answers(object({ a: integer }, { additionalProperties: true }), { a: 1, extra: 1 }),
  ],
  ['an empty schema', [], answers({}, { a: [1, null] })],
];

test.for(rows)('%s', async ([, want, one]) => {
  expect([...(await verdictOf(one))].sort()).toEqual([...want].sort());
});
