import { expect, test } from 'vitest';
import {
  assertResponse,
  checkBody,
  checkResponse,
  loadSpec,
  type ResponseInput,
} from '../../src/index.ts';
import { documentOf, findingsOfAnswer } from './answer.ts';
import { brief } from './parameter.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const only = (value: unknown) => ({
  content: { 'application/json': { schema: { const: value } } },
});

test.for<[status: number, expected: unknown]>([
  [200, 'exact'],
  [201, 'range'],
  [299, 'range'],
  [404, 'lower range'],
  [500, 'default'],
  [999, 'default'],
])('judges %s by the most exact response', async ([status, expected]) => {
  const responses = {
    default: only('default'),
    '2XX': only('range'),
    '4xx': only('lower range'),
    '200': only('exact'),
  };
  const body = JSON.stringify(expected);
  expect(await findingsOfAnswer(responses, { status, headers: JSON_TYPE, body })).toEqual([]);
  const other = { status, headers: JSON_TYPE, body: '"other"' };
  expect(await findingsOfAnswer(responses, other)).toMatchObject([
    { code: 'response.body.enum', expected, actual: 'other' },
  ]);
});

test.for<[responses: object, message: string, expected: readonly string[]]>([
  [{ 200: {}, '4XX': {} }, 'it has 200, 4XX.', ['200', '4XX']],
  [{}, 'it has none.', []],
  [{ 'x-note': {} }, 'it has none.', []],
])('refuses a status that is not declared: %j', async ([responses, message, expected]) => {
  expect(await findingsOfAnswer(responses, { status: 503, body: 'down' })).toMatchObject([
    {
      code: 'response.status.undeclared',
      severity: 'error',
      at: '',
      message: `GET / declares no response 503: ${message}`,
      spec: { pointer: '/paths/~1/get/responses' },
      expected,
      actual: 503,
    },
  ]);
});

test.for<[name: string, response: object, status: number, body: unknown, code: string]>([
  ['a body that is declared', only(1), 200, '1', ''],
  ['no body where one is declared', only(1), 200, undefined, 'response.body.required'],
  ['an empty body where one is declared', only(1), 200, '', 'response.body.required'],
  ['no body with 204', only(1), 204, undefined, ''],
  ['no body with 304', only(1), 304, undefined, ''],
  ['no body where none is declared', {}, 200, undefined, ''],
  ['no body where the content is empty', { content: {} }, 200, undefined, ''],
  ['a body where none is declared', {}, 200, '1', 'response.body.unexpected'],
  ['a body where the content is empty', { content: {} }, 200, '1', 'response.body.unexpected'],
  ['a body with 204', {}, 204, '1', 'response.body.unexpected'],
])('judges %s', async ([, response, status, body, code]) => {
  const findings = await findingsOfAnswer(
    { default: response },
    { status, headers: JSON_TYPE, body },
  );
  expect(findings.map((finding) => finding.code)).toEqual(code === '' ? [] : [code]);
});

test('takes the answer to HEAD without a body, and judges one that is there', async () => {
  const responses = { 200: { ...only(1), headers: { 'X-A': { required: true, schema: {} } } } };
  const head = { method: 'HEAD' };
  const headers = { ...JSON_TYPE, 'X-A': '1' };
  expect(await findingsOfAnswer(responses, { headers }, head)).toEqual([]);
  expect(await findingsOfAnswer(responses, {}, head)).toMatchObject([
    { code: 'response.header.required', at: 'x-a' },
  ]);
  expect(await findingsOfAnswer(responses, { headers, body: '2' }, head)).toMatchObject([
    { code: 'response.body.enum' },
  ]);
});

test('judges the answer to HEAD by its own operation where there is one', async () => {
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/': { get: { responses: { 200: only(1) } }, head: { responses: { 204: {} } } } },
  });
  const findings = await checkResponse(spec, { status: 200, method: 'HEAD', url: '/' });
  expect(findings).toMatchObject([
    { code: 'response.status.undeclared', message: expect.stringContaining('HEAD / declares no') },
  ]);
});

test.for<[type: string | undefined, message: string]>([
  ['text/html', 'got text/html'],
  [undefined, 'there is no Content-Type'],
])('refuses a body of the media type %s', async ([type, message]) => {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  expect(await findingsOfAnswer({ 200: only(1) }, { headers, body: '<p>' })).toMatchObject([
    {
      code: 'response.body.mediaType',
      at: 'content-type',
      message: `The response body must be application/json: ${message}.`,
      expected: ['application/json'],
      spec: { pointer: '/paths/~1/get/responses/200/content' },
    },
  ]);
});

test('refuses a body that cannot be read', async () => {
  const sent = { headers: JSON_TYPE, body: '{"a":' };
  expect(brief(await findingsOfAnswer({ 200: only(1) }, sent))).toEqual([
    'response.body.malformed at : The response body cannot be read as application/json: it ends too early at line 1, column 6.',
  ]);
});

test('leaves unread what no schema can judge', async () => {
  const content = { 'application/xml': { schema: { type: 'object', required: ['a'] } } };
  const headers = { 'Content-Type': 'application/xml' };
  expect(await findingsOfAnswer({ 200: { content } }, { headers, body: '<a>' })).toEqual([]);
});

test('lists the headers before the body', async () => {
  const responses = { 200: { ...only(1), headers: { 'X-A': { required: true } } } };
  const findings = await findingsOfAnswer(responses, { headers: JSON_TYPE, body: '2' });
  expect(findings.map(({ code }) => code)).toEqual([
    'response.header.required',
    'response.body.enum',
  ]);
});

test.for<[options: object, value: unknown, codes: readonly string[]]>([
  [{ operation: 'get', status: 200 }, 1, []],
  [{ operation: 'GET /', status: 200 }, 2, ['response.body.enum']],
  [{ operation: 'get', status: 200, contentType: 'text/html' }, 1, ['response.body.mediaType']],
  [{ operation: 'get', status: 404 }, 1, ['response.status.undeclared']],
])('judges a body alone: %j of %j', async ([options, value, codes]) => {
  const spec = await loadSpec(documentOf({ 200: only(1), 204: {} }));
  const findings = checkBody(spec, value, { operation: 'get', ...options });
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test.for<[options: object, message: string]>([
  [{ status: 204 }, 'get declares no body for 204: there is nothing to check.'],
  [{}, 'get takes no request body: there is nothing to check.'],
])('refuses to judge a body that the document does not have: %j', async ([options, message]) => {
  const spec = await loadSpec(documentOf({ 204: {} }));
  expect(() => checkBody(spec, 1, { operation: 'get', ...options })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message }),
  );
});

const paths = {
  '/a': {
    get: { operationId: 'getA', responses: { 200: only(1), 202: only(3), 404: only('none') } },
    put: { operationId: 'putA', responses: { 200: only(2), 404: only('none') } },
    post: { operationId: 'postA', responses: { 201: only(1), default: only('none') } },
  },
};

test.for<[status: number, value: unknown, options: object, codes: readonly string[]]>([
  // Only GET declares 202.
  [202, 3, { url: '/a' }, []],
  [202, 4, { url: '/a' }, ['response.body.enum']],
  // GET and PUT declare 404 and agree on it.
  [404, 'none', { url: '/a?x=1#y' }, []],
  [200, 2, { url: 'https://h.example/a', method: 'put' }, []],
  [200, 2, { operation: 'putA' }, []],
  [200, 2, { operation: 'PUT /a', url: '/elsewhere' }, []],
  [200, 2, { url: new URL('https://h.example/a'), method: 'GET' }, ['response.body.enum']],
])('finds the operation of %s %j by %j', async ([status, value, options, codes]) => {
  const spec = await loadSpec({ openapi: '3.1.1', paths });
  const body = JSON.stringify(value);
  const findings = await checkResponse(spec, { status, headers: JSON_TYPE, body }, options);
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test.for<[status: number, options: object, code: string, message: string]>([
  [
    200,
    { url: '/a' },
    'OPERATION_AMBIGUOUS',
    'A response 200 without method could be of getA, putA, which judge it differently. Pass { method } or { operation }.',
  ],
  [
    200,
    {},
    'OPERATION_UNKNOWN',
    'The response does not tell which operation it answers: it has no URL. Pass { operation } or { method, url }.',
  ],
  [200, { url: '/b' }, 'OPERATION_UNKNOWN', 'No operation matches /b: the document has /a.'],
  [
    200,
    { url: '/b', method: 'GET' },
    'OPERATION_UNKNOWN',
    'No operation matches GET /b: the document has /a.',
  ],
  [
    200,
    { url: '/a', method: 'PATCH' },
    'OPERATION_UNKNOWN',
    'No operation matches PATCH /a: /a has GET, PUT, POST.',
  ],
  [
    200,
    { operation: 'getB' },
    'OPERATION_UNKNOWN',
    'No operation is called "getB". The document has: getA, putA, postA.',
  ],
])('cannot tell the operation of %s by %j', async ([status, options, code, message]) => {
  const spec = await loadSpec({ openapi: '3.1.1', paths });
  const response: ResponseInput = { status, headers: JSON_TYPE, body: '1' };
  await expect(checkResponse(spec, response, options)).rejects.toMatchObject({ code, message });
});

test('asserts that a response keeps its promise', async () => {
  const spec = await loadSpec(documentOf({ 200: only(1) }));
  const options = { operation: 'get' };
  const response = (body: string) => ({ status: 200, headers: JSON_TYPE, body });
  await expect(assertResponse(spec, response('1'), options)).resolves.toBeUndefined();
  await expect(assertResponse(spec, response('2'), options)).rejects.toMatchObject({
    name: 'ContractError',
    code: 'CONTRACT_BROKEN',
    message: expect.stringMatching(
      /^The response breaks the contract:\n {2}× The response body must be 1, got 2\.\n {4}response\.body\.enum, \(inline\):\d+:\d+$/,
    ),
    findings: [{ code: 'response.body.enum' }],
  });
});
