import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { changeBetween } from '../../src/mock/spec-change.ts';

const pet = { type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' } } };
const owner = {
  type: 'object',
  properties: { pets: { items: { $ref: '#/components/schemas/Pet' } } },
};
const answer = (name: string) => ({
  responses: {
    200: {
      description: 'Fine',
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
    },
  },
});
const paths = {
  '/pets': {
    get: { operationId: 'listPets', ...answer('Pet') },
    post: { operationId: 'createPet', responses: {} },
  },
  '/shops': { get: { operationId: 'listShops', ...answer('Shop') } },
};
const schemas = { Pet: pet, Owner: owner, Shop: { type: 'string' } };
const nothing = { added: [], removed: [], changed: [] };

function document(changes: object = {}) {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths,
    components: { schemas },
    ...changes,
  };
}

test.for([
  ['nothing', {}, nothing],
  ['what no operation uses', { info: { title: 'U', version: '2' } }, nothing],
  [
    'an operation itself',
    { paths: { ...paths, '/shops': { get: { ...paths['/shops'].get, summary: 'All' } } } },
    { ...nothing, changed: ['listShops'] },
  ],
  [
    'what a path shares',
    { paths: { ...paths, '/pets': { ...paths['/pets'], parameters: [] } } },
    { ...nothing, changed: ['listPets', 'createPet'] },
  ],
  [
    'a schema behind a circle of references',
    { components: { schemas: { ...schemas, Owner: { ...owner, title: 'O' } } } },
    { ...nothing, changed: ['listPets'] },
  ],
  [
    'the servers of all',
    { servers: [{ url: '/v2' }] },
    { ...nothing, changed: ['listPets', 'createPet', 'listShops'] },
  ],
  [
    'a reference that leads nowhere now',
    { components: { schemas: { Pet: pet, Owner: owner } } },
    { ...nothing, changed: ['listShops'] },
  ],
  [
    'operations come, go, and move to another path',
    { paths: { '/zoo': { get: paths['/pets'].get, put: { operationId: 'putZoo' } } } },
    { added: ['putZoo'], removed: ['createPet', 'listShops'], changed: ['listPets'] },
  ],
] as const)('tells which operations differ: %s', async ([, changes, want]) => {
  const [before, after] = [await loadSpec(document()), await loadSpec(document(changes))];
  expect(changeBetween(before, after)).toEqual(want);
});
