import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startBroker } from '../pact/broker/broker.ts';
import { interactionOf, pactWith, startProvider } from '../pact/provider.ts';

const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
/** Node finds none of them, as in a project that has not installed them. */
const hook = `import { registerHooks } from 'node:module';
  registerHooks({ resolve: (specifier, context, next) => {
    if (!/@pact-foundation\\/|@redocly\\//.test(specifier)) return next(specifier, context);
    throw Object.assign(new Error('Cannot find ' + specifier), { code: 'ERR_MODULE_NOT_FOUND' });
  } });`;

/** Runs Node to its end, in a process of its own: what was not found once is not found again. */
function start(...argv: readonly string[]) {
  const options = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
  const child = spawn(process.execPath, [...options, ...argv]);
  return Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]) => ({ code: code as number, stdout, stderr }),
  );
}

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
  const { code, stdout, stderr } = await start(program, ...argv.map((word) => words[word] ?? word));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`npm install --save-dev ${wanted}`);
});

test('definePact says which package is to be installed', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'peers-'));
  const script = join(folder.path, 'contract.ts');
  await writeFile(
    script,
    `import { definePact } from ${JSON.stringify(new URL('../../src/pact.ts', import.meta.url))};
    const pact = definePact({ consumer: 'web', provider: 'graph', dir: import.meta.dirname });
    await pact.interaction(
      { operation: 'listExactMatchSessions', path: { exactMatchDataStoreId: 'a' }, status: 200 },
      () => {},
    ).catch(({ code, message }) => console.log(code, message));`,
  );
  const { stdout, stderr } = await start(script);
  expect(stdout).toMatch(
    /^PEER_MISSING .*: it is not installed\. Run: npm install --save-dev @pact-foundation\/pact@17$/m,
  );
  expect(stderr).toBe('');
});
