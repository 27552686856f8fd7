import { execFile } from 'node:child_process';
import { cp, mkdtempDisposable, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = 'spec/exact-match-sessions.openapi.yaml';

test('the gate holds the document against the tag before, and fails where a consumer is broken', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'gate-'));
  const at = (name: string) => join(folder.path, name);
  for (const name of ['package.json', 'src', 'spec', 'scripts/gate.ts', 'contracts/pacts']) {
    await cp(join(root, name), at(name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), at('node_modules'));
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgSign=false'];
  const git = (...argv: readonly string[]) =>
    exec('git', [...author, ...argv], { cwd: folder.path });
  const gate = () =>
    exec(process.execPath, ['scripts/gate.ts'], { cwd: folder.path }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  await git('init', '-q');
  expect(await gate()).toMatchObject({ code: 0, stdout: expect.stringContaining('no tag yet') });
  await git('add', 'spec');
  await git('commit', '-qm', 'one');
  await git('tag', 'v1');
  const text = await readFile(at(DOCUMENT), 'utf8');
  const broken = text.replace(
    /(dataStoreId:\n +description: .*\n +type: \[)string/,
    (_, before: string) => `${before}integer`,
  );
  await writeFile(at(DOCUMENT), broken);
  await git('commit', '-qam', 'two');
  await git('tag', 'v2');
  const { code, stdout } = await gate();
  expect(stdout).toContain(`old  v1:${DOCUMENT}`);
  expect(stdout).toContain('→ exact-match-uploader, 2 interactions by `dataStoreId`');
  expect(code).toBe(1);
});
