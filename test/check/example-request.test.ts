import { expect, test } from 'vitest';
import { exampleRequest } from '../../src/check/example-request.ts';
import { loadSpec } from '../../src/index.ts';
import { operationById } from '../../src/spec/operation.ts';

/** The example of an operation, in one line: `GET /pets?a=1 header: value {"a":1}`. */
async function exampleOf(operation: object, { path = '/', method = 'post', ...rest } = {}) {
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { [path]: { [method]: { operationId: 'it', ...operation } } },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
        query: { type: 'apiKey', in: 'query', name: 'api key' },
        header: { type: 'apiKey', in: 'header', name: 'X-Key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
        tls: { type: 'mutualTLS' },
      },
      examples: { one: { value: 'referred' } },
    },
    ...rest,
  });
  const request = exampleRequest(spec, operationById(spec, 'it'));
  if (!request) return undefined;
  const { headers, content, query } = request;
  const url = request.path + (query === '' ? '' : `?${query}`);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const body = content.kind === 'text' ? [content.text] : [];
  return [request.method, url, ...lines, ...body].join(' ');
}

const text = { type: 'string' };
const integer = { type: 'integer' };

test.for<[parameter: object, request: string]>([
  [{ in: 'query', schema: integer }, 'POST /?p=0'],
  [{ in: 'query', schema: { ...integer, minimum: 7 } }, 'POST /?p=7'],
  [{ in: 'query', name: 'a b', example: 'c&d', schema: text }, 'POST /?a%20b=c%26d'],
  [{ in: 'query', example: 'one', schema: text }, 'POST /?p=one'],
  [{ in: 'query', schema: { ...text, example: 'two' } }, 'POST /?p=two'],
  [
    { in: 'query', examples: { a: { value: 'long one' }, b: { value: 'short' } }, schema: text },
    'POST /?p=short',
  ],
  [
    { in: 'query', examples: { a: { $ref: '#/components/examples/one' } }, schema: text },
    'POST /?p=referred',
  ],
  [
    { in: 'query', examples: { a: 5, b: {}, c: { value: '' }, d: { value: {} } }, schema: text },
    'POST /?p=string',
  ],
  [{ in: 'query', schema: { type: 'array', items: integer } }, 'POST /?p=0'],
  [
    { in: 'query', explode: false, example: [1, 2], schema: { type: 'array', items: integer } },
    'POST /?p=1,2',
  ],
  [
    { in: 'query', content: { 'application/json': { schema: { items: integer } } } },
    'POST /?p=%5B0%5D',
  ],
  [{ in: 'header', name: 'X-Id', schema: integer }, 'POST / x-id: 0'],
  [{ in: 'cookie', example: 'a b', schema: text }, 'POST / cookie: p=a%20b'],
  [{ in: 'query', required: false, schema: integer }, 'POST /'],
])('writes the parameter %j', async ([parameter, request]) => {
  const parameters = [{ name: 'p', required: true, ...parameter }];
  expect(await exampleOf({ parameters })).toBe(request);
});

test.for<[place: string, request: string]>([
  ['query', 'POST /?p=1&p=2'],
  ['header', 'POST / p: 1,2'],
])('writes a list in a %s', async ([place, request]) => {
  const schema = { type: 'array', items: integer, minItems: 2 };
  const parameters = [{ name: 'p', in: place, required: true, example: [1, 2], schema }];
  expect(await exampleOf({ parameters })).toBe(request);
});

test('writes a list in a path', async () => {
  const schema = { type: 'array', items: text, minItems: 2 };
  const parameters = [{ name: 'p', in: 'path', required: true, example: ['a b', 'c'], schema }];
  expect(await exampleOf({ parameters }, { path: '/{p}' })).toBe('POST /a%20b,c');
});

test('fills the path, each name wherever it stands', async () => {
  const parameters = [
    { name: 'id', in: 'path', required: true, example: 'a/b', schema: text },
    { name: 'n', in: 'path', required: true, schema: integer },
  ];
  const path = "/pets('{id}')/{n}.json";
  expect(await exampleOf({ parameters }, { path, method: 'get' })).toBe(
    "GET /pets('a%2Fb')/0.json",
  );
});

test.for<[security: object[], request: string]>([
  [[], 'POST /'],
  [[{}], 'POST /'],
  [[{ tls: [] }], 'POST /'],
  [[{ bearer: [] }], 'POST / authorization: Bearer token'],
  [[{ basic: [] }, { bearer: [] }], 'POST / authorization: Basic token'],
  [[{ query: [], header: [] }], 'POST /?api%20key=key x-key: key'],
  [[{ cookie: [] }], 'POST / cookie: sid=key'],
])('carries the credentials of %j', async ([security, request]) => {
  expect(await exampleOf({ security })).toBe(request);
});

test.for<[requestBody: object, request: string]>([
  [
    { content: { 'application/json': { schema: { properties: { a: integer } } } } },
    'POST / content-type: application/json {"a":0}',
  ],
  [
    { content: { 'text/plain': {}, 'application/a+json': { example: [1] } } },
    'POST / content-type: application/a+json [1]',
  ],
  [
    { content: { 'application/json': { examples: { a: { value: {} }, b: { value: { a: 1 } } } } } },
    'POST / content-type: application/json {"a":1}',
  ],
  [{ content: { nonsense: {}, 'text/plain': {} } }, 'POST /'],
  [{ content: { 'application/json': {} } }, 'POST /'],
])('sends the body %j', async ([requestBody, request]) => {
  expect(await exampleOf({ requestBody })).toBe(request);
});

test.for<[title: string, operation: object, path?: string]>([
  [
    'a parameter that nothing satisfies',
    { parameters: [{ name: 'p', in: 'query', required: true, schema: false }] },
  ],
  ['a parameter without schema', { parameters: [{ name: 'p', in: 'query', required: true }] }],
  [
    'a body that must be of another kind',
    { requestBody: { required: true, content: { 'text/plain': {} } } },
  ],
  ['a path whose parameter is not declared', {}, '/{id}'],
])('has no example for %s', async ([, operation, path]) => {
  const found = await exampleOf(operation, path === undefined ? {} : { path });
  if (path === undefined) expect(found).toBeUndefined();
  else expect(found).toBe('POST /{id}');
});

test('passes over an example that breaks its schema', async () => {
  const parameters = [{ name: 'p', in: 'query', required: true, example: 'a', schema: integer }];
  expect(await exampleOf({ parameters })).toBe('POST /?p=0');
});

test('has no example that another operation would take', async () => {
  const parameters = [{ name: 'id', in: 'path', required: true, example: 'mine', schema: text }];
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/{id}': { get: { parameters } }, '/mine': { get: {} } },
  });
  expect(exampleRequest(spec, operationById(spec, 'GET /{id}'))).toBeUndefined();
  expect(exampleRequest(spec, operationById(spec, 'GET /mine'))).toMatchObject({ path: '/mine' });
});
