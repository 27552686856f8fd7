import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkResponse, loadSpec } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import facts from '../spec-document/facts.json' with { type: 'json' };
import { create, headers, mockOf, sessions } from './mock.ts';

let mock: MockServer;
beforeAll(async () => {
  // Each answer by itself: what the mock remembers has tests of its own.
  mock = await startMock({ stateless: true });
});
afterAll(() => mock.close());

test.for(facts.operations)('answers $method $path with $success', async (row) => {
  const path = row.path
    .replace('{exactMatchDataStoreId}', 'patients')
    .replace('{exactMatchSessionId}', 's1');
  const init = {
    method: row.method,
    headers,
    ...(row.bodyIn === null ? {} : { body: JSON.stringify(row.body ?? {}) }),
  };
  const spec = await loadSpec();
  for (const base of [mock.baseUrl, mock.url]) {
    const response = await fetch(base + path, init);
    expect(response.status).toBe(row.success);
    expect(response.headers.has('request-id')).toBe(true);
    expect(await checkResponse(spec, response, { operation: row.operationId })).toEqual([]);
  }
  for (const status of facts.failures) {
    const prefer = { ...headers, prefer: `code=${status}` };
    const response = await fetch(mock.baseUrl + path, { ...init, headers: prefer });
    expect(response.status).toBe(status);
    const options = { operation: row.operationId, strict: true };
    expect(await checkResponse(spec, response, options)).toEqual([]);
  }
});

test.for([
  ['code=429', 429, {}],
  ['code="404"', 404, {}],
  ['respond-async, code=503; x=1', 503, {}],
  ['example=failed', 201, { state: 'Failed' }],
  ['example=completed', 201, { state: 'Completed' }],
  ['code=201, example=processing', 201, { state: 'ProcessingInProgress' }],
  ['return=minimal', 201, {}],
  ['odata.maxpagesize=5, respond-async; wait=10', 201, {}],
  ['', 201, {}],
] as const)('follows Prefer: %s', async ([prefer, status, body]) => {
  const response = await create(mock, { headers: { ...headers, prefer } });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject(body);
});

test.for([
  ['code=999', 400, 'code must be a status from 100 to 599, got "999"'],
  ['dynamic=perhaps', 400, 'dynamic must be true or false, got "perhaps"'],
  ['example=nothing', 404, 'nothing'],
] as const)('refuses Prefer: %s', async ([prefer, status, reason]) => {
  const response = await create(mock, { headers: { ...headers, prefer } });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining(reason) },
  });
});

test('follows ?__code where a client cannot send headers', async () => {
  expect((await create(mock, {}, '?__code=503')).status).toBe(503);
});

test.for([
  ['application/json', 201],
  ['*/*', 201],
  ['application/*;q=0.5, text/html', 201],
  ['application/json;odata.metadata=minimal', 201],
  ['text/html', 406],
] as const)('negotiates Accept: %s', async ([accept, status]) => {
  expect((await create(mock, { headers: { ...headers, accept } })).status).toBe(status);
});

test('answers HEAD as GET, without the body', async () => {
  const get = await fetch(mock.baseUrl + sessions, { headers });
  const head = await fetch(mock.baseUrl + sessions, { method: 'HEAD', headers });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
  expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
});

test('makes data of the same seed the same, and of another seed another', async () => {
  const bodies = async (seed: number) => {
    await using seeded = await startMock({ stateless: true, dynamic: true, seed });
    const texts: string[] = [];
    for (let index = 0; index < 3; index += 1) texts.push(await (await create(seeded)).text());
    return texts;
  };
  const [one, again, other] = [await bodies(7), await bodies(7), await bodies(8)];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(new Set(one).size).toBe(3);
});

test('made data keeps the promise, a hundred times', async () => {
  const spec = await loadSpec();
  for (let seed = 0; seed < 100; seed += 1) {
    const prefer = `dynamic=true, seed=${seed}`;
    const response = await create(mock, { headers: { ...headers, prefer } });
    expect(await checkResponse(spec, response, { method: 'POST' })).toEqual([]);
  }
});

const tree = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    parent: { $ref: '#/components/schemas/Tree' },
    children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
  },
};

test.for([
  [
    'a recursion that Prism cuts to {}',
    { $ref: '#/components/schemas/Tree' },
    { components: { schemas: { Tree: tree } } },
  ],
  [
    'a pattern that Prism ignores',
    {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' } },
    },
    {},
  ],
  [
    'a nullable URL',
    {
      type: 'object',
      required: ['@odata.nextLink'],
      properties: { '@odata.nextLink': { type: ['string', 'null'], format: 'uri' } },
    },
    {},
  ],
  [
    'a writeOnly value',
    {
      type: 'object',
      required: ['secret', 'id'],
      properties: { secret: { type: 'string', writeOnly: true }, id: { type: 'integer' } },
    },
    {},
  ],
  ['an example that breaks its schema', { type: 'integer', minimum: 5, example: 'five' }, {}],
  [
    'a discriminator',
    {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind' },
    },
    {
      components: {
        schemas: {
          Cat: {
            type: 'object',
            required: ['kind', 'lives'],
            properties: { kind: { const: 'Cat' }, lives: { type: 'integer' } },
          },
          Dog: {
            type: 'object',
            required: ['kind', 'tail'],
            properties: { kind: { const: 'Dog' }, tail: { type: 'boolean' } },
          },
        },
      },
    },
  ],
  [
    'keywords of 2020-12',
    {
      type: 'array',
      prefixItems: [{ type: 'integer' }, { type: 'boolean' }],
      items: false,
      minItems: 2,
    },
    {},
  ],
  [
    'a minimum of items',
    { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'string' } },
    {},
  ],
  [
    'two trees that lead to each other',
    { $ref: '#/components/schemas/A' },
    {
      components: {
        schemas: {
          A: {
            type: 'object',
            properties: { b: { $ref: '#/components/schemas/B' } },
            required: ['b'],
          },
          B: {
            type: 'object',
            properties: { a: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] } },
            required: ['a'],
          },
        },
      },
    },
  ],
] as const)('answers %s with a value that its schema takes', async ([, schema, rest]) => {
  for (const dynamic of [false, true]) {
    const { mock: other, spec } = await mockOf(schema, rest, { dynamic });
    await using _ = other;
    const response = await fetch(`${other.url}/thing`);
    expect(response.status).toBe(200);
    expect(await checkResponse(spec, response, { operation: 'getThing' })).toEqual([]);
  }
});

test('says so when no value was found that the schema takes', async () => {
  const { mock: other } = await mockOf({ type: 'string', pattern: '^(?!)$' });
  await using _ = other;
  const response = await fetch(`${other.url}/thing`);
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining('Give it an example'),
  });
});

test('answers with 500 that names the place when a schema is broken', async () => {
  const { mock: other } = await mockOf({ type: 'strin' });
  await using _ = other;
  const response = await fetch(`${other.url}/thing`);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('strin');
});

test.for([404, 409, 429, 503] as const)(
  'an example of %i that was asked for carries the ids of its own request',
  async (code) => {
    await using mock = await startMock({ listen: false, now: '2024-05-14T08:00:00Z' });
    const ids: string[] = [];
    for (const more of [{}, { 'client-request-id': 'mine' }]) {
      const response = await mock.fetch(`${sessions}/x/commit`, {
        method: 'POST',
        headers: { ...headers, prefer: `code=${code}`, ...more },
      });
      expect(response.status).toBe(code);
      expect(await checkResponse(await loadSpec(), response.clone(), { method: 'POST' })).toEqual(
        [],
      );
      const { error } = (await response.json()) as { error: { innerError: object } };
      const id = response.headers.get('request-id') ?? '';
      const client = response.headers.get('client-request-id') ?? id;
      expect(error.innerError).toMatchObject({ 'request-id': id, 'client-request-id': client });
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(2);
  },
);
