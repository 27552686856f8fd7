import { execFile } from 'node:child_process';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const run = promisify(execFile);

const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], index) => ({
  name: /from '(exactmatch-kit\S*)'/.exec(code)?.[1] ?? String(index),
  code,
  isTest: code.includes("from 'vitest'"),
}));

test('there is code in the README', () => {
  expect(blocks.length).toBeGreaterThan(2);
});

// Below the root, so that the package's own name leads to what was built.
test.for(blocks)('the README code of $name does what it says', async ({ code, isTest }) => {
  await using folder = await mkdtempDisposable(join(root, 'test/readme-'));
  const file = join(folder.path, isTest ? 'code.test.ts' : 'code.ts');
  await writeFile(file, code);
  const argv = isTest ? [vitest, 'run', '--root', folder.path] : [file];
  const { stdout } = await run(process.execPath, argv);
  const promised = [...code.matchAll(/^(?:.*; )?\/\/ (.*)$/gm)].map(([, text]) => text);
  for (const line of isTest ? [] : promised.filter((text) => !text?.startsWith('or '))) {
    expect(stdout).toContain(line);
  }
});

test.for([
  ['src/errors.ts', /^ {2}\| '([A-Z_]+)'/gm],
  ['src/finding.ts', /^ {2}\| '([\w.]+)'/gm],
] as const)('the README names every code of %s', async ([file, pattern]) => {
  const source = await readFile(join(root, file), 'utf8');
  const codes = [...source.matchAll(pattern)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
