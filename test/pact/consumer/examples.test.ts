import { expect, test } from 'vitest';
import { documentOf, expectedOf, keepPacts, newPact } from './written.ts';

keepPacts();

const cat = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { const: 'cat' }, lives: { type: 'integer' }, name: { type: 'string' } },
};
const dog = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: { const: 'dog' },
    name: { type: ['string', 'null'] },
    owner: { type: 'object', properties: { phone: { type: 'string', pattern: '^\\+' } } },
  },
};
const pets = { type: 'object', properties: { pet: { oneOf: [cat, dog] } } };

test('of alternatives, the example is the one that has the fields; the matcher takes what any has', async () => {
  expect(await expectedOf(pets, ['pet.owner.phone', 'pet.kind', 'pet.name'])).toEqual({
    content: {
      pet: { kind: 'dog', name: 'string', owner: { phone: expect.stringMatching(/^\+/) } },
    },
    rules: {
      '$.pet.kind': 'regex ^(?:cat|dog)$',
      '$.pet.name': 'type or null',
      '$.pet.owner.phone': 'regex ^\\+[\\s\\S]*$',
    },
  });
  const { content } = await expectedOf(pets, ['pet.lives']);
  expect(content).toEqual({ pet: { lives: 0 } });
});

test('a schema that holds itself is followed as far as the path goes', async () => {
  const tree = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      parent: { anyOf: [{ $ref: '#/components/schemas/tree' }, { type: 'null' }] },
      children: { type: 'array', items: { $ref: '#/components/schemas/tree' } },
    },
  };
  const { content } = await expectedOf(
    { $ref: '#/components/schemas/tree' },
    ['children[].children[].name', 'parent.parent.name'],
    {},
    { components: { schemas: { tree } } },
  );
  expect(content).toEqual({
    children: [{ children: [{ name: 'string' }] }],
    parent: { parent: { name: 'string' } },
  });
});

test('values that are to be equal have no matcher, but inside a list the one that says so', async () => {
  const item = {
    type: 'object',
    properties: { id: { type: 'integer' }, kind: { type: 'string' } },
  };
  const schema = {
    type: 'object',
    properties: { state: { type: 'string' }, items: { type: 'array', items: item } },
  };
  const all = { state: 'done', items: [{ id: 1, kind: 'a' }] };
  expect(await expectedOf(schema, [], { equals: all })).toEqual({ content: all, rules: {} });
  const { content, rules } = await expectedOf(schema, ['items[].id'], {
    equals: { state: 'done' },
    like: { items: [{ kind: 'a' }, { kind: 'b' }] },
  });
  expect(content).toEqual({
    state: 'done',
    items: [
      { id: 0, kind: 'a' },
      { id: 0, kind: 'b' },
    ],
  });
  expect(rules).toEqual({
    '$.items': 'type min 1',
    '$.items[*].id': 'integer',
    '$.items[*].kind': 'type',
  });
});

test("the document's examples go before samples: the one that has most, completed by the others", async () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      state: { type: 'string' },
      note: { type: 'string' },
      size: { type: 'integer' },
    },
  };
  const content = {
    'application/json': {
      schema,
      examples: {
        new: { value: { id: 'n1', state: 'new', note: 'A note.' } },
        done: { value: { id: 'd1', state: 'done', size: 7 } },
      },
    },
  };
  const operation = { operationId: 'getThing', responses: { 200: { description: '', content } } };
  const { pact, read } = newPact(documentOf({}, { paths: { '/thing': { get: operation } } }));
  const ask = (description: string, more: object) =>
    pact.interaction({ operation: 'getThing', description, status: 200, ...more }, ({ url }) =>
      fetch(`${url}/thing`),
    );
  await ask('a', { uses: ['id', 'note'] });
  await ask('b', { uses: ['id', 'size', 'note', 'state'] });
  await ask('c', { uses: ['id'], equals: { state: 'done' } });
  expect(read().map(({ response }) => response.body?.content)).toEqual([
    { id: 'n1', note: 'A note.' },
    { id: 'n1', note: 'A note.', size: 7, state: 'new' },
    { id: 'd1', state: 'done' },
  ]);
});
