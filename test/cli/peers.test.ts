import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { definePact } from '../../src/pact.ts';
import { startBroker } from '../pact/broker/broker.ts';
import { interactionOf, pactWith, startProvider } from '../pact/provider.ts';
import { run } from './io.ts';

// Node finds none of them, as in a project that has not installed them.
const hooks = registerHooks({
  resolve: (specifier, context, next) => {
    if (!/@pact-foundation\/|@redocly\//.test(specifier)) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find ${specifier}`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
afterAll(() => hooks.deregister());

const document = (paths: object) => JSON.stringify({ openapi: '3.1.0', info: {}, paths });

test.for([
  [['verify', 'PACT', '--provider', 'PROVIDER'], '@pact-foundation/pact@17'],
  [['publish', 'PACT', '-a', '1', '--broker', 'BROKER'], '@pact-foundation/pact-cli@18'],
  [['can-i-deploy', '-a', 'web', '-e', '1', '--broker', 'BROKER'], '@pact-foundation/pact-cli@18'],
  [['diff', 'OLD', 'NEW'], '@redocly/cli@2.77.0'],
] as const)('%j says which package is to be installed', async ([argv, wanted]) => {
  await using provider = await startProvider(() => ({}));
  await using broker = await startBroker();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'peers-'));
  const at = (name: string) => join(folder.path, name);
  await writeFile(at('pact.json'), JSON.stringify(pactWith([interactionOf({ description: 'a' })])));
  await writeFile(at('old.json'), document({}));
  await writeFile(at('new.json'), document({ '/a': { get: { responses: {} } } }));
  const words: Readonly<Record<string, string>> = {
    PACT: at('pact.json'),
    OLD: at('old.json'),
    NEW: at('new.json'),
    PROVIDER: provider.url,
    BROKER: broker.url,
  };
  const { code, stdout, stderr } = await run(argv.map((word) => words[word] ?? word));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`npm install --save-dev ${wanted}`);
});

test('definePact says which package is to be installed', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'peers-'));
  const pact = definePact({ consumer: 'web', provider: 'graph', dir: folder.path });
  const asking = pact.interaction(
    { operation: 'listExactMatchSessions', path: { exactMatchDataStoreId: 'a' }, status: 200 },
    () => {},
  );
  await expect(asking).rejects.toMatchObject({
    code: 'PEER_MISSING',
    message: expect.stringContaining('npm install --save-dev @pact-foundation/pact@17'),
  });
});
