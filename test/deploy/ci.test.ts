import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { loadCommand } from '../../src/cli/commands.ts';
import { parse } from '../../src/cli/main.ts';

const FILES = ['github.yml', 'gitlab.yml'] as const;

/** The scripts of all jobs, one a step. */
async function scriptsOf(name: string): Promise<readonly string[]> {
  const url = new URL(`../../deploy/ci/${name}`, import.meta.url);
  return scriptsIn(parseYaml(await readFile(url, 'utf8')));
}

function scriptsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scriptsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === 'run' || name === 'script' ? [item].flat().map(String) : scriptsIn(item),
  );
}

/** The commands of ours in a script, as words: as much of a shell as the files use. */
function commandsIn(script: string): readonly (readonly string[])[] {
  return script
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) =>
      [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    )
    .filter(([first, second]) => first === 'npx' && second === 'exactmatch')
    .map(([, , ...words]) => words);
}

test.for(FILES)('every command in %s is one of ours, with options that it has', async (file) => {
  const commands = (await scriptsOf(file)).flatMap(commandsIn);
  for (const [name = '', ...argv] of commands) {
    const command = await loadCommand(name);
    expect(() => parse(command, argv)).not.toThrow();
  }
  expect([...new Set(commands.map(([name]) => name))].sort()).toEqual([
    'can-i-deploy',
    'check',
    'diff',
    'publish',
    'verify',
  ]);
});

test.for(FILES)('no secret stands in a command of %s', async (file) => {
  for (const script of await scriptsOf(file)) expect(script).not.toMatch(/token|password|secret/i);
});
