import { expect, test } from 'vitest';
import { checkResponse, loadSpec } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';

const text = { type: 'string' };

/** What a mock answers whose `GET /thing` has these responses; held to the document. */
async function answer(
  responses: unknown,
  init: RequestInit & { readonly dynamic?: boolean } = {},
): Promise<Response> {
  const { dynamic = false, ...rest } = init;
  const spec = await loadSpec({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: { '/thing': { get: { operationId: 'getThing', responses } } },
  });
  await using mock = await startMock({ spec, dynamic });
  const response = await fetch(`${mock.url}/thing`, rest);
  const body = await response.clone().text();
  if (response.status < 400)
    expect(await checkResponse(spec, response, { method: 'GET' }), body).toEqual([]);
  return response;
}

const ok = (more: object) => ({ 200: { description: 'A thing', ...more } });
const json = { content: { 'application/json': { example: { a: 1 } } } };

test.for([
  ['Content-Length', { type: 'integer', example: 1024 }, undefined],
  ['Content-Length', { type: 'integer' }, undefined],
  ['Transfer-Encoding', text, 'chunked'],
  ['Content-Encoding', text, 'gzip'],
  ['Connection', text, 'upgrade'],
] as const)(
  'frames its answers itself, whatever the document says of %s',
  async ([name, schema, example]) => {
    const header = {
      required: name === 'Content-Length',
      schema,
      ...(example === undefined ? {} : { example }),
    };
    const response = await answer(ok({ headers: { [name]: header }, ...json }));
    expect(await response.json()).toEqual({ a: 1 });
  },
);

test.for([
  ['X-Snow', '☃'],
  ['X-Break', 'a\r\nb'],
  ['X Bad', 'x'],
] as const)('never sends what HTTP cannot carry: %s', async ([name, example]) => {
  const headers = { [name]: { example, schema: text } };
  expect((await answer(ok({ headers, ...json }))).status).toBe(200);
});

test.for([
  ['a list', { type: 'array', items: { type: 'string', pattern: '^q+$' }, minItems: 1 }, {}],
  ['an object', { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } }, {}],
  [
    'an exploded object',
    { type: 'object', required: ['a'], properties: { a: text } },
    { explode: true },
  ],
] as const)('makes a header that is %s', async ([, schema, more]) => {
  const headers = { 'X-Made': { required: true, schema, ...more } };
  const response = await answer(ok({ headers, ...json }));
  expect([response.status, response.headers.has('x-made')]).toEqual([200, true]);
});

test('makes a header whose content is JSON', async () => {
  const content = { 'application/json': { schema: { type: 'object', required: ['a'] } } };
  const response = await answer(
    ok({ headers: { 'X-Json': { required: true, content } }, ...json }),
  );
  expect(JSON.parse(response.headers.get('x-json') ?? '')).toHaveProperty('a');
});

const schema = { type: 'object', required: ['t'], properties: { t: { type: 'string' } } };

test.for([
  ['application/x-www-form-urlencoded', { schema }, 'application/x-www-form-urlencoded', /^t=/],
  [
    'application/xml',
    { example: { a: 1, b: ['x', '<'] } },
    'application/xml',
    /<a>1<\/a><b>x<\/b><b>&lt;<\/b>/,
  ],
  ['*/*', { schema }, 'application/json', /^\{"t":/],
  ['*/*', { example: 'hello' }, 'text/plain', /^hello$/],
  ['text/csv', { example: 'a,b' }, 'text/csv', /^a,b$/],
  ['text/*', { schema: text }, 'text/plain', /./],
  ['application/vnd.x+json', { schema }, 'application/vnd.x+json', /^\{"t":/],
] as const)('writes %s as it is read', async ([mediaType, media, contentType, body]) => {
  const response = await answer(ok({ content: { [mediaType]: media } }));
  expect(response.headers.get('content-type')).toContain(contentType);
  expect(await response.text()).toMatch(body);
});

test('sends some bytes for an image', async () => {
  const response = await answer(ok({ content: { 'image/png': {} } }));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
});

test('with made data, an example is all there is where there is no schema', async () => {
  const response = await answer(ok(json), { dynamic: true });
  expect(await response.json()).toEqual({ a: 1 });
});

test.for(['code=200, example=nope', 'example=nope'])(
  'has no example for Prefer: %s',
  async (prefer) => {
    const response = await answer(ok({ content: { 'application/json': { schema } } }), {
      headers: { prefer },
    });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('nope');
  },
);

test('says that there is nothing to say', async () => {
  const response = await answer({});
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('declares no response of getThing');
});

test.for([
  {
    type: 'object',
    required: ['fault'],
    properties: { fault: { type: 'object', required: ['text'], properties: { text } } },
  },
  {
    type: 'object',
    required: ['errors'],
    properties: {
      errors: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['msg', 'field'],
          properties: { field: text, msg: text },
        },
      },
    },
  },
])('tells the true reason in an error of any form', async (form) => {
  const spec = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/thing': {
        get: {
          parameters: [{ name: 'n', in: 'query', schema: { type: 'integer' } }],
          responses: {
            200: { description: 'Ok' },
            400: { description: 'Bad', content: { 'application/json': { schema: form } } },
          },
        },
      },
    },
  };
  await using mock = await startMock({ spec, listen: false });
  const response = await mock.fetch('/thing?n=x');
  expect(response.status).toBe(400);
  expect(await response.clone().text()).toContain('`n` must be a whole number');
  expect(await checkResponse(await loadSpec(spec), response, { method: 'GET' })).toEqual([]);
});
