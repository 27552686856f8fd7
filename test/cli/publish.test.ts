import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BrokerOptions, startBroker } from '../pact/broker/broker.ts';
import { interactionOf, pactWith } from '../pact/provider.ts';
import { run } from './io.ts';

/** A folder with a pact, and something else. */
async function folderWithPact() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'publish-'));
  const pact = pactWith([interactionOf({ description: 'a pet' })]);
  await writeFile(join(folder.path, 'shop-pets.json'), JSON.stringify(pact));
  await writeFile(join(folder.path, 'package.json'), '{"name":"shop"}');
  return folder;
}

const TOKEN = 't0p-s3cret';

test('publishes pacts with version, branch and tags, and asks whether they may be deployed', async () => {
  await using broker = await startBroker({ token: TOKEN, prefix: '/broker' });
  await using folder = await folderWithPact();
  const env = { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: TOKEN };
  const published = await run(
    ['publish', folder.path, '-a', '1.0', '--branch', 'feat/x', '-t', 'a', '-t', 'b,c', '--merge'],
    '',
    env,
  );
  expect([published.code, published.stderr]).toEqual([0, '']);
  expect(published.stdout).toContain('Pact successfully published for shop version 1.0');
  expect(broker.pacts).toMatchObject([{ consumer: 'shop', provider: 'pets', version: '1.0' }]);
  const { branch, tags } = broker.versionOf('shop', '1.0');
  expect([branch, ...tags]).toEqual(['feat/x', 'a', 'b', 'c']);

  broker.versionOf('pets', '9').environments.add('production');
  const ask = (...more: readonly string[]) =>
    run(['can-i-deploy', '-a', 'shop', '--to-environment', 'production', ...more], '', env);
  expect((await ask('-e', '1.0')).code).toBe(1);
  const json = await ask('-e', '1.0', '--format', 'json');
  expect([json.code, JSON.parse(json.stdout).summary.deployable]).toEqual([1, null]);
  const [{ sha } = { sha: '' }] = broker.pacts;
  broker.results.push({ sha, provider: 'pets', version: '9', isSuccess: true, body: {} });
  const yes = await ask('--branch', 'feat/x');
  expect([yes.code, yes.stderr]).toEqual([0, '']);
  expect(yes.stdout).toContain('Computer says yes');
  expect((await ask('-e', '1.0', '--format', 'json')).code).toBe(0);
  expect((await ask('-e', '1.1')).code).toBe(1);
  expect(published.stdout + yes.stdout).not.toContain(TOKEN);
});

test('takes version, branch and address of the build from the CI system', async () => {
  await using folder = await folderWithPact();
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SHA: '5af1',
    GITHUB_REF_NAME: 'main',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'me/shop',
    GITHUB_RUN_ID: '7',
    PACT_BROKER_TOKEN: TOKEN,
  };
  const argv = ['publish', folder.path, '--broker', 'https://b.example/', '--dry-run'];
  const { code, stdout } = await run([...argv, '--tag-with-git-branch'], '', env);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `PACT_BROKER_TOKEN=[redacted] pact broker publish ${folder.path}/shop-pets.json --consumer-app-version 5af1 --branch main --tag main --build-url https://github.com/me/shop/actions/runs/7 --broker-base-url https://b.example --retries 3\n`,
  );
  const given = ['-a', "it's 1", '--branch', 'b', '--build-url', 'u', '--retries', '0'];
  expect((await run([...argv, ...given], '', { PACT_BROKER_USERNAME: 'me' })).stdout).toBe(
    `PACT_BROKER_USERNAME=[redacted] pact broker publish ${folder.path}/shop-pets.json --consumer-app-version 'it'\\''s 1' --branch b --build-url u --broker-base-url https://b.example --retries 0\n`,
  );
});

test('hands on what stands behind --', async () => {
  const { stdout } = await run(
    [
      ...['can-i-deploy', '-a', 'shop', '--latest', '--broker', 'https://b.example', '--dry-run'],
      ...['--ignore', 'old', '--retry-while-unknown', '3', '--retry-interval', '5', '--to', 'prod'],
      ...['--', '--pacticipant', 'pets', '--branch', 'main'],
    ],
    '',
    {},
  );
  expect(stdout).toBe(
    'pact broker can-i-deploy --pacticipant shop --latest --pacticipant pets --branch main --to prod --ignore old --retry-while-unknown 3 --retry-interval 5 --broker-base-url https://b.example --retries 3\n',
  );
});

const FAILING = {
  trouble: (_: string, path: string) => (path === '/' ? undefined : { status: 403 }),
};

test.for([
  ['a broker that refuses', FAILING, [], 1, 'failed: 403 Forbidden'],
  ['no broker', { trouble: () => ({ status: 401 }) }, [], 2, 'The broker refused GET'],
  ['a wrong token', { token: TOKEN }, ['--broker-username', 'me'], 2, 'with 401. Give a token'],
] as const satisfies readonly (readonly [
  string,
  BrokerOptions,
  readonly string[],
  number,
  string,
])[])('fails by %s, and says so', async ([, options, argv, wanted, reason]) => {
  await using broker = await startBroker(options);
  await using folder = await folderWithPact();
  const shared = ['--broker', broker.url, '--retries', '0', ...argv];
  const published = await run(['publish', folder.path, '-a', '1', ...shared], '', {});
  expect([published.code, published.stdout + published.stderr]).toEqual([
    wanted,
    expect.stringContaining(reason),
  ]);
  const asked = await run(['can-i-deploy', '-a', 'shop', '-e', '1', ...shared], '', {});
  expect(asked.code).toBe(wanted);
});

test('says that the dry run of Pact is on', async () => {
  await using broker = await startBroker();
  broker.versionOf('shop', '1');
  const argv = ['can-i-deploy', '-a', 'shop', '-e', '1', '--broker', broker.url];
  const { stderr } = await run(argv, '', { PACT_BROKER_CAN_I_DEPLOY_DRY_RUN: 'true' });
  expect(stderr).toBe(
    'PACT_BROKER_CAN_I_DEPLOY_DRY_RUN is set: whatever the broker says, the answer is yes.\n',
  );
});

test.for([
  [['publish', '.'], 'publish needs a broker: --broker'],
  [['publish', 'FOLDER', '--broker', 'b'], 'The broker must be a URL'],
  [['publish', 'test/cli', '--broker', 'https://b'], 'there are no pacts in test/cli'],
  [['publish', 'https://b/p.json', '--broker', 'https://b'], 'is no file. Give pact files'],
  [['publish', 'FOLDER/package.json', '--broker', 'https://b'], 'Failed to read the pact'],
  [
    ['publish', 'FOLDER', '--broker', 'https://b', '--broker-token-env', 'T'],
    'the variable T, which is not set',
  ],
  [['can-i-deploy', '-a', 'shop'], 'can-i-deploy needs a broker'],
  [['can-i-deploy', '--broker', 'https://b'], 'it needs --pacticipant NAME'],
  [
    ['can-i-deploy', '-a', 's', '-e', '1', '--latest', '--broker', 'https://b'],
    'exclude each other',
  ],
  [
    ['can-i-deploy', '-a', 's', '--format', 'xml', '--broker', 'https://b'],
    '--format must be one of',
  ],
] as const)('refuses %j', async ([argv, reason]) => {
  await using folder = await folderWithPact();
  const words = argv.map((word) => word.replace('FOLDER', folder.path));
  const { code, stderr } = await run(words, '', {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
});
