import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { listReliances } from '../../src/pact/reliance.ts';
import { pactOf } from './pact.ts';

const spec = await loadSpec({
  openapi: '3.1.1',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/shops/{shop}/pets': {
      post: {
        operationId: 'addPets',
        parameters: [
          { name: 'shop', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: {} } } },
        responses: { 201: { description: '', content: { 'application/json': { schema: {} } } } },
      },
    },
  },
});

test('lists what an interaction sends and reads', () => {
  const rules = (match: string, more = {}) => ({ matchers: [{ match, ...more }] });
  const interaction = {
    description: 'new pets',
    request: {
      method: 'POST',
      path: '/shops/7/pets',
      query: { 'filter[name]': ['a'], dry: ['true'] },
      headers: { 'x-trace': 't', Cookie: 'session=s', Accept: '*/*' },
      body: { content: { pets: [{ name: 'a' }, { name: 'b', age: 1 }] } },
    },
    response: {
      status: 201,
      headers: { 'Content-Type': 'application/json', ETag: '"1"' },
      body: { content: { ids: [1], labels: { a: { b: 1 } } } },
      matchingRules: { body: { '$.ids': rules('type', { min: 1 }), '$.labels': rules('values') } },
    },
  };
  const [found] = listReliances(spec, pactOf([interaction]));
  expect(found).toMatchObject({ operation: { id: 'addPets' }, status: 201 });
  // Leaves: what holds others is listed as well.
  const leaves = found?.reliances.filter(({ values }) => JSON.stringify(values).length < 20);
  const lines = leaves?.map(({ place, field, values, rules: list }) => {
    const names = list?.rules.map(({ match }) => match).join() ?? 'as it is';
    return `${place} ${field} ${JSON.stringify(values)} ${names}`;
  });
  expect(lines).toEqual([
    'request.path shop [7] as it is',
    'request.query filter [{"name":"a"}] as it is',
    'request.header X-Trace ["t"] as it is',
    'request.cookie session ["s"] as it is',
    'request.query dry ["true"] as it is',
    'request.body pets[].name ["a","b"] as it is',
    'request.body pets[].age [1] as it is',
    'response.header ETag ["\\"1\\""] as it is',
    'response.body ids [[1]] type',
    'response.body ids[] [1] type',
    'response.body labels [{"a":{"b":1}}] values',
    'response.body labels.* [{"b":1}] as it is',
    'response.body labels.*.b [1] as it is',
  ]);
});

test('an interaction of no operation relies on fields all the same', () => {
  const interaction = {
    description: 'unknown',
    request: { method: 'GET', path: '/nothing' },
    response: { status: 200, body: { content: { id: 1 } } },
  };
  const [found] = listReliances(spec, pactOf([interaction]));
  expect(found?.operation).toBeUndefined();
  expect(found?.reliances.map(({ field }) => field)).toEqual(['', 'id']);
});
