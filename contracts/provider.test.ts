import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../src/mock.ts';
import { type MockState, verifyPacts } from '../src/pact.ts';
import { type Interaction, PACTS, type Pact, readPacts } from './pact-files.ts';
import states from './states.json' with { type: 'json' };

type States = Readonly<Record<string, MockState>>;

const pacts = await readPacts(PACTS);
const count = pacts.flatMap(({ interactions }) => interactions).length;

/** The interactions that a fresh mock fails, by what is wrong with them. */
async function verify(mockStates: States, given: readonly string[] = [PACTS]) {
  await using mock = await startMock();
  const { results } = await verifyPacts({ provider: mock.baseUrl, pacts: given, mockStates });
  const failed = results.filter(({ findings }) => findings.length > 0);
  return {
    checked: results.length,
    failed: failed.map(({ subject, findings }) => [subject, ...findings.map(({ code }) => code)]),
  };
}

test('each state is in a pact', () => {
  expect(Object.keys(states).sort()).toEqual([...new Set(pacts.flatMap(statesOf))].sort());
});

test('the mock is what its consumers take it for', async () => {
  expect(await verify(states as States)).toEqual({ checked: count, failed: [] });
});

test('notices when the mock fails its consumers', async () => {
  const fails = { faults: { fail: '100%:500' } };
  const broken = Object.fromEntries(Object.keys(states).map((state) => [state, fails]));
  expect((await verify(broken)).failed).toHaveLength(count);
});

test('a state that nothing sets is an error', async () => {
  const { failed } = await verify({});
  expect(failed.map(([, code]) => code)).toEqual(Array(count).fill('verify.state.missing'));
});

test('the mock asks for a token by itself', async () => {
  const unauthorized = pacts.map((pact) => ({
    ...pact,
    interactions: pact.interactions
      .filter(({ response }) => response.status === 401)
      .map((interaction) => withHeader(interaction, 'Authorization', 'Bearer eyJ0eXAiOiJKV1QifQ')),
  }));
  const [asking, ...others] = unauthorized.filter(({ interactions }) => interactions.length > 0);
  expect(others).toEqual([]);
  await using folder = await mkdtempDisposable(join(tmpdir(), 'verified-'));
  const file = join(folder.path, 'pact.json');
  await writeFile(file, JSON.stringify(asking));
  const { failed } = await verify(states as States, [file]);
  expect(failed.map(([, code]) => code)).toEqual(['verify.status']);
});

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
