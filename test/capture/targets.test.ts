import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { run } from '../cli/io.ts';
import { headers, sessions } from '../mock/mock.ts';
import { checkFiles, entry, har, notes, said } from './notes.ts';

const json = { 'content-type': 'application/json' };
const fine = {
  request: { method: 'GET', url: 'https://api.test/v1/notes/1' },
  response: { status: 200, headers: json, body: { id: 1, text: 'Milk' } },
};
const broken = { ...fine, response: { ...fine.response, body: { id: 'one', text: 'Milk' } } };
const asText = { ...fine, response: { ...fine.response, body: '{"id":true,"text":"x"}' } };
const lines = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n');
const type = 'response.body.type /id';

/** A file, or standard input, and what is found in it. */
const table: Readonly<
  Record<
    string,
    readonly [name: string, content: string, checked: number, findings: readonly string[]]
  >
> = {
  lines: ['a.ndjson', lines([fine, broken, asText]), 3, [type]],
  'lines under another name': ['a.json', `${lines([fine, broken])}\n`, 2, [type]],
  'one line': ['a.log', lines([broken]), 1, [type]],
  'one exchange': ['a.json', JSON.stringify(broken, null, 2), 1, [type]],
  'an array': ['a.json', JSON.stringify([fine, broken]), 2, [type]],
  'a HAR under another name': ['a.json', JSON.stringify(har([entry()])), 1, []],
  'entries of a HAR, one a line': [
    'a.ndjson',
    lines([entry(), entry({ response: { content: { text: '{}' } } })]),
    2,
    ['response.body.required /id', 'response.body.required /text'],
  ],
  'a path without a host': [
    'a.ndjson',
    lines([{ ...broken, request: { method: 'get', url: '/notes/1' } }]),
    1,
    [type],
  ],
  'a request without a response': [
    'a.ndjson',
    lines([{ request: { method: 'GET', url: '/notes/x' } }]),
    1,
    ['request.path.type id'],
  ],
  'a mark of UTF-8': ['a.json', `\ufeff${JSON.stringify([broken])}`, 1, [type]],
};

test.for(Object.entries(table))('%s', async ([, [name, content, checked, findings]]) => {
  const file = await checkFiles({ [name]: content });
  expect([file.checked, file.findings]).toEqual([checked, findings]);
  expect(file.code).toBe(findings.length > 0 ? 1 : 0);
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const spec = join(folder.path, 'openapi.json');
  await writeFile(spec, JSON.stringify(notes));
  const { code, stdout, stderr } = await run(
    ['check', '-', '--spec', spec, '--format', 'json'],
    content,
  );
  const input = said(code, stdout, stderr);
  expect([input.code, input.checked, input.findings]).toEqual([file.code, checked, findings]);
});

test('lines of other servers are counted, and those that are no exchange are told of', async () => {
  const other = { ...fine, request: { method: 'GET', url: 'https://b.test/' } };
  const file = lines([
    fine,
    other,
    { time: 1 },
    { request: 1 },
    { ...fine, response: { status: '200' } },
  ]);
  const found = await checkFiles({ 'a.ndjson': `${file}\n{"request":` });
  expect([found.code, found.checked]).toEqual([2, 1]);
  expect(found.skipped).toEqual([
    "1 not of the document's servers: https://b.test",
    '4 exchanges that cannot be read',
  ]);
  expect(found.stderr).toMatchInlineSnapshot(`
    "exactmatch: Failed to read "a.ndjson", exchange 3 at line 3, column 1: it has no \`request\`.
    exactmatch: Failed to read "a.ndjson", exchange 4 at line 4, column 1: \`request\` is a number, not an object.
    exactmatch: Failed to read "a.ndjson", exchange 5 at line 5, column 1: \`response.status\` is "200", not a number.
    exactmatch: Failed to read "a.ndjson", exchange 6 at line 6, column 12: it ends too early.
    "
  `);
});

test.for([
  [
    { id: 1, text: 'x' },
    '"a.json" is no HAR and no exchange: its members are id, text. To check it as a body, say of which operation: --operation ID',
  ],
  [notes, '"a.json" is an OpenAPI document. Give it as --spec'],
  [[1, 2], '"a.json" is no HAR and no exchange. To check it'],
] as const)('says what a target lacks: %j', async ([content, says]) => {
  const found = await checkFiles({ 'a.json': content });
  expect([found.code, found.stderr]).toEqual([2, expect.stringContaining(says)]);
});

test('a folder is judged file by file, each as what it is', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const files: Readonly<Record<string, string>> = {
    'spec.json': JSON.stringify(notes),
    'all/one.har': JSON.stringify(har([entry()])),
    'all/deep/two.ndjson': lines([fine, broken]),
    'all/exchange.json': JSON.stringify(fine),
    'all/readNote.200.json': '{"id":1}',
    'all/readNote.200.without-text.json': '{"id":1}',
    'all/addNote.request.json': '{"text":"Milk"}',
    'all/addNote.418.json': '{}',
    'all/unknown.200.json': '{}',
    'all/README.md': '# Captures',
    'all/empty.json': '',
    'all/.git/config.json': '{"id":1}',
    'all/node_modules/x/package.json': '{}',
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await writeFile(join(folder.path, name), content);
  }
  const argv = ['check', join(folder.path, 'all'), '--spec', join(folder.path, 'spec.json')];
  const result = await run([...argv, '--format', 'json']);
  const found = said(result.code, result.stdout, result.stderr.replaceAll(`${folder.path}/`, ''));
  expect(found.code).toBe(1);
  expect(
    found.report.subjects
      .map(({ name, checked, failed }) => `${name}: ${failed} of ${checked}`)
      .toSorted(),
  ).toEqual(['addNote 418: 1 of 1', 'addNote request: 0 of 1', 'readNote 200: 3 of 6']);
  expect(found.skipped).toEqual([
    '1 README.md is no capture, exchange, pact or body',
    '1 files that cannot be read',
    '1 unknown.200.json is no capture, exchange, pact or body',
  ]);
  expect(found.stderr).toBe(
    'exactmatch: Failed to read "all/empty.json": it is empty. Capture again.\n',
  );
});

test('a folder with nothing to judge ends with 2', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await writeFile(join(folder.path, 'a.txt'), 'x');
  const { code, stderr } = await run(['check', folder.path]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'was judged: none of its 1 files holds anything of the document. Give captures (*.har, *.zip)',
  );
});

test('bodies without a name of their own are of the operation that is given', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await writeFile(join(folder.path, 'a.json'), '{"id":"s1"}');
  await writeFile(join(folder.path, 'b.json'), '{"id":1}');
  const result = await run([
    'check',
    folder.path,
    '--operation',
    'createExactMatchSession',
    '--status',
    '201',
    '--format',
    'json',
  ]);
  const found = said(result.code, result.stdout, result.stderr);
  expect([found.code, found.checked, found.findings]).toEqual([1, 2, [type]]);
});

test('the journal of the mock can be judged', async () => {
  await using mock = await startMock({ listen: false });
  const path = `/beta${sessions}`;
  const body = JSON.stringify({ fileName: 'a.tsv', salt: 'secret' });
  const made = await mock.fetch(path, { method: 'POST', headers, body });
  await mock.fetch(made.headers.get('location') ?? '', { headers });
  const journal = await (await mock.fetch('/__mock/requests')).text();
  const { code, stdout, stderr } = await run(['check', '-', '--format', 'json'], journal);
  const found = said(code, stdout, stderr);
  expect([found.code, found.checked, found.findings, found.stderr]).toEqual([0, 2, [], '']);
  expect(found.skipped).toEqual([]);
});
