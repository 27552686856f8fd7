import { beforeAll, expect, test } from 'vitest';
import { diffSpecs, type Impact, type ImpactedDifference, impactOf } from '../../src/diff.ts';
import { loadSpec } from '../../src/index.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: text,
    name: text,
    note: text,
    state: { type: 'string', enum: ['free', 'sold'] },
    size: { $ref: '#/components/schemas/Size' },
    weight: { $ref: '#/components/schemas/Size' },
  },
};

/** Each operation is changed in one way. */
function documentOf(isNew: boolean): object {
  const { note: _note, ...withoutNote } = pet.properties;
  const get = (operationId: string, schema: object, rest: object = {}) => ({
    get: { operationId, responses: { 200: { description: '', ...json(schema) } }, ...rest },
  });
  const post = (operationId: string, schema: object) => ({
    post: { operationId, requestBody: json(schema), responses: { 204: { description: '' } } },
  });
  const narrow = { ...pet, properties: { ...pet.properties, state: { enum: ['free'] } } };
  return {
    openapi: '3.1.0',
    info: { title: 'Pets', version: isNew ? '2' : '1' },
    paths: {
      '/lost': get('lost', isNew ? { ...pet, properties: withoutNote } : pet),
      '/optional': get('optional', isNew ? { ...pet, required: ['id'] } : pet),
      '/list': get('list', {
        type: 'array',
        items: isNew ? { ...pet, required: ['id'] } : pet,
      }),
      '/one-of-two': get('oneOfTwo', {
        ...pet,
        properties: { ...pet.properties, ...(isNew ? { size: text } : {}) },
      }),
      '/narrower': get('narrower', isNew ? narrow : pet),
      '/sent': post('sent', isNew ? narrow : pet),
      '/parameter': get('parameter', pet, {
        parameters: isNew
          ? [{ name: 'by', in: 'query', required: true, schema: text }]
          : [{ name: 'all', in: 'query', schema: text }],
      }),
      '/header': get('header', pet, {
        responses: {
          200: {
            description: '',
            headers: isNew ? {} : { 'X-Total': { schema: text }, 'X-Hint': { schema: text } },
            ...json(pet),
          },
        },
      }),
      '/status': get('status', pet, {
        responses: {
          200: { description: '', ...json(pet) },
          ...(isNew ? {} : { 404: { description: '' } }),
        },
      }),
      ...(isNew ? {} : { '/gone': get('gone', pet) }),
      '/secret': get('secret', pet, isNew ? { security: [{ token: [] }] } : {}),
    },
    components: {
      schemas: { Size: { type: 'integer' } },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

interface Exchange {
  readonly name: string;
  readonly path: string;
  readonly sends?: object;
  readonly query?: string;
  readonly status?: number;
  readonly reads?: object;
  readonly headers?: object;
}

const byType = { '$.body': { match: 'type' } };
const EXCHANGES: readonly Exchange[] = [
  { name: 'reads what is lost', path: '/lost', reads: { id: '1', note: 'x' } },
  { name: 'reads what stays', path: '/lost', reads: { id: '1' } },
  { name: 'reads what is optional now', path: '/optional', reads: { name: 'Rex' } },
  { name: 'reads another', path: '/optional', reads: { id: '1' } },
  { name: 'reads items', path: '/list', reads: [{ id: '1', name: 'Rex' }] },
  { name: 'reads ids of items', path: '/list', reads: [{ id: '1' }] },
  { name: 'reads the size', path: '/one-of-two', reads: { size: 1 } },
  { name: 'reads the weight', path: '/one-of-two', reads: { weight: 1 } },
  { name: 'expects sold', path: '/narrower', reads: { state: 'sold' } },
  { name: 'expects free', path: '/narrower', reads: { state: 'free' } },
  { name: 'sends sold', path: '/sent', sends: { id: '1', name: 'Rex', state: 'sold' } },
  { name: 'sends free', path: '/sent', sends: { id: '1', name: 'Rex', state: 'free' } },
  { name: 'asks for all', path: '/parameter', query: 'all=yes', reads: { id: '1' } },
  { name: 'reads the total', path: '/header', headers: { 'X-Total': '1' }, reads: { id: '1' } },
  { name: 'reads no header', path: '/header', reads: { id: '1' } },
  { name: 'finds nothing', path: '/status', status: 404 },
  { name: 'finds something', path: '/status', reads: { id: '1' } },
  { name: 'asks what is gone', path: '/gone', reads: { id: '1' } },
  { name: 'shows nothing', path: '/secret', reads: { id: '1' } },
];

function pactOf(exchanges: readonly Exchange[]): object {
  return {
    consumer: { name: 'shop' },
    provider: { name: 'pets' },
    interactions: exchanges.map(({ name, path, sends, query, status, reads, headers }) => ({
      description: name,
      request: {
        method: sends ? 'POST' : 'GET',
        path,
        ...(query ? { query } : {}),
        ...(sends ? { headers: { 'Content-Type': 'application/json' }, body: sends } : {}),
      },
      response: {
        status: status ?? (sends ? 204 : 200),
        headers: { ...(reads ? { 'Content-Type': 'application/json' } : {}), ...headers },
        ...(reads ? { body: reads } : {}),
        // What is expected by its value has no rule.
        ...(reads && !name.startsWith('expects') ? { matchingRules: byType } : {}),
      },
    })),
    metadata: { pactSpecification: { version: '2.0.0' } },
  };
}

let impact: Impact;

beforeAll(async () => {
  const [old, next] = await Promise.all([loadSpec(documentOf(false)), loadSpec(documentOf(true))]);
  impact = await impactOf(await diffSpecs(old, next), [pactOf(EXCHANGES)]);
});

function reachedBy({ impact: consumers }: ImpactedDifference): readonly string[] {
  return consumers.flatMap(({ interactions }) =>
    interactions.map(({ description }) => description),
  );
}

test.for<[operation: string, code: string, reached: readonly string[]]>([
  ['lost', 'response.body.properties', ['reads what is lost']],
  ['optional', 'response.body.required', ['reads what is optional now']],
  ['list', 'response.body.required', ['reads items']],
  ['oneOfTwo', 'response.body.type', ['reads the size']],
  ['narrower', 'response.body.enum', ['expects sold']],
  ['sent', 'request.body.enum', ['sends sold']],
  ['header', 'response.headers', ['reads the total']],
  ['status', 'response.status', ['finds nothing']],
  ['gone', 'operation.removed', ['asks what is gone']],
  ['secret', 'operation.security', ['shows nothing']],
])('%s: finds whom %s reaches', ([operation, code, reached]) => {
  const found = impact.differences.filter(
    (one) => one.operations.includes(operation) && one.code.includes(code.split('.').at(-1) ?? ''),
  );
  expect(found.flatMap(reachedBy)).toEqual(reached);
});

test('finds whom a parameter reaches that is gone, and one that is demanded', () => {
  const found = impact.differences.filter(({ operations }) => operations.includes('parameter'));
  expect(found.map((one) => [one.class, one.message, reachedBy(one)])).toEqual([
    ['breaking', 'The query parameter `by` is new, and required.', ['asks for all']],
    ['dangerous', 'The query parameter `all` is gone.', ['asks for all']],
  ]);
});

test('names the fields, the place in the pact and what is wrong there', () => {
  const lost = impact.differences.find(({ operations }) => operations.includes('lost'));
  expect(lost?.impact).toEqual([
    {
      consumer: 'shop',
      interactions: [
        {
          description: 'reads what is lost',
          file: '(inline)',
          line: 9,
          fields: ['note'],
          findings: expect.arrayContaining([expect.stringContaining('`note` is unknown')]),
        },
      ],
    },
  ]);
});

test('explains all that is new', () => {
  expect(impact.unexplained).toEqual([]);
});

test('refuses differences that come from elsewhere', async () => {
  const made = { ...impact.differences[0] } as ImpactedDifference;
  await expect(impactOf([made], [])).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});
