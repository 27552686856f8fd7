import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPact, readPact } from '../../src/pact/file.ts';
import { onlyOf, pactOf } from './pact.ts';

const named = { consumer: { name: 'c' }, provider: { name: 'p' } };
const request = { method: 'get', path: '/pets' };
const response = { status: 200 };

test.for([
  ['1', { pactSpecification: { version: '1.0.0' } }],
  ['1.1', { pactSpecification: { version: '1.1.0' } }],
  ['2', { pactSpecificationVersion: '2.0.0' }],
  ['2', { 'pact-specification': { version: '2.0.0' } }],
  ['3', { pactSpecification: { version: '3.0.0' } }],
  ['3', {}],
  ['4', { pactSpecification: { version: '4.0' } }],
] as const)('reads version %s of the specification from %j', ([version, metadata]) => {
  const pact = { consumer: { name: 'c' }, provider: { name: 'p' }, interactions: [], metadata };
  expect(readPact(JSON.stringify(pact), 'c-p.json')).toMatchObject({
    file: 'c-p.json',
    consumer: 'c',
    provider: 'p',
    version,
  });
});

test('reads provider states, comments, pending and generators', () => {
  const interaction = {
    type: 'Synchronous/HTTP',
    key: 'k1',
    description: 'all pets',
    pending: true,
    comments: { references: { openapi: { operationId: 'listPets' } } },
    providerStates: [{ name: 'there are pets', params: { count: 2 } }, { name: 'logged in' }],
    request: {
      ...request,
      generators: {
        path: { type: 'ProviderState', expression: '/pets' },
        body: { '$.at': { type: 'DateTime', format: 'yyyy' } },
      },
    },
    response,
  };
  const [read] = pactOf([interaction]).interactions;
  expect(read).toMatchObject({
    key: 'k1',
    description: 'all pets',
    isPending: true,
    states: [
      { name: 'there are pets', params: { count: 2 } },
      { name: 'logged in', params: {} },
    ],
    comments: { references: { openapi: { operationId: 'listPets' } } },
    request: {
      generators: [
        { category: 'path', expression: '', type: 'ProviderState' },
        { category: 'body', expression: '$.at', type: 'DateTime' },
      ],
    },
  });
  const old = { description: 'old', providerState: 'there are pets', request, response };
  expect(onlyOf(pactOf([old], '2.0.0')).states).toEqual([{ name: 'there are pets', params: {} }]);
});

test('forgives a mark of the encoding, and a path without its slash', () => {
  const interaction = { request: { method: 'GET', path: 'pets?tag=cat' }, response };
  const text = JSON.stringify({ ...named, interactions: [interaction] });
  const { request: read } = onlyOf(readPact(`\ufeff${text}`, 'c-p.json'));
  expect(read).toMatchObject({ path: '/pets', query: 'tag=cat' });
});

test('tells messages from HTTP', () => {
  const pact = pactOf([
    { type: 'Synchronous/HTTP', description: 'http', request, response },
    { type: 'Asynchronous/Messages', description: 'queued', contents: {} },
    { type: 'Synchronous/Messages', description: 'asked', request: {}, response: [] },
  ]);
  expect(pact.interactions.map(({ description }) => description)).toEqual(['http']);
  expect(pact.messages.map(({ type }) => type)).toEqual([
    'Asynchronous/Messages',
    'Synchronous/Messages',
  ]);
  const queue = {
    consumer: { name: 'c' },
    provider: { name: 'p' },
    messages: [{ description: 'm' }],
  };
  expect(readPact(JSON.stringify(queue), 'c-p.json').messages).toHaveLength(1);
});

test('tells the line and column of each value', () => {
  const pact = pactOf([{ request, response: { status: 200, body: { content: { id: 1 } } } }]);
  const { body } = onlyOf(pact).response;
  expect(body.kind === 'json' && pact.positionOf(`${body.pointer}/id`)).toEqual({
    line: 18,
    column: 13,
  });
});

test.for([
  ['{', /line 1, column 2/],
  [[], /must be an object, not \[\]/],
  [{}, /neither "interactions" nor "messages"/],
  [{ interactions: [] }, /does not name its consumer/],
  [{ ...named, interactions: {} }, /\/interactions must be a list, not {}/],
  [{ ...named, interactions: [1] }, /\/interactions\/0 must be an object, not 1/],
  [
    { ...named, interactions: [{ response }] },
    /\/interactions\/0\/request must be an object, there is none/,
  ],
  [
    { ...named, interactions: [{ request, response: { status: 'ok' } }] },
    /status must be a whole number from 100 to 599, not "ok"/,
  ],
  [
    { ...named, interactions: [{ request: { ...request, headers: [] }, response }] },
    /headers must be an object/,
  ],
  [
    {
      ...named,
      interactions: [
        { request, response: { matchingRules: { body: { '$.a[': { matchers: [] } } } } },
      ],
    },
    /"\$\.a\[" is no path expression/,
  ],
  [
    {
      ...named,
      interactions: [{ request, response: { matchingRules: { '$.bodies': { match: 'type' } } } }],
    },
    /is not below \$\.body/,
  ],
  [
    {
      ...named,
      interactions: [
        {
          request,
          response: { matchingRules: { body: { $: { matchers: [{ match: 'regex' }] } } } },
        },
      ],
    },
    /\/regex must be a text, there is none/,
  ],
] as const)('refuses %j', ([pact, reason]) => {
  const text = typeof pact === 'string' ? pact : JSON.stringify(pact);
  const read = () => readPact(text, 'c-p.json');
  expect(read).toThrow(reason);
  expect(read).toThrow(expect.objectContaining({ code: 'PACT_MALFORMED' }));
  expect(read).toThrow(/"c-p\.json", line \d+, column \d+/);
});

test('reads the pacts of this project', async () => {
  const folder = join(import.meta.dirname, '../../contracts/pacts');
  for (const name of await readdir(folder)) {
    const pact = await loadPact(join(folder, name));
    expect(pact.interactions.length).toBeGreaterThan(0);
  }
  await expect(loadPact(join(folder, 'none.json'))).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
});
