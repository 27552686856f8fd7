import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { DiffReport } from '../../src/change/report/diff-report.ts';
import { processIo } from '../../src/cli/io.ts';
import { loadDocument, parseRevision } from '../../src/cli/revision.ts';
import { operationsOf } from '../../src/spec/operation.ts';
import { startBroker } from '../pact/broker/broker.ts';
import { folderOf } from '../spec/files.ts';
import { run } from './io.ts';

const exec = promisify(execFile);

const OLD = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getPet
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: string }
        name: { type: string }
        state: { type: string, enum: [free, sold] }
`;
const NEW = OLD.replace('required: [id, name]', 'required: [id]')
  .replace('[free, sold]', '[free, sold, lost]')
  .replace('1.0.0', '1.1.0');

/** A pact whose only interaction reads those fields of a pet. */
function pactOf(consumer: string, body: object): string {
  return JSON.stringify({
    consumer: { name: consumer },
    provider: { name: 'pets' },
    interactions: [
      {
        description: 'a pet',
        request: { method: 'GET', path: '/pets/7' },
        response: {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body,
          matchingRules: { '$.body': { match: 'type' } },
        },
      },
    ],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });
}

async function documents(): Promise<{ folder: string; old: string; new: string }> {
  const folder = await folderOf({
    'old.yaml': OLD,
    'new.yaml': NEW,
    'named/shop.json': pactOf('shop', { id: '7', name: 'Rex' }),
    'plain/vet.json': pactOf('vet', { id: '7' }),
  });
  return { folder, old: join(folder, 'old.yaml'), new: join(folder, 'new.yaml') };
}

test('tells by operation what differs, with both values and both places', async () => {
  const { folder, ...paths } = await documents();
  const { code, stdout, stderr } = await run(['diff', paths.old, paths.new]);
  expect(stderr).toBe('');
  expect(stdout.replaceAll(`${folder}/`, '')).toMatchInlineSnapshot(`
    "old  old.yaml  Pets 1.0.0
    new  new.yaml  Pets 1.1.0

    Breaking

    getPet
      × \`name\` may be missing now.
        response.body.required, response 200, application/json
        old old.yaml:19:7  ["id","name"]
        new new.yaml:19:7  ["id"]

    Dangerous

    getPet
      ~ \`state\` may be "lost" as well.
        response.body.enum, response 200, application/json
        old old.yaml:23:32  ["free","sold"]
        new new.yaml:23:32  ["free","lost","sold"]

    1 breaking, 1 dangerous, 1 safe; --all lists the safe ones (1 of words only)
    "
  `);
  expect(code).toBe(1);
});

test('says so when nothing differs that means anything', async () => {
  const { old } = await documents();
  const { code, stdout } = await run(['diff', old, old]);
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'The documents mean the same.']);
});

test.for<[failOn: string | undefined, code: number]>([
  [undefined, 1],
  ['breaking', 1],
  ['dangerous', 1],
  ['none', 0],
])('fails on %s', async ([failOn, code]) => {
  const paths = await documents();
  const option = failOn === undefined ? [] : ['--fail-on', failOn];
  expect((await run(['diff', paths.old, paths.new, ...option])).code).toBe(code);
});

test('fails with pacts only where a consumer is broken, and tells the others apart', async () => {
  const { folder, ...paths } = await documents();
  const diff = ['diff', paths.old, paths.new, '--pacts'];
  const vet = await run([...diff, join(folder, 'plain')]);
  expect(vet.code).toBe(0);
  expect(vet.stdout).toContain('Breaking, but no pact uses it');
  expect(vet.stdout).toContain('No consumer is broken (1 pact with 1 interaction).');
  const both = await run([...diff, join(folder, 'plain'), '--pacts', join(folder, 'named')]);
  expect(both.code).toBe(1);
  expect(both.stdout).toContain('1 difference breaks shop (2 pacts with 2 interactions).');

  // The same of a broker, that has two versions of one and an older one of the other.
  await using broker = await startBroker({ token: 't0p-s3cret' });
  for (const [version, body] of [
    ['1', { id: '7' }],
    ['2', { id: '7', name: 'Rex' }],
  ] as const) {
    broker.publish(JSON.parse(pactOf('shop', body)), version);
  }
  broker.publish(JSON.parse(pactOf('vet', { id: '7' })), '9');
  const asked = ['diff', paths.old, paths.new, '--broker', broker.url, '--provider-name', 'pets'];
  const shared = await run(asked, '', { PACT_BROKER_TOKEN: 't0p-s3cret' });
  expect([shared.code, shared.stderr]).toEqual([1, '']);
  expect(shared.stdout).toContain('1 difference breaks shop (2 pacts with 2 interactions).');
  expect(shared.stdout).toContain('→ shop, 1 interaction by `name`');
  expect(both.stdout).toContain('→ shop, 1 interaction by `name`');
  const strict = await run([...diff, join(folder, 'plain'), '--fail-on', 'breaking']);
  expect(strict.code).toBe(1);
});

test('writes JSON for programs', async () => {
  const { folder, ...paths } = await documents();
  const argv = ['diff', paths.old, paths.new, '--pacts', join(folder, 'named'), '--format', 'json'];
  const report = JSON.parse((await run(argv)).stdout) as DiffReport;
  expect(report).toMatchObject({
    version: 1,
    command: 'diff',
    old: { file: paths.old, title: 'Pets', version: '1.0.0' },
    new: { file: paths.new, version: '1.1.0' },
    summary: { breaking: 1, dangerous: 1, safe: 1 },
    contracts: { consumers: ['shop'], pacts: 1, interactions: 1, unexplained: [] },
  });
  expect(report.differences[0]).toMatchObject({
    code: 'response.body.required',
    class: 'breaking',
    travel: 'response',
    operations: ['getPet'],
    uses: [{ operation: 'getPet', part: 'response 200, application/json', field: 'name' }],
    old: { value: ['id', 'name'], spec: { file: paths.old, line: 19 } },
    new: { value: ['id'], spec: { file: paths.new, line: 19 } },
    impact: [{ consumer: 'shop', interactions: [{ description: 'a pet', fields: ['name'] }] }],
  });
});

test('writes the other forms as all commands do', async () => {
  const { folder, ...paths } = await documents();
  const diff = ['diff', paths.old, paths.new];
  const summary = join(folder, 'summary.md');
  const env = { GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: summary };
  const github = await run([...diff, '--format', 'github'], '', env);
  expect(github.stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^::error file=new\.yaml,line=19,col=7,title=getPet::`name` may be missing now\./,
    ),
    expect.stringMatching(
      /^::warning file=new\.yaml,line=23,col=32,title=getPet::`state` may be "lost"/,
    ),
    '',
  ]);
  expect(await readFile(summary, 'utf8')).toContain('## exactmatch diff: 1 breaking, 1 dangerous');
  const reports = join(folder, 'reports/');
  await run([...diff, '--format', 'junit,sarif,markdown,html', '--output', reports]);
  const junit = await readFile(join(reports, 'report.junit.xml'), 'utf8');
  expect(junit).toContain('change.breaking');
  const sarif = JSON.parse(await readFile(join(reports, 'report.sarif'), 'utf8'));
  expect(sarif.runs[0].results.map((result: { ruleId: string }) => result.ruleId)).toEqual([
    'change.breaking',
    'change.dangerous',
  ]);
  const markdown = await readFile(join(reports, 'report.md'), 'utf8');
  expect(markdown).toContain('| getPet | `name` may be missing now. |');
});

test('reads a document and the files that it refers to from a revision', async () => {
  const folder = await folderOf({
    'spec/api.yaml': "openapi: 3.1.0\ninfo: {}\npaths:\n  /a: { $ref: './paths.yaml#/a' }\n",
    'spec/paths.yaml': 'a:\n  get: { operationId: before }\n',
  });
  const git = (...args: readonly string[]) =>
    exec('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('commit', '-q', '-m', 'one');
  await git('tag', 'v1.0.0');
  await rm(join(folder, 'spec'), { recursive: true });
  await git('commit', '-q', '-a', '-m', 'two');
  const io = processIo(process);
  for (const target of ['v1.0.0:spec/api.yaml', 'HEAD~1:./spec/api.yaml', 'main~1:spec/api.yaml']) {
    const spec = await loadDocument(target, io, folder);
    expect(operationsOf(spec).map(({ id }) => id)).toEqual(['before']);
    expect(spec.root.source.file).toBe(`${target.split(':')[0]}:spec/api.yaml`);
  }
  for (const [target, reason] of [
    ['main:spec/api.yaml', 'the revision "main" has no such file'],
    ['v9:spec/api.yaml', 'there is no revision "v9" here'],
    ['v1.0.0:../api.yaml', 'it lies outside of the repository'],
  ] as const) {
    await expect(loadDocument(target, io, folder)).rejects.toMatchObject({
      code: 'SPEC_NOT_FOUND',
      message: expect.stringContaining(reason),
    });
  }
  await expect(loadDocument('main:a.yaml', io, await folderOf({}))).rejects.toMatchObject({
    message: expect.stringContaining('this is no git repository'),
  });
});

test.for<[target: string, revision: string | undefined]>([
  ['main:spec/api.yaml', 'main'],
  ['feature/x:spec/api.yaml', 'feature/x'],
  ['HEAD~1:./api.yaml', 'HEAD~1'],
  ['C:\\spec\\api.yaml', undefined],
  ['c:/spec/api.yaml', undefined],
  ['https://example.com/api.yaml', undefined],
  ['file:///spec/api.yaml', undefined],
  ['spec/api.yaml', undefined],
  [':api.yaml', undefined],
  ['main:', undefined],
])('takes %s for a file of the revision %s', ([target, revision]) => {
  expect(parseRevision(target)?.revision).toBe(revision);
});

test.for<[argv: readonly string[], message: RegExp]>([
  [['old.yaml'], /needs NEW/],
  [['none.yaml', 'new.yaml'], /there is no such file/],
  [['old.yaml', 'new.yaml', '--fail-on', 'all'], /--fail-on must be one of/],
  [['old.yaml', 'new.yaml', '--fail-on', 'used'], /Give their pacts by --pacts/],
  [['old.yaml', 'new.yaml', '--pacts', 'empty'], /no pact/],
  [['old.yaml', 'new.yaml', '--broker', 'http://127.0.0.1:9'], /--provider-name/],
])('refuses %j with a reason', async ([argv, message]) => {
  const folder = await folderOf({ 'old.yaml': OLD, 'new.yaml': NEW, 'empty/a.txt': '' });
  const paths = argv.map((word) => (/\.yaml$|^empty$/.test(word) ? join(folder, word) : word));
  const { code, stderr } = await run(['diff', ...paths]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
