import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { startMock } from '../src/mock.ts';
import { type Interaction, PACTS, type Pact, readPacts } from './pact-files.ts';

/** What the mock is asked to prefer in a state of the provider: nothing where it answers so anyway. */
const STATES: Readonly<Record<string, string>> = {
  'the data store exists': '',
  'the data store has more sessions than a page': 'example=firstPage',
  'the session does not exist': 'code=404',
  'the session exists': '',
  'the session is completed': 'code=409',
  'the session is uploaded': '',
  'the time to wait is over': '',
  'too many requests were sent': 'code=429',
};

const pacts = await readPacts(PACTS);

test('there are pacts to verify, and each state is in one', () => {
  expect([...new Set(pacts.flatMap(statesOf))].sort()).toEqual(Object.keys(STATES));
});

test.for(pacts)('the mock is what $consumer.name takes $provider.name for', async (pact) => {
  const results = await verify(pact, STATES);
  expect(results).toHaveLength(pact.interactions.length);
  expect(results.filter(({ result }) => result !== 'OK')).toEqual([]);
});

test.for(pacts)('notices when the mock fails $consumer.name', async (pact) => {
  const broken = Object.fromEntries(Object.keys(STATES).map((state) => [state, 'code=500']));
  const passed = (await verify(pact, broken)).filter(({ result }) => result === 'OK');
  // What is wrong with these is in the request: the mock sees it before it prefers anything.
  expect(passed.map(({ description }) => description).sort()).toEqual(
    pact.interactions
      .filter(({ response }) => response.status === 400 || response.status === 401)
      .map(({ description }) => description)
      .sort(),
  );
});

test('the mock asks for a token by itself', async () => {
  const unauthorized = pacts.map((pact) => ({
    ...pact,
    interactions: pact.interactions
      .filter(({ response }) => response.status === 401)
      .map((interaction) => withHeader(interaction, 'Authorization', 'Bearer eyJ0eXAiOiJKV1QifQ')),
  }));
  for (const pact of unauthorized) {
    expect(await verify(pact, STATES)).toMatchObject([{ result: 'Error' }]);
  }
});

test('a state that nothing sets is an error', async () => {
  const [pact] = pacts;
  if (pact === undefined) throw new Error('There is no pact.');
  await expect(verify(pact, {})).rejects.toThrow('Nothing sets: the data store exists');
});

interface Result {
  readonly description: string;
  readonly result: string;
}

/** Has Pact hold a fresh mock to a pact; Pact itself lets a state pass that nothing sets. */
async function verify(
  pact: Pact,
  states: Readonly<Record<string, string>>,
): Promise<readonly Result[]> {
  const unset = statesOf(pact).filter((state) => states[state] === undefined);
  if (unset.length > 0) throw new Error(`Nothing sets: ${unset.sort().join('; ')}.`);
  await using mock = await startMock();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verified-'));
  const file = join(folder.path, 'pact.json');
  await writeFile(file, JSON.stringify(pact));
  let prefer = '';
  const handlers = Object.entries(states).map(([state, preference]) => [
    state,
    {
      setup: async () => {
        prefer = preference;
      },
      teardown: async () => {
        prefer = '';
      },
    },
  ]);
  const verifier = new Verifier({
    provider: pact.provider.name,
    providerBaseUrl: mock.baseUrl,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: Object.fromEntries(handlers),
    requestFilter: (request: IncomingMessage, _response: unknown, next: () => void) => {
      if (prefer !== '') request.headers['prefer'] = prefer;
      next();
    },
  });
  // A verification that fails is an error whose message is the result.
  const report = await verifier.verifyProvider().catch((error: Error) => error.message);
  return JSON.parse(report).interactionResults;
}

function statesOf({ interactions }: Pact): readonly string[] {
  return interactions.flatMap(({ providerStates = [] }) => providerStates.map(({ name }) => name));
}

function withHeader(interaction: Interaction, name: string, value: string): Interaction {
  const { request } = interaction;
  return {
    ...interaction,
    request: { ...request, headers: { ...request.headers, [name]: [value] } },
  };
}
