import { loadSpec, type Spec } from '../../../src/index.ts';
import { type MockOptions, type MockServer, startMock } from '../../../src/mock.ts';

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const body = (name: string) => ({ required: true, ...json(ref(name)) });
const ok = (schema: unknown) => ({ description: 'Done', ...json(schema) });
const none = { description: 'Done' };
const problem = { description: 'It cannot be done', ...json(ref('Problem')) };
const failures = { 400: problem, 404: problem, 409: problem, 412: problem };

/** An API as they are written every day: no OData, whole numbers for keys, lists of several forms. */
export const pets = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example/v2' }],
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        responses: { 200: ok({ type: 'array', items: ref('Pet') }) },
      },
      post: {
        operationId: 'createPet',
        requestBody: body('NewPet'),
        responses: { 201: ok(ref('Pet')), ...failures },
      },
    },
    '/pets/{petId}': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'getPet', responses: { 200: ok(ref('Pet')), ...failures } },
      put: {
        operationId: 'replacePet',
        requestBody: body('NewPet'),
        responses: { 200: ok(ref('Pet')), ...failures },
      },
      patch: {
        operationId: 'changePet',
        requestBody: { required: true, ...json({ type: 'object' }) },
        responses: { 200: ok(ref('Pet')), ...failures },
      },
      delete: { operationId: 'deletePet', responses: { 204: none, ...failures } },
    },
    '/pets/{petId}/feed': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
      post: { operationId: 'feedPet', responses: { 200: ok(ref('Pet')), ...failures } },
    },
    '/pets/{petId}/toys': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'listToys', responses: { 200: ok(ref('ToyList')), ...failures } },
      post: {
        operationId: 'createToy',
        requestBody: body('Toy'),
        responses: { 201: ok(ref('Created')), ...failures },
      },
    },
    '/pets/{petId}/toys/{name}': {
      parameters: [
        { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      ],
      get: { operationId: 'getToy', responses: { 200: ok(ref('Toy')), ...failures } },
      put: {
        operationId: 'putToy',
        requestBody: body('Toy'),
        responses: { 200: ok(ref('Toy')), 201: ok(ref('Toy')), ...failures },
      },
    },
    '/breeds': {
      get: {
        operationId: 'listBreeds',
        responses: {
          200: {
            description: 'Breeds',
            content: {
              'application/json': {
                schema: { type: 'array', items: ref('Breed') },
                example: [{ code: 'pug' }],
              },
            },
          },
        },
      },
    },
    '/breeds/{code}': {
      parameters: [{ name: 'code', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'getBreed', responses: { 200: ok(ref('Breed')), 404: problem } },
    },
  },
  components: {
    schemas: {
      NewPet: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1 },
          tag: { type: 'string' },
          pin: { type: 'string', writeOnly: true },
          home: {
            type: 'object',
            properties: { town: { type: 'string' }, code: { type: 'string' } },
          },
        },
      },
      Pet: {
        allOf: [
          ref('NewPet'),
          {
            type: 'object',
            required: ['id', 'createdAt'],
            properties: {
              id: { type: 'integer', format: 'int64', readOnly: true },
              createdAt: { type: 'string', format: 'date-time', readOnly: true },
            },
          },
        ],
      },
      Toy: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, price: { type: 'number', minimum: 0 } },
      },
      ToyList: {
        type: 'object',
        required: ['items', 'total'],
        properties: {
          items: { type: 'array', items: ref('Toy') },
          total: { type: 'integer' },
        },
      },
      Created: {
        type: 'object',
        required: ['name', 'href'],
        properties: { name: { type: 'string' }, href: { type: 'string', format: 'uri' } },
      },
      Breed: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
      Problem: {
        type: 'object',
        required: ['message'],
        properties: { message: { type: 'string' } },
      },
    },
  },
};

/** A mock of the pets, and how it is asked. */
export interface Pets {
  readonly mock: MockServer;
  readonly spec: Spec;
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
}

export async function startPets(options: MockOptions = {}): Promise<Pets> {
  const spec = await loadSpec(pets);
  const mock = await startMock({ spec, listen: false, ...options });
  const ask: Pets['ask'] = (method, path, content, headers = {}) =>
    mock.fetch(path, {
      method,
      headers: {
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
  return { mock, spec, ask };
}
