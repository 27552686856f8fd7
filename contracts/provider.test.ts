import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { type MockServer, startMock } from '../src/mock.ts';
import { type Interaction, PACTS, type Pact, readPacts } from './pact-files.ts';

/** Brings a mock into a state of the provider. */
type SetUp = (mock: MockServer) => Promise<void>;

const KEY = 'ab8cf3ab-36b0-b07a-e010-dfbc942fe48b';
const SESSIONS = '/dataClassification/exactMatchDataStores/patients/sessions';

/** What every session has that the contracts speak of. */
const session = {
  dataStoreId: 'patients',
  fields: ['mrn', 'ssn'],
  fileName: 'patients.tsv',
  dataUploadURI: 'https://edm.blob.core.windows.net/upload/4f1d?sig=rX0Fz2',
  rowsPerBlock: 50_000,
  salt: '5fG1kQm2rZ9TtB8yLw0xNA==',
  totalBlockCount: 12,
  remainingBlockCount: 12,
  creationDateTime: '2024-05-14T08:20:31.5172918Z',
};

const nothing: SetUp = (mock) => mock.reset();

function sessions(...states: readonly string[]): SetUp {
  return async (mock) => {
    await mock.reset();
    const items = states.map((state, index) => ({
      ...session,
      id: index === 0 ? KEY : `session-${index}`,
      state,
    }));
    await mock.setState({ [SESSIONS]: items });
  };
}

const STATES: Readonly<Record<string, SetUp>> = {
  'the data store exists': nothing,
  'the data store has more sessions than a page': sessions('Created', 'Created', 'Created'),
  'the data store has no sessions': nothing,
  'the session does not exist': nothing,
  'the session exists': sessions('Created'),
  'the session is completed': sessions('Completed'),
  'the session is uploaded': sessions('Created'),
  'the time to wait is over': nothing,
  'too many requests were sent': async (mock) => {
    await mock.reset();
    await mock.setFaults({ throttle: '0/10s' });
  },
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
  const fails: SetUp = async (mock) => {
    await mock.reset();
    await mock.setFaults({ fail: '100%:500' });
  };
  const broken = Object.fromEntries(Object.keys(STATES).map((state) => [state, fails]));
  const passed = (await verify(pact, broken)).filter(({ result }) => result === 'OK');
  expect(passed).toEqual([]);
});

test('the mock asks for a token by itself', async () => {
  const unauthorized = pacts.map((pact) => ({
    ...pact,
    interactions: pact.interactions
      .filter(({ response }) => response.status === 401)
      .map((interaction) => withHeader(interaction, 'Authorization', 'Bearer eyJ0eXAiOiJKV1QifQ')),
  }));
  const asking = unauthorized.filter(({ interactions }) => interactions.length > 0);
  expect(asking).toHaveLength(1);
  for (const pact of asking) {
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
  states: Readonly<Record<string, SetUp>>,
): Promise<readonly Result[]> {
  const unset = statesOf(pact).filter((state) => states[state] === undefined);
  if (unset.length > 0) throw new Error(`Nothing sets: ${unset.sort().join('; ')}.`);
  await using mock = await startMock();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verified-'));
  const file = join(folder.path, 'pact.json');
  await writeFile(file, JSON.stringify(pact));
  const handlers = Object.entries(states).map(([state, setUp]) => [state, () => setUp(mock)]);
  const verifier = new Verifier({
    provider: pact.provider.name,
    providerBaseUrl: mock.baseUrl,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: Object.fromEntries(handlers),
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
