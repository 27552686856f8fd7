import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { startBroker } from '../pact/broker/broker.ts';
import { interactionOf, json, pactWith, startProvider } from '../pact/provider.ts';
import { reportMistakes } from '../report/report-schema.ts';
import { run } from './io.ts';

const INTERACTIONS = [
  interactionOf({
    description: 'a pet',
    states: [{ name: 'a pet exists', params: { id: 7 } }],
    response: { body: json({ id: 8 }) },
  }),
  interactionOf({ description: 'another', states: [{ name: 'the shop is open' }] }),
];

/** A folder with a pact and handlers of its states. */
async function folderWith(states: string, name = 'states.ts') {
  const folder = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await writeFile(join(folder.path, 'pact.json'), JSON.stringify(pactWith(INTERACTIONS), null, 2));
  await writeFile(join(folder.path, name), states);
  return { ...folder, pact: join(folder.path, 'pact.json'), states: join(folder.path, name) };
}

test('verifies by handlers of a module, with a token that it never prints', async () => {
  await using provider = await startProvider(({ headers }) => ({
    status: headers['x-api-key'] === 'k-4711' ? 200 : 403,
    body: { id: 7, auth: headers['authorization'] },
  }));
  await using folder = await folderWith(
    `const open = async (): Promise<void> => {};
     export const states = { 'a pet exists': { setup: (params: { id: number }) => ({ id: params.id }) } };
     export { open as unused };`,
  );
  const { code, stdout, stderr } = await run(
    [
      ...['verify', folder.pact, '--provider', provider.url, '--states', folder.states],
      ...['--token-env', 'API_TOKEN', '--header-env', 'X-Api-Key=API_KEY', '--verbose'],
    ],
    '',
    { API_TOKEN: 'eyJ0b3A', API_KEY: 'k-4711' },
  );
  expect(code).toBe(1);
  expect(stdout.replaceAll(folder.path, 'FOLDER')).toMatchInlineSnapshot(`
    "shop: a pet, given a pet exists: 1 of 1 failed
      × The body at /id: Expected 7 (Integer) to be equal to 8 (Integer).
        verify.body, FOLDER/pact.json:29:13
        FOLDER/pact.json:9:5, interaction 1

          28 │ "content": {
        > 29 │   "id": 8
             │   ^^^^^^^
          30 │ },

          │ {
        > │   "id": 7,
          │   ^^^^^^^
          │   "auth": "[redacted]"

    shop: another, given the shop is open: 1 of 1 failed
      × Nothing sets "the shop is open". There are "a pet exists".
        verify.state.missing, FOLDER/pact.json:41:9
        FOLDER/pact.json:36:5, interaction 2

          40 │ "providerStates": [
        > 41 │   {
             │   ^
          42 │     "name": "the shop is open"

    2 checked, 2 failed: 2 errors, 0 risks, 0 warnings
    "
  `);
  expect(stderr).toContain('Verifying a pact between shop and pets');
  expect(stdout + stderr).not.toMatch(/eyJ0b3A|k-4711/);
  expect(stderr).not.toContain('\u001b');
  expect(provider.asked[0]?.headers['authorization']).toBe('Bearer eyJ0b3A');
});

test('verifies by a broker that the environment names, and publishes by the CI system', async () => {
  await using provider = await startProvider(() => ({ body: { id: 8 } }));
  await using broker = await startBroker({ login: { username: 'ci', password: 'pa55' } });
  broker.publish(JSON.parse(JSON.stringify(pactWith(INTERACTIONS))), '1');
  await using folder = await folderWith(
    "export default { 'a pet exists': () => {}, 'the shop is open': () => {} };",
    'states.mjs',
  );
  const { code, stdout } = await run(
    [
      ...['verify', '--provider', provider.url, '--provider-name', 'pets', '--format', 'json'],
      ...['--states', folder.states, '--enable-pending'],
      ...['--consumer-version-selectors', '[{"latest":true}]', '--provider-tags', 'a,b'],
    ],
    '',
    {
      PACT_BROKER_BASE_URL: broker.url,
      PACT_BROKER_PUBLISH_VERIFICATION_RESULTS: 'true',
      PACT_BROKER_USERNAME: 'ci',
      PACT_BROKER_PASSWORD: 'pa55',
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: '5af1',
      CI_COMMIT_BRANCH: 'feat/x',
    },
  );
  const report = JSON.parse(stdout) as Report;
  expect(reportMistakes(report)).toEqual([]);
  expect([code, report.summary.checked, report.targets]).toEqual([0, 3, [broker.url]]);
  const { branch, tags } = broker.versionOf('pets', '5af1');
  expect([branch, ...tags]).toEqual(['feat/x', 'a', 'b']);
  expect(broker.results.map(({ isSuccess }) => isSuccess)).toEqual([true]);
});

test.for([
  [[], 'verify needs --provider URL'],
  [
    ['--provider', 'U', '--token-env', 'NONE'],
    '--token-env names the variable NONE, which is not set',
  ],
  [['--provider', 'U', '--header-env', 'X-A: b'], '--header-env takes the name of a header'],
  [['--provider', 'U', '--states', 'no/such.ts'], 'Failed to load the states in "no/such.ts"'],
  [['--provider', 'U', '--states', 'STATES'], '"b" is no handler. Export an object'],
  [
    ['--provider', 'U', '--states', 'package.json'],
    'The states in "package.json" cannot be used: "name" is no object',
  ],
  [['--provider', 'U', '--consumer-version-selectors', '[{"main":1}]'], 'there is no "main"'],
  [['--provider', 'U', '--timeout', '0'], '--timeout must be a whole number from 1'],
] as const)('refuses %j', async ([argv, reason]) => {
  await using folder = await folderWith('export default { a: () => {}, b: 1 };');
  const words = argv.map((word) =>
    word.replace(/^U$/, 'http://127.0.0.1:1').replace(/^STATES$/, folder.states),
  );
  const { code, stderr } = await run(['verify', folder.pact, ...words], '', {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
});
