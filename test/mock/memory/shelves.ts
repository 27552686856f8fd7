import { loadSpec } from '../../../src/index.ts';
import { type MockOptions, type MockServer, startMock } from '../../../src/mock.ts';

const json = (schema: unknown, example?: unknown) => ({
  content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const problem = { description: 'No', content: { 'application/problem+json': { schema: {} } } };
const failures = { 404: problem, 412: problem };
const ok = (schema: unknown, example?: unknown) => ({
  200: { description: 'Done', ...json(schema, example) },
  ...failures,
});
const shelfId = { name: 'shelfId', in: 'path', required: true, schema: { type: 'string' } };
const count = (name: string, schema = {}) => ({
  ...{ name, in: 'query', schema: { type: 'integer', ...schema } },
});
const tag = { name: 'tag', in: 'path', required: true, schema: { type: 'string' } };

/** What is there or not, and says nothing more. */
function flag(name: string) {
  const responses = { 204: { description: 'Yes' }, 404: problem };
  const parameters = [{ ...shelfId, name }];
  return { parameters, get: { responses }, put: { responses }, delete: { responses } };
}

/** A collection whose list has parameters. */
function listed(path: string, list: string, parameters: readonly object[]) {
  const headers = { 'X-Total-Count': { schema: { type: 'integer' } } };
  const schema = list === 'Page' ? ref('Page') : { type: 'array', items: ref(list) };
  return {
    [`/${path}`]: {
      get: { parameters, responses: { 200: { description: 'Some', headers, ...json(schema) } } },
      post: { requestBody: json(ref('Shelf')), responses: { 201: ok(ref('Shelf'))[200] } },
    },
    [`/${path}/{shelfId}`]: { parameters: [shelfId], get: { responses: ok(ref('Shelf')) } },
  };
}

/** Shapes of APIs beside collections and items: what there is one of, and what says only that it is there. */
const shelves = {
  openapi: '3.0.3',
  info: { title: 'Shelves', version: '1' },
  paths: {
    '/settings': {
      get: { responses: ok(ref('Settings'), { motto: 'Read!', hour: 9 }) },
      patch: { requestBody: json(ref('Settings')), responses: ok(ref('Settings')) },
    },
    '/news': {
      get: { responses: ok(ref('NewsList'), { value: [{ text: 'old' }] }) },
      post: { requestBody: json(ref('News')), responses: { 201: ok(ref('News'))[200] } },
    },
    '/rows/{row}': {
      parameters: [{ name: 'row', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: ok(ref('Shelf')) },
    },
    '/fans': { get: { responses: ok({ type: 'array', items: ref('User') }) } },
    '/fans/{username}': flag('username'),
    '/shelves/{shelfId}/star': flag('shelfId'),
    '/boxes': { post: { requestBody: json(ref('Box')), responses: { 201: ok(ref('Box'))[200] } } },
    '/boxes/{id}': {
      parameters: [{ ...shelfId, name: 'id' }],
      get: { responses: ok(ref('Box')) },
    },
    ...listed('books', 'Shelf', [count('page'), count('per_page', { default: 3, minimum: 1 })]),
    ...listed('notes', 'Shelf', [count('offset'), count('limit')]),
    ...listed('cursors', 'Shelf', [count('limit', { default: 1 })]),
    ...listed('pages', 'Page', [
      count('$top'),
      {
        ...{ name: '$expand', in: 'query', explode: false },
        schema: { type: 'array', items: { type: 'string', enum: ['owner', 'row', 'nothing'] } },
      },
    ]),
    '/shelves': {
      get: { responses: ok({ type: 'array', items: ref('Shelf') }) },
      post: {
        requestBody: json(ref('Shelf')),
        responses: { 201: ok(ref('Shelf'))[200], 422: problem },
      },
    },
    '/shelves/{shelfId}': {
      parameters: [shelfId],
      get: { responses: ok(ref('Shelf')) },
      put: { requestBody: json(ref('Shelf')), responses: ok(ref('Shelf')) },
      delete: { responses: { 204: { description: 'Done' }, ...failures } },
    },
    '/shelves/{shelfId}/label': {
      parameters: [shelfId],
      get: { responses: ok(ref('Settings'), { motto: 'A to Z' }) },
      patch: { requestBody: json(ref('Settings')), responses: ok(ref('Settings')) },
      put: {
        requestBody: json(ref('Settings')),
        responses: { ...ok(ref('Settings')), 201: ok(ref('Settings'))[200] },
      },
    },
    '/shelves/{shelfId}/picture': {
      parameters: [shelfId],
      get: {
        responses: {
          200: { description: 'It', content: { 'image/png': { schema: { type: 'string' } } } },
          ...failures,
        },
      },
    },
    '/shelves/{shelfId}/tags': {
      parameters: [shelfId],
      get: { responses: ok({ type: 'array', items: ref('Tag') }) },
    },
    '/shelves/{shelfId}/tags/{tag}': {
      parameters: [shelfId, tag],
      get: { responses: ok(ref('Tag')) },
      put: { responses: { 204: { description: 'Done' }, ...failures } },
      delete: { responses: { 204: { description: 'Done' }, ...failures } },
    },
  },
  components: {
    schemas: {
      Settings: {
        properties: { motto: { type: 'string' }, hour: { type: 'integer', nullable: true } },
      },
      News: { type: 'object', properties: { text: { type: 'string' } } },
      NewsList: { type: 'object', properties: { value: { type: 'array', items: ref('News') } } },
      Shelf: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, row: { type: 'integer' }, owner: ref('User') },
      },
      User: {
        type: 'object',
        required: ['id', 'login'],
        properties: { id: { type: 'integer' }, login: { type: 'string' } },
      },
      Box: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', readOnly: true },
          box: ref('Box'),
          boxes: { type: 'array', items: ref('Box') },
          pin: { type: 'string', writeOnly: true },
          size: { type: 'object', oneOf: [ref('Pair'), { type: 'object', required: ['mm'] }] },
        },
      },
      Pair: {
        type: 'object',
        required: ['unit'],
        properties: { unit: { type: 'string', readOnly: true }, width: { type: 'integer' } },
        additionalProperties: false,
      },
      Page: {
        type: 'object',
        properties: {
          value: { type: 'array', items: ref('Shelf') },
          '@odata.nextLink': { type: 'string' },
        },
      },
      Tag: { type: 'object', required: ['tag'], properties: { tag: { type: 'string' } } },
    },
  },
};

/** A mock of shelves, and what asks it: status and body. */
export interface Shelves {
  readonly mock: MockServer;
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<readonly [status: number, body: unknown]>;
  /** The ids on a page, and where `Link` leads. */
  readonly page: (path: string) => Promise<{
    readonly ids: string;
    readonly links: Readonly<Record<string, string>>;
    readonly total: string | null;
  }>;
}

/** Starts a mock of shelves, without a socket. */
export async function startShelves(options: MockOptions = {}): Promise<Shelves> {
  const mock = await startMock({ ...options, spec: await loadSpec(shelves), listen: false });
  return {
    mock,
    page: async (path) => {
      const response = await mock.fetch(path);
      const items = (await response.json()) as readonly { readonly id: string }[];
      const links = response.headers.get('link')?.matchAll(/<http:\/\/[^/]*([^>]*)>; rel="(\w+)"/g);
      return {
        ids: items.map(({ id }) => id).join(''),
        links: Object.fromEntries([...(links ?? [])].map(([, url = '', rel = '']) => [rel, url])),
        total: response.headers.get('x-total-count'),
      };
    },
    ask: async (method, path, body, headers = {}) => {
      const content = { 'content-type': 'application/json' };
      const init =
        body === undefined
          ? { method, headers }
          : { method, headers: { ...content, ...headers }, body: JSON.stringify(body) };
      const response = await mock.fetch(path, init);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return [response.status, isJson && text !== '' ? JSON.parse(text) : text];
    },
  };
}
