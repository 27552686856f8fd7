import { expect, test } from 'vitest';
import { answers, asks, type Case, JSON_TYPE, object, verdictOf } from './judge.ts';

const string = { type: 'string' };
const integer = { type: 'integer' };
const ok = { responses: { 200: { description: '' } } };

/** Name, the errors and risks that come out, and the case. */
type Row = readonly [name: string, want: readonly string[], one: Case];

const query = (name: string, more: object) => ({ name, in: 'query', ...more });
const ids = (style: string, explode = false) =>
  query('ids', { style, explode, schema: { type: 'array', items: integer } });
const filter = query('filter', {
  style: 'deepObject',
  explode: true,
  schema: { type: 'object', properties: { age: integer } },
});
const coded = query('q', {
  content: { 'application/json': { schema: object({ a: integer }) } },
});

function secured(schemes: object, security: readonly object[], request: object = {}): Case {
  return {
    paths: { '/x': { get: ok } },
    components: { securitySchemes: schemes },
    security,
    request,
  };
}

const bearer = { token: { type: 'http', scheme: 'bearer' } };
const cookieKey = { key: { type: 'apiKey', in: 'cookie', name: 'sid' } };

const rows: readonly Row[] = [
  [
    'an unknown path',
    ['error request.path.unmatched'],
    { paths: { '/x': { get: ok } }, request: { path: '/y' } },
  ],
  [
    'an unknown method',
    ['error request.method.unknown'],
    { paths: { '/x': { get: ok } }, request: { method: 'DELETE' } },
  ],
  [
    'a path item of components',
    [],
    {
      paths: { '/x': { $ref: '#/components/pathItems/X' } },
      components: { pathItems: { X: { get: ok } } },
    },
  ],
  [
    'a base path of the servers',
    [],
    {
      servers: [{ url: 'https://api.example.com/v1' }],
      paths: { '/x': { get: ok } },
      request: { path: '/v1/x' },
    },
  ],
  [
    'a static path before a template',
    [],
    {
      paths: {
        '/x/{id}': {
          get: { parameters: [{ name: 'id', in: 'path', required: true, schema: integer }], ...ok },
        },
        '/x/mine': { get: ok },
      },
      request: { path: '/x/mine' },
    },
  ],
  [
    'a path parameter of a wrong type',
    ['error request.path.type id'],
    {
      paths: {
        '/x/{id}': {
          get: { parameters: [{ name: 'id', in: 'path', required: true, schema: integer }], ...ok },
        },
      },
      request: { path: '/x/one' },
    },
  ],
  [
    'a template with a suffix',
    [],
    {
      paths: {
        '/x/{id}.json': {
          get: { parameters: [{ name: 'id', in: 'path', required: true, schema: integer }], ...ok },
        },
      },
      request: { path: '/x/12.json' },
    },
  ],
  [
    'an integer in the query',
    ['error request.query.type n'],
    asks([query('n', { schema: integer })], { query: { n: ['x'] } }),
  ],
  [
    'a required name in the query',
    ['error request.query.required n'],
    asks([query('n', { required: true, schema: integer })], {}),
  ],
  [
    'an unknown name in the query',
    ['error request.query.unknown m'],
    asks([query('n', { schema: integer })], { query: { m: ['1'] } }),
  ],
  [
    'deepObject, wrong inside',
    ['error request.query.type filter/age'],
    asks([filter], { query: { 'filter[age]': ['x'] } }),
  ],
  ['deepObject', [], asks([filter], { query: { 'filter[age]': ['3'] } })],
  [
    'pipeDelimited, a wrong item',
    ['error request.query.type ids/1'],
    asks([ids('pipeDelimited')], { query: { ids: ['1|x'] } }),
  ],
  ['pipeDelimited', [], asks([ids('pipeDelimited')], { query: { ids: ['1|2'] } })],
  ['spaceDelimited', [], asks([ids('spaceDelimited')], { query: { ids: ['1 2'] } })],
  ['explode: false', [], asks([ids('form')], { query: { ids: ['1,2'] } })],
  ['explode: true', [], asks([ids('form', true)], { query: { ids: ['1', '2'] } })],
  [
    'JSON in the query, wrong inside',
    ['error request.query.type q/a'],
    asks([coded], { query: { q: ['{"a":"x"}'] } }),
  ],
  ['JSON in the query', [], asks([coded], { query: { q: ['{"a":1}'] } })],
  [
    'a required cookie',
    ['error request.cookie.required sid'],
    asks([{ name: 'sid', in: 'cookie', required: true, schema: string }], {}),
  ],
  [
    'a cookie of a wrong type',
    ['error request.cookie.type n'],
    asks([{ name: 'n', in: 'cookie', schema: integer }], { headers: { Cookie: 'n=x' } }),
  ],
  [
    'a required header',
    ['error request.header.required X-Trace'],
    asks([{ name: 'X-Trace', in: 'header', required: true, schema: string }], {}),
  ],
  [
    'a bearer token',
    ['error request.security.missing authorization'],
    secured(bearer, [{ token: [] }]),
  ],
  [
    'an API key in a cookie',
    ['error request.security.missing sid'],
    secured(cookieKey, [{ key: [] }]),
  ],
  [
    'an API key in a cookie, sent',
    [],
    secured(cookieKey, [{ key: [] }], { headers: { Cookie: 'sid=1' } }),
  ],
  ['security that may be left out', [], secured(bearer, [{}, { token: [] }])],
  [
    'a schema of another file',
    ['error response.body.type /a'],
    {
      ...answers({ $ref: 'http://localhost/schemas.json#/A' }, { a: 'x' }),
      documents: { 'http://localhost/schemas.json': { A: object({ a: integer }) } },
    },
  ],
  [
    'a response header that is not declared',
    ['error response.header.unknown x-total'],
    { paths: { '/x': { get: ok } }, response: { headers: { 'X-Total': '1' } } },
  ],
  [
    'a response header of HTTP that is not declared',
    ['risk response.header.unknown location'],
    {
      paths: { '/x': { get: ok } },
      response: { headers: { Location: '/x/1', Date: 'Sun, 12 Mar 2023 01:21:35 GMT' } },
    },
  ],
  [
    'a response header that may be missing, and is of another type',
    ['error response.header.type x-total', 'risk pact.response.header.optional x-total'],
    {
      paths: {
        '/x': {
          get: {
            responses: { 200: { description: '', headers: { 'X-Total': { schema: integer } } } },
          },
        },
      },
      response: { headers: { 'x-total': 'many' } },
    },
  ],
  [
    'a required response header',
    [],
    {
      paths: {
        '/x': {
          get: {
            responses: {
              200: {
                description: '',
                headers: {
                  'X-Total': { required: true, schema: integer },
                  'X-Other': { required: true, schema: string },
                },
              },
            },
          },
        },
      },
      response: { headers: { ...JSON_TYPE, 'X-Total': '3' } },
    },
  ],
];

test.for(rows)('%s', async ([, want, one]) => {
  expect([...(await verdictOf(one))].sort()).toEqual([...want].sort());
});
