import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Consumer, installPackage } from './consumer.ts';

// Programs are started here that take their time where a machine has other work to do.
const minute = 60_000;
const patient = ['--testTimeout', String(minute)];
vi.setConfig({ testTimeout: minute });

const document = new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url);
const sessions = '/dataClassification/exactMatchDataStores/patients/sessions';
let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
}, 5 * minute);
afterAll(() => consumer?.[Symbol.asyncDispose]());

test('is installed without a report to anybody', () => {
  expect(consumer.reports).toEqual([]);
});

test('ships what is built, the document and the papers, and nothing else', async () => {
  const folder = join(consumer.folder, 'node_modules', manifest.name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  const meant =
    /^(?:dist\/.+\.(?:js|d\.ts)|dist\/generated\/.+\.json|spec\/.+\.openapi\.yaml|spec\/report\.schema\.json|(?:CHANGELOG|README)\.md|LICENSE|package\.json)$/;
  expect(files.filter((file) => !meant.test(file))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/cli.js']));
  // The command line is a bundle that nobody imports.
  const modules = files.filter((file) => /^dist\/(?!cli\/).*\.js$/.test(file));
  const types = files.filter((file) => file.endsWith('.d.ts'));
  expect(types.sort()).toEqual(modules.map((file) => file.replace(/js$/, 'd.ts')).sort());
});

test('has no entries but those that are used here', () => {
  const known = [
    ...['.', './types', './mock', './pact', './live', './diff', './vitest', './vitest-reporter'],
    ...['./jest', './msw', './playwright', './spec', './report.schema.json', './package.json'],
  ];
  expect(Object.keys(manifest.exports)).toEqual(known);
});

test('the entries work in Node', async () => {
  const script = await consumer.write(
    'entries.js',
    `import { readFileSync } from 'node:fs';
    import { checkExactMatchSession, checkResponse, loadSpec } from 'exactmatch-kit';
    import { startMock } from 'exactmatch-kit/mock';
    import manifest from 'exactmatch-kit/package.json' with { type: 'json' };
    import * as types from 'exactmatch-kit/types';

    await using mock = await startMock();
    const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
    const url = mock.baseUrl + '${sessions}';
    const response = await fetch(url, { method: 'POST', headers, body: '{}' });
    console.log(JSON.stringify({
      status: response.status,
      findings: await checkResponse(await loadSpec(), response),
      codes: checkExactMatchSession({ id: 5 }).map(({ code }) => code),
      types: Object.keys(types),
      version: manifest.version,
      document: readFileSync(new URL(import.meta.resolve('exactmatch-kit/spec')), 'utf8'),
    }));`,
  );
  const { stdout, stderr } = await consumer.run('node', script);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    status: 201,
    findings: [],
    codes: ['response.body.type'],
    types: [],
    version: manifest.version,
    document: await readFile(document, 'utf8'),
  });
});

test('the entries for other tools work beside them', async () => {
  const script = await consumer.write(
    'tools.js',
    `import { setupServer } from 'msw/node';
    import { startMswMock } from 'exactmatch-kit/msw';
    import { loadSpec } from 'exactmatch-kit';
    import { diffSpecs, impactOf } from 'exactmatch-kit/diff';
    import { checkPact, definePact } from 'exactmatch-kit/pact';
    import { expect } from 'exactmatch-kit/playwright';
    import schema from 'exactmatch-kit/report.schema.json' with { type: 'json' };

    await using mock = await startMswMock();
    const server = setupServer(...mock.handlers);
    server.listen();
    const response = await fetch(mock.baseUrl + '${sessions}', {
      headers: { authorization: 'Bearer token' },
    });
    await expect({ status: response.status, method: 'GET', url: response.url, headers: response.headers,
      body: await response.json() }).toSatisfySpec();
    server.close();
    const kinds = [checkPact, definePact].map((entry) => typeof entry);
    const documents = [{}, { '/pets': { get: { responses: {} } } }].map((paths) =>
      loadSpec({ openapi: '3.1.0', info: {}, paths }),
    );
    const { differences } = await impactOf(await diffSpecs(...(await Promise.all(documents))), []);
    const classes = differences.map((one) => one.class);
    console.log(JSON.stringify([response.status, kinds, typeof schema.$schema, classes]));`,
  );
  const { stdout, stderr } = await consumer.run('node', script);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([200, ['function', 'function'], 'string', ['safe']]);
});

test('the main entry loads neither Prism nor Pact nor TypeScript', async () => {
  const script = await consumer.write(
    'loaded.js',
    `import { registerHooks } from 'node:module';

    const packages = new Set();
    registerHooks({
      load: (url, context, next) => {
        const name = /^.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
        if (name) packages.add(name);
        return next(url, context);
      },
    });
    await import('exactmatch-kit');
    console.log(JSON.stringify([...packages].sort()));`,
  );
  const { stdout } = await consumer.run('node', script);
  const own = ['@remix-run/headers', '@remix-run/multipart-parser', 'exactmatch-kit'];
  expect(JSON.parse(stdout)).toEqual(own);
});

test('the command line finds all its parts in its bundle', async () => {
  const help = await consumer.run('exactmatch', '--help');
  const names = [...help.stdout.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name);
  expect(names).toContain('check');
  const file = await consumer.write('session.json', '{"id":5}');
  const formats = ['json', 'junit', 'sarif', 'html'];
  const options = ['--operation', 'createExactMatchSession', '--status', '201'];
  const reports = ['--format', formats.join(','), '--output', 'reports/'];
  await consumer.run('exactmatch', 'check', file, ...options, ...reports);
  expect((await readdir(join(consumer.folder, 'reports'))).length).toBe(formats.length);
});

test('the types compile, and those that the command writes', async () => {
  await consumer.run('exactmatch', 'types', '--output', 'api.ts');
  const file = await consumer.write(
    'main.ts',
    `import { type Finding, checkExactMatchSession, isExactMatchSession } from 'exactmatch-kit';
    import { type MockServer, startMock } from 'exactmatch-kit/mock';
    import type { ExactMatchSession, operations } from 'exactmatch-kit/types';
    import type { paths } from './api.js';

    declare const value: unknown;
    export const findings: readonly Finding[] = checkExactMatchSession(value);
    export const session: ExactMatchSession | null = isExactMatchSession(value) ? value : null;
    export const mock: MockServer = await startMock({ port: 0 });
    // @ts-expect-error: the port is a number.
    await startMock({ port: '0' });
    export type Created = operations['createExactMatchSession']['responses'][201];
    // @ts-expect-error: the document has no such path.
    export type Missing = paths['/sessions'];`,
  );
  // Our declarations are checked too, and without those of Node.
  const lib = ['es2024', 'dom', 'esnext.disposable'];
  expect(await compile(file, { skipDefaultLibCheck: true, lib })).toBe('');
});

test.for([
  ['vitest', 'of Vitest', "import { expect } from 'vitest';"],
  ['jest', 'of @jest/globals', "import { expect } from '@jest/globals';"],
  [
    'jest',
    'that is global, as @types/jest has it',
    `declare global {
      namespace jest { interface Matchers<R, T = {}> { not: Matchers<R, T>; toBe(expected: T): R } }
      function expect<T>(actual: T): jest.Matchers<void, T>;
    }`,
  ],
] as const)('./%s types the matchers of the expect %s', async ([entry, , head]) => {
  const file = await consumer.write(
    'matchers.ts',
    `import 'exactmatch-kit/${entry}';
    ${head}

    export const nothing: void = expect({}).not.toBeExactMatchSession({ strict: true });
    export const later: Promise<void> = expect({}).toSatisfySpec({ operation: 'getSession' });
    // @ts-expect-error: there is no such option.
    await expect({}).toSatisfySpec({ id: 'getSession' });`,
  );
  expect(await compile(file, { skipLibCheck: true })).toBe('');
});

/** What the compiler has to say. */
async function compile(file: string, options: object): Promise<string> {
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', types: [], ...options };
  await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
  return (await consumer.run('tsc')).stdout;
}

const matching = `test('the mock answers with a session', async () => {
  const { startMock } = await import('exactmatch-kit/mock');
  const mock = await startMock();
  const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
  const url = mock.baseUrl + '${sessions}';
  const response = await fetch(url, { method: 'POST', headers, body: '{}' });
  await mock.close();
  await expect(response).toSatisfySpec();
  expect(await response.json()).toBeExactMatchSession({ strict: true });
  expect({ id: 5 }).not.toBeExactMatchSession();
});`;

test('the matchers work in Vitest', async () => {
  const head = "import { expect, test } from 'vitest';\nimport 'exactmatch-kit/vitest';";
  await consumer.write('vitest/session.test.js', `${head}\n${matching}`);
  const reporters = ['default', 'exactmatch-kit/vitest-reporter'].map(
    (name) => `--reporter=${name}`,
  );
  const argv = ['--dir', 'vitest', ...reporters, ...patient];
  const { code, stdout } = await consumer.run('vitest', 'run', ...argv);
  expect(code, stdout).toBe(0);
  expect(stdout).toMatch(/Tests +1 passed \(1\)/);
  expect(stdout).toMatch(/Exercised: \d of \d+ operations/);
});

test('the matchers work in Jest, in ES modules and in CommonJS', async () => {
  const head = "import { expect, test } from '@jest/globals';\nimport 'exactmatch-kit/jest';";
  await consumer.write('jest/imported.test.js', `${head}\n${matching}`);
  await consumer.write('jest/required.test.cjs', `require('exactmatch-kit/jest');\n${matching}`);
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--rootDir', 'jest'];
  const { code, stderr } = await consumer.run('node', ...jest, ...patient);
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/Tests: +2 passed, 2 total/);
});

test('the command says its version, and whether a body keeps the promise', async () => {
  const { run } = consumer;
  const version = { code: 0, stdout: `${manifest.version}\n`, stderr: '' };
  expect(await run('exactmatch', '--version')).toEqual(version);
  const check = ['check', '--operation', 'createExactMatchSession', '--status', '201'];
  const good = await run('exactmatch', ...check, await consumer.write('good.json', '{"id":"s1"}'));
  expect(good).toMatchObject({ code: 0, stderr: '' });
  const bad = await run('exactmatch', ...check, await consumer.write('bad.json', '{"id":5}'));
  expect(bad).toMatchObject({ code: 1, stderr: '' });
  expect(bad.stdout).toContain('`id` must be a string, got 5');
  const none = await run('exactmatch', ...check, 'none.json');
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect(none.stderr).toContain('none.json');
});

test('the command serves a mock until it is stopped', async () => {
  const mock = consumer.start('exactmatch', 'mock', '--port', '0', '--log', 'none');
  onTestFinished(() => void mock.kill());
  const exited = once(mock, 'exit');
  const [banner] = mock.stdout ? await once(mock.stdout, 'data') : [];
  const url = /on (http:\S+)/.exec(String(banner))?.[1];
  const headers = { authorization: 'Bearer token' };
  expect((await fetch(`${url}/beta${sessions}`, { headers })).status).toBe(200);
  // The bundle once looked for the document of the admin API in the wrong folder.
  for (const path of ['live', 'health', 'requests', 'document', 'openapi']) {
    expect([path, (await fetch(`${url}/__mock/${path}`)).status]).toEqual([path, 200]);
  }
  mock.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
