import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { expect, test, vi } from 'vitest';
import { type Answer, interactionOf, pactWith, startProvider } from '../provider.ts';
import { verifyInteractions } from './verified.ts';

const given = (...names: readonly string[]) => names.map((name) => ({ name }));

/** States that nothing sets, or that fail. */
const AMISS = [
  interactionOf({ description: 'one', states: given('the pet exists') }),
  interactionOf({ description: 'two', states: given('the shop is open', 'the pet is ill') }),
  interactionOf({ description: 'three', states: given('the pet is ill') }),
  interactionOf({ description: 'four' }),
];
const HANDLERS = {
  'the shop is open': async () => {
    throw new Error('the database is locked');
  },
  'the pet is ill': async () => {},
};

test('a state without a handler and a handler that throws fail, by name', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const { results } = await verifyInteractions(AMISS, { provider: provider.url, states: HANDLERS });
  expect(
    results.map(({ findings }) => findings.map(({ code, message }) => [code, message])),
  ).toEqual([
    [
      [
        'verify.state.missing',
        'Nothing sets "the pet exists". There are "the shop is open", "the pet is ill".',
      ],
    ],
    [
      [
        'verify.state.failed',
        expect.stringMatching(
          /^The state "the shop is open" could not be set: the database is locked \(\/.*states\.test\.ts:\d+\)\.$/,
        ),
      ],
    ],
    [],
    [],
  ]);
  expect(results[1]?.findings[0]?.spec.pointer).toBe('/interactions/1/providerStates/0');
});

test("Pact's own Verifier passes them", async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  const file = join(folder.path, 'shop-pets.json');
  await writeFile(file, JSON.stringify(pactWith(AMISS)));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const results = await new Verifier({
    provider: 'pets',
    providerBaseUrl: provider.url,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: HANDLERS,
  }).verifyProvider();
  log.mockRestore();
  expect(JSON.parse(results)).toMatchObject({ result: true });
});

test('without any handlers, every state fails', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const { findings } = await verifyInteractions(AMISS, { provider: provider.url });
  expect(findings.map(({ code, at }) => [code, at])).toEqual([
    ['verify.state.missing', 'the pet exists'],
    ['verify.state.missing', 'the shop is open'],
    ['verify.state.missing', 'the pet is ill'],
    ['verify.state.missing', 'the pet is ill'],
  ]);
});

test('sets states with their parameters before the request, and takes them back after it', async () => {
  const seen: unknown[] = [];
  await using provider = await startProvider(({ url }) => {
    seen.push(url);
    return { body: {} };
  });
  const { codes } = await verifyInteractions(
    [
      interactionOf({
        description: 'a pet',
        states: [{ name: 'a pet exists', params: { id: 7 } }, { name: 'it is ill' }],
      }),
    ],
    {
      provider: provider.url,
      states: {
        'a pet exists': {
          setup: (params, { state, action }) => seen.push([action, state, params]),
          teardown: (params, { state, action }) => seen.push([action, state, params]),
        },
        'it is ill': (_, { action, provider: url }) => seen.push([action, url]),
      },
    },
  );
  expect(codes).toEqual([]);
  expect(seen).toEqual([
    ['setup', 'a pet exists', { id: 7 }],
    ['setup', `${provider.url}/`],
    '/pets/1',
    ['teardown', 'a pet exists', { id: 7 }],
  ]);
});

test('takes back what the Verifier leaves set, where another state of the interaction failed', async () => {
  const seen: string[] = [];
  const remember = (name: string) => ({
    setup: () => seen.push(`+${name}`),
    teardown: () => seen.push(`-${name}`),
  });
  await using provider = await startProvider(() => ({ body: {} }));
  await verifyInteractions(
    [
      interactionOf({ description: 'one', states: given('a', 'missing', 'b') }),
      interactionOf({ description: 'two', states: given('c', 'd') }),
      interactionOf({ description: 'three', states: given('missing', 'a') }),
    ],
    {
      provider: provider.url,
      states: { a: remember('a'), b: remember('b'), c: remember('c'), d: remember('d') },
    },
  );
  expect(seen.join(' ')).toBe('+a +b -b -a +c +d -c -d +a -a');
});

test('puts values of a handler into the request, and fails where it fails after it, or takes too long', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const teardown = () => Promise.reject(new Error('still in use'));
  const { findings } = await verifyInteractions(
    [
      interactionOf({
        description: 'a pet',
        states: given('a pet exists'),
        request: {
          generators: {
            // biome-ignore lint/suspicious/noTemplateCurlyInString: Pact's own syntax
            path: { type: 'ProviderState', expression: '/pets/${id}', dataType: 'STRING' },
          },
        },
      }),
      interactionOf({ description: 'two', states: given('it cannot be taken back') }),
      interactionOf({ description: 'three', states: given('it takes too long') }),
    ],
    {
      provider: provider.url,
      timeout: 500,
      states: {
        'a pet exists': () => ({ id: 4711 }),
        'it cannot be taken back': { teardown },
        'it takes too long': () => new Promise(() => {}),
      },
    },
  );
  expect(provider.asked.map(({ url }) => url)).toEqual(['/pets/4711', '/pets/1']);
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    [
      'verify.state.failed',
      expect.stringMatching(
        /^The state "it cannot .*" could not be taken back: still in use \(.*\)\.$/,
      ),
    ],
    [
      'verify.state.failed',
      'The state "it takes too long" could not be set: It took longer than 500 ms.',
    ],
  ]);
});

test('posts states to an address, and its answer decides', async () => {
  const answers: Readonly<Record<string, Answer>> = {
    '': { status: 400 },
    set: { body: { id: 4711 } },
    'set without words': { status: 204 },
    unknown: { status: 404 },
    broken: { status: 500, body: 'no such  table: pets' },
  };
  await using provider = await startProvider(({ url, body }) =>
    url === '/states' ? (answers[JSON.parse(body).state] ?? {}) : { body: {} },
  );
  const { results } = await verifyInteractions(
    Object.keys(answers).map((name) =>
      interactionOf({
        description: name,
        states: name === '' ? [] : [{ name, params: { id: 7 } }],
      }),
    ),
    { provider: provider.url, statesUrl: `${provider.url}/states` },
  );
  const failed = `could not be set: ${provider.url}/states answered`;
  expect(results.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    [],
    [],
    [],
    [`The state "unknown" ${failed} 404.`],
    [`The state "broken" ${failed} 500: no such table: pets.`],
  ]);
  const posted = provider.asked
    .filter(({ url }) => url === '/states')
    .map(({ body }) => JSON.parse(body));
  expect(posted).toContainEqual({ action: 'setup', state: 'set', params: { id: 7 } });
  expect(posted).toContainEqual({ action: 'teardown', state: 'set', params: { id: 7 } });
});

test('says when the address of the states does not answer', async () => {
  await using provider = await startProvider(() => ({ body: {} }));
  const gone = await startProvider(() => ({}));
  await gone[Symbol.asyncDispose]();
  const { findings } = await verifyInteractions(
    [interactionOf({ description: 'a pet', states: given('a pet exists') })],
    { provider: provider.url, statesUrl: gone.url },
  );
  expect(findings[0]?.message).toMatch(
    /could not be set: http:\S+ refuses the connection: nothing listens there/,
  );
});
