import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const source = JSON.stringify(join(root, 'src/pact.ts'));
const stripTypes = join(root, 'test/matchers/fixtures/jest/strip-types.cjs');

/** What every test of the fixtures calls: an interaction of that description, that asks for so many items. */
const SHARED = `import { createRequire } from 'node:module';
import { definePact } from ${source};

const dir = new URL('pacts', import.meta.url).pathname;
const pact = definePact({ consumer: 'web', provider: 'graph', dir });
const SESSIONS = '/dataClassification/exactMatchDataStores/patients/sessions';

/** Whether Pact was there before the first test began: a test that waits for it runs out of time. */
export const isReady = () =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('@pact-foundation'));

export function list(description, top = 1) {
  const definition = {
    operation: 'listExactMatchSessions',
    description,
    path: { exactMatchDataStoreId: 'patients' },
    query: { $top: top },
    status: 200,
    uses: ['value[].id'],
  };
  const headers = { authorization: 'Bearer x' };
  return pact.interaction(definition, ({ url }) => fetch(url + SESSIONS + '?$top=' + top, { headers }));
}
`;

/** A project with test files, and what runs them. */
async function newProject(runner: 'vitest' | 'jest') {
  // Below the root, where its packages are found.
  const folder = await mkdtempDisposable(join(root, 'test/runner-'));
  const write = (name: string, text: string) => writeFile(join(folder.path, name), text);
  await write('package.json', '{"type":"module"}');
  await write('shared.js', SHARED);
  // The sources are read as they are, as a package would be: this is quicker than having Vite do it.
  await write(
    'vitest.config.js',
    'export default { test: { server: { deps: { external: [/[\\\\/]src[\\\\/]/] } } } };',
  );
  const head = `import { describe, test } from '${runner === 'vitest' ? 'vitest' : '@jest/globals'}';\n`;
  return {
    /** Writes a test file: the body of each test by its name, in a suite. */
    writeTests: (name: string, tests: Readonly<Record<string, string>>, kind = 'test') => {
      const each = Object.entries(tests).map(
        ([title, body]) =>
          `  ${kind}(${JSON.stringify(title)}, async () => { ${body} }, 60_000);\n`,
      );
      const suite = `describe('of ${name}', () => {\n${each.join('')}});\n`;
      return write(
        `${name}.test.js`,
        `${head}import { isReady, list } from './shared.js';\n\n${suite}`,
      );
    },
    remove: (name: string) => rm(join(folder.path, `${name}.test.js`)),
    run: (...options: string[]) => run(runner, folder.path, options),
    /** Has Vitest watch: `done` resolves when it has run the tests so many times. */
    watch: () => watch(folder.path),
    /** The tests that the pact names, by the descriptions of its interactions. */
    read: async () => {
      const text = await readFile(join(folder.path, 'pacts/web-graph.json'), 'utf8').catch(
        () => '{"interactions":[]}',
      );
      const { interactions } = JSON.parse(text) as {
        interactions: { description: string; comments: { testname: string } }[];
      };
      return Object.fromEntries(
        interactions.map(({ description, comments }) => [description, comments.testname]),
      );
    },
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

function run(
  runner: 'vitest' | 'jest',
  folder: string,
  options: readonly string[],
): Promise<string> {
  const jest = {
    rootDir: folder,
    transform: { '\\.ts$': stripTypes },
    extensionsToTreatAsEsm: ['.ts'],
    testMatch: ['<rootDir>/*.test.js'],
  };
  const argv = {
    vitest: [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder],
    jest: [
      '--experimental-vm-modules',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--config', JSON.stringify(jest)],
    ],
  };
  const env = environment();
  return new Promise((resolve) => {
    execFile(process.execPath, [...argv[runner], ...options], { env }, (_error, stdout, stderr) => {
      resolve(stripVTControlCharacters(stdout + stderr));
    });
  });
}

/** Without what keeps Pact from reporting; with what has been compiled before, where Node has it by default. */
function environment(): NodeJS.ProcessEnv {
  const { PACT_DO_NOT_TRACK: _, ...env } = process.env;
  return { ...env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };
}

function watch(folder: string) {
  const argv = [join(root, 'node_modules/vitest/vitest.mjs'), 'watch', '--root', folder];
  const child = spawn(process.execPath, argv, {
    env: environment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  let hear = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    hear();
  });
  return {
    done: (times: number) =>
      new Promise<void>((resolve) => {
        hear = () => {
          if (said.split('Waiting for file changes').length > times) resolve();
        };
        hear();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}

test('vitest: what is changed while it watches is written, and what it no longer has goes', async () => {
  await using project = await newProject('vitest');
  await project.writeTests('a', { one: "await list('a one')", two: "await list('a two')" });
  await using watching = project.watch();
  await watching.done(1);
  expect(Object.keys(await project.read())).toEqual(['a one', 'a two']);
  await project.writeTests('a', { one: "await list('a one', 2)", three: "await list('a three')" });
  await watching.done(2);
  expect(Object.keys(await project.read())).toEqual(['a one', 'a three']);
});

test.for([
  ['vitest', ['--maxWorkers=8', '--pool=forks']],
  ['jest', ['--maxWorkers=8']],
] as const)(
  '%s: nothing is lost, what is gone goes, and what is not run stays',
  async ([runner, workers]) => {
    await using project = await newProject(runner);
    // Jest has modules of its own, and does not tell.
    const ready =
      runner === 'vitest' ? "if (!isReady()) throw new Error('Pact was not there.'); " : '';
    const fails = "await list('a fails'); throw new Error('Wrong.');";
    await project.writeTests('a', {
      one: `${ready}await list('a one')`,
      two: "await list('a two')",
      fails,
    });
    await project.writeTests(
      'b',
      { one: "await list('b one')", two: "await list('b two')" },
      'test.concurrent',
    );
    await project.writeTests('c', { one: "await list('c one')" });
    const unglobal = runner === 'jest' ? ['--injectGlobals=false'] : [];
    const first = await project.run(...workers, ...unglobal);
    const written = { 'a one': 'a', 'a two': 'a', 'b one': 'b', 'b two': 'b', 'c one': 'c' };
    const named = Object.entries(written).map(([description, file]) => [
      description,
      `${file}.test.js > of ${file} > ${description.slice(2)}`,
    ]);
    expect(await project.read(), first).toEqual(Object.fromEntries(named));

    // A file is gone; of another, one test differs from that of a third file, one has another name, and
    // one is not run.
    await project.remove('c');
    const tests = { one: "await list('a one', 2)", other: "await list('b three')" };
    await project.writeTests('b', { ...tests, two: 'await list()' });
    const second = await project.run('b.test.js', '-t', 'one|other');
    expect(second).toContain('"a one" of a.test.js > of a > one');
    expect(Object.keys(await project.read()), second).toEqual([
      'a one',
      'a two',
      'b three',
      'b two',
    ]);
  },
);
