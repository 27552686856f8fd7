import { expect, test } from 'vitest';
import { checkBodyText } from '../../src/check/check.ts';
import { checkBody, checkRequest, checkResponse, loadSpec, type Spec } from '../../src/index.ts';
import { documentOf, findingsOfAnswer, findingsOfValue } from './answer.ts';
import { brief, findingsOf } from './parameter.ts';
import { bodyOf, findingsOfBody } from './request-body.ts';

const integer = { type: 'integer' };

test.for<[content: object | undefined, sent: object, message: string]>([
  [undefined, { body: '5' }, 'must be of no media type: there is no Content-Type.'],
  [
    { 'application/a+json': {}, 'application/b+json': {} },
    { body: { a: 1 } },
    'must be application/a+json or application/b+json: there is no Content-Type.',
  ],
])('refuses a body of no media type for %j', async ([content, sent, message]) => {
  const findings = await findingsOfBody(content ? { content } : {}, sent);
  expect(brief(findings)).toEqual([
    `request.body.mediaType at content-type: The request body ${message}`,
  ]);
});

test('takes an empty Content-Type for one that says nothing', async () => {
  const type = '';
  const asked = bodyOf('application/json', { type: 'object' });
  expect(brief(await findingsOfBody(asked, { body: 'rubbish', type }))).toEqual([
    'request.body.mediaType at content-type: The request body must be application/json: the Content-Type is empty.',
  ]);
  const content = { 'application/json': { schema: { type: 'object' } } };
  const sent = { headers: { 'content-type': type }, body: 'rubbish' };
  expect(brief(await findingsOfAnswer({ 200: { content } }, sent))).toEqual([
    'response.body.mediaType at content-type: The response body must be application/json: the Content-Type is empty.',
  ]);
});

test('judges a media type alike, whatever was judged before', async () => {
  const document = {
    openapi: '3.1.1',
    paths: { '/': { post: { requestBody: bodyOf('application/vnd.x+json', {}) } } },
  };
  const request = {
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  };
  const assumed = (spec: Spec) => checkBody(spec, {}, { operation: 'POST /' });
  const given = async (spec: Spec) => {
    const findings = await checkRequest(spec, request);
    return findings.map(({ code }) => code);
  };
  const one = await loadSpec(document);
  expect([assumed(one), await given(one)]).toEqual([[], ['request.body.mediaType']]);
  const other = await loadSpec(document);
  expect([await given(other), assumed(other)]).toEqual([['request.body.mediaType'], []]);
});

test('takes a media type that is written without anything for one that takes anything', async () => {
  const body = { a: 1 };
  expect(await findingsOfBody({ content: { 'application/a+json': {} } }, { body })).toEqual([]);
});

test('leaves unread a body that says nothing where any media type will do', async () => {
  expect(await findingsOfBody(bodyOf('*/*', { type: 'object' }), { body: 'a=1' })).toEqual([]);
});

test('judges by media type after any number of them', async () => {
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/': { post: { requestBody: bodyOf('application/json', integer) } } },
  });
  for (let index = 0; index < 250; index += 1) {
    const headers = { 'content-type': `application/json; n=${index}` };
    const request = { method: 'POST', url: '/', headers };
    expect(await checkRequest(spec, { ...request, body: '5' })).toEqual([]);
    expect(await checkRequest(spec, { ...request, body: '"a"' })).toHaveLength(1);
  }
});

test.for<[content: object, text: string, options: object, codes: readonly string[]]>([
  [{ 'application/json': { schema: integer } }, '5', {}, []],
  [{ 'application/json': { schema: integer } }, '"5"', {}, ['response.body.type']],
  [{ 'application/json': { schema: integer } }, '5 6', {}, ['response.body.malformed']],
  [{ 'text/csv': { schema: integer } }, 'a,b', { contentType: 'text/csv' }, ['response.body.type']],
  [{ 'text/csv': { schema: { type: 'object' } } }, 'a', { contentType: 'text/csv' }, []],
  [{ 'application/json': {} }, 'a', { contentType: 'text/csv' }, ['response.body.mediaType']],
])('judges by %j the text %s', async ([content, text, options, codes]) => {
  const spec = await loadSpec(documentOf({ 200: { content } }));
  const findings = checkBodyText(spec, text, { operation: 'get', status: 200, ...options });
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test('names parts whose names are no words', async () => {
  const schema = { additionalProperties: { items: integer } };
  const [finding] = await findingsOfValue(schema, { 'a b': ['x'] });
  expect(finding).toMatchObject({
    at: '/a b/0',
    message: '`["a b"][0]` must be a whole number, got "x".',
  });
});

test('cuts the name of a part that lies very deep', async () => {
  const schemas = { tree: { type: 'array', items: { $ref: '#/components/schemas/tree' } } };
  const value = JSON.parse(`${'['.repeat(120)}5${']'.repeat(120)}`);
  const [finding] = await findingsOfValue({ $ref: '#/components/schemas/tree' }, value, {
    schemas,
  });
  expect(finding).toMatchObject({ at: '/0'.repeat(120), actual: 5 });
  expect(finding?.message).toMatch(/^`(\[0\])+\[?0?…` must be an array, got 5\.$/);
});

test.for<[parameters: readonly object[], query: string, findings: readonly string[]]>([
  [
    [{ name: 'o', in: 'query', schema: { type: 'object', properties: { R: integer } } }],
    'R=1&R=2',
    ['request.query.type at o/R: Query parameter `o.R` must be a whole number, got ["1","2"].'],
  ],
  [
    [
      {
        name: 'o',
        in: 'query',
        style: 'deepObject',
        schema: { type: 'object', properties: { R: { type: 'array', const: ['1'] } } },
      },
    ],
    'o[R][]=1',
    [],
  ],
  [
    [
      {
        name: 'o',
        in: 'query',
        schema: { type: 'object', additionalProperties: integer },
      },
      { name: 'c', in: 'cookie', schema: integer },
    ],
    'c=x',
    ['request.query.type at o/c: Query parameter `o.c` must be a whole number, got "x".'],
  ],
  [[{ name: 'q', in: 'query', content: { nonsense: { schema: { const: '{' } } } }], 'q={', []],
])('reads what is seldom sent: %j as %s', async ([parameters, query, findings]) => {
  expect(brief(await findingsOf(parameters, { query }))).toEqual(findings);
});

const FORM = 'application/x-www-form-urlencoded';
const point = { type: 'object', properties: { x: integer } };

test.for<[schema: object, encoding: object, body: string, codes: readonly string[]]>([
  [{ properties: { a: integer, b: integer } }, {}, 'a=1', []],
  // An object does not spread over the names of a form: those are other properties.
  [{ properties: { a: point } }, { a: { style: 'form' } }, 'x=1', []],
  [{ properties: { a: point } }, { a: { style: 'form' } }, 'a=x,1', ['request.body.type']],
  // What has no media type is a text.
  [{ properties: { a: point } }, { a: { contentType: '?' } }, 'a={}', ['request.body.type']],
  [{ properties: { a: { type: ['array', 'string'], maxItems: 1 } } }, {}, 'b=1', []],
])('reads a form that is seldom sent: %j with %j', async ([schema, encoding, body, codes]) => {
  const requestBody = bodyOf(FORM, { type: 'object', ...schema }, { encoding });
  const findings = await findingsOfBody(requestBody, { body, type: FORM });
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test.for<[document: object, path: string, message: string]>([
  [{}, '/', 'No operation matches GET /. The document has: no operations.'],
  [{ paths: {} }, '/', 'No operation matches GET /. The document has: no operations.'],
  [
    {
      paths: Object.fromEntries('abcdefghijklm'.split('').map((name) => [`/${name}`, { get: {} }])),
    },
    '/z',
    'No operation matches GET /z. The nearest of 13 operations: GET /a, GET /b, GET /c, GET /d, GET /e.',
  ],
])('lists the operations of %j', async ([document, url, message]) => {
  const spec = await loadSpec({ openapi: '3.1.1', components: {}, ...document });
  expect(brief(await checkRequest(spec, { method: 'GET', url }))).toEqual([
    `request.path.unmatched at : ${message}`,
  ]);
});

test('judges an operation of which the document says nothing', async () => {
  const spec = await loadSpec({ openapi: '3.1.1', paths: { '/': { get: {} } } });
  const strict = { strict: true };
  expect(await checkRequest(spec, { method: 'GET', url: '/?a=1&%zz=1' }, strict)).toMatchObject([
    { code: 'request.query.malformed', spec: { pointer: '/paths/~1/get' } },
    { code: 'request.query.unknown', spec: { pointer: '/paths/~1/get' } },
  ]);
  expect(await checkResponse(spec, { status: 200 }, { operation: 'GET /' })).toMatchObject([
    { code: 'response.status.undeclared', spec: { pointer: '/paths/~1/get' } },
  ]);
});

test.for<[url: string, message: string]>([
  [
    'http://[',
    'No operation matches http://[: the document has /a, /b, /c, /d, /e, /f, /g, /h, /i, /j, ….',
  ],
  ['/z', 'No operation matches /z: the document has'],
])('finds no operation at %s', async ([url, message]) => {
  const names = 'abcdefghijk'.split('');
  const paths = Object.fromEntries(names.map((name) => [`/${name}`, { get: {} }]));
  const spec = await loadSpec({ openapi: '3.1.1', paths });
  await expect(checkResponse(spec, { status: 200 }, { url })).rejects.toMatchObject({
    code: 'OPERATION_UNKNOWN',
    message: expect.stringContaining(message),
  });
});

test('refuses a status that no operation of a path declares, when there is one operation', async () => {
  const spec = await loadSpec(documentOf({ 200: {} }));
  expect(await checkResponse(spec, { status: 500 }, { url: '/' })).toMatchObject([
    { code: 'response.status.undeclared' },
  ]);
});

test('takes credentials of another scheme of the same length for another scheme', async () => {
  const spec = await loadSpec({
    openapi: '3.1.1',
    paths: { '/': { get: { security: [{ bearer: [] }] } } },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  });
  const headers = { authorization: 'Digest a=b' };
  expect(await checkRequest(spec, { method: 'GET', url: '/', headers })).toMatchObject([
    { code: 'request.security.missing', actual: '`authorization` has Digest credentials' },
  ]);
});

test('judges one header object under several names', async () => {
  const headers = {
    'X-A': { $ref: '#/paths/~1/get/responses/200/headers/X-B' },
    'X-B': { schema: integer },
  };
  const sent = { headers: { 'x-a': 'a', 'x-b': 'b' } };
  expect(brief(await findingsOfAnswer({ 200: { headers } }, sent))).toEqual([
    'response.header.type at x-a: Response header `X-A` must be a whole number, got "a".',
    'response.header.type at x-b: Response header `X-B` must be a whole number, got "b".',
  ]);
});
