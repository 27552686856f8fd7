import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';
import { checkPact, verifyPacts } from '../../src/pact.ts';
import { run, runWhile } from '../cli/io.ts';
import { headers, sessions } from '../mock/mock.ts';

const post = { method: 'POST', headers };

/** What a consumer does in its tests. */
async function use(url: string, ask: typeof fetch = fetch): Promise<void> {
  const created = await ask(url, { ...post, body: '{"salt":"s3cret","fileName":"a.tsv"}' });
  const { id } = (await created.json()) as { id: string };
  await ask(`${url}?$top=5`, { headers });
  await ask(`${url}?$top=0.5`, { headers });
  await ask(`${url}/nope`, { headers });
  await ask(url, { ...post, body: '{"rowsPerBlock":"many"}' });
  await ask(url.replace('sessions', 'nothing'), { headers });
  await ask(`${url}/${id}`, { method: 'DELETE', headers });
}

const NAMES = [
  'createExactMatchSession 201',
  'createExactMatchSession 400',
  'deleteExactMatchSession 204',
  'getExactMatchSession 404',
  'listExactMatchSessions 200',
  'listExactMatchSessions 400',
];

test('makes a pact of what was sent to the mock, which the document allows', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await using mock = await startMock({ listen: false });
  await use(mock.baseUrl + sessions, mock.fetch as typeof fetch);
  const options = { consumer: 'uploader', provider: 'graph', dir: folder.path };
  const { path, interactions, left } = await mock.pact(options);
  expect(path).toBe(join(folder.path, 'uploader-graph.json'));
  expect(interactions).toEqual(NAMES);
  expect(left).toEqual([{ reason: 'no operation of the document matches', count: 1 }]);
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('s3cret');
  const found = await checkPact(await loadSpec(), path);
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  // What the file has of others stays, and what is written again is the same.
  const other = JSON.parse(text);
  other.interactions.push({ ...other.interactions[0], description: 'another' });
  await writeFile(path, JSON.stringify(other));
  await mock.pact(options);
  expect(JSON.parse(await readFile(path, 'utf8')).interactions).toHaveLength(NAMES.length + 1);
});

test('leaves out what breaks the document, and says so', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await using mock = await startMock({ listen: false, validate: false });
  await mock.fetch(mock.baseUrl + sessions, { ...post, body: '{"rowsPerBlock":"many"}' });
  const { interactions, left } = await mock.pact({ consumer: 'c', dir: folder.path });
  expect(interactions).toEqual([]);
  expect(left).toEqual([{ reason: 'the request breaks the document', count: 1 }]);
});

test('writes the pact at the end of exactmatch mock, and of a capture', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const dir = ['--pact-dir', folder.path];
  const har = join(folder.path, 'traffic.har');
  const mock = ['mock', '--port', '0', '--log', 'json', '--pact', 'uploader', ...dir];
  await using provider = await startMock();
  const proxy = ['proxy', provider.baseUrl, '--port', '0', '--record', har];
  const recorded = await runWhile(proxy, async (told) => {
    const url = /on (http:\S+)\. /.exec(await told(/Ctrl-C/))?.[1];
    await use(`${url}${sessions}`);
    await told(/DELETE/);
  });
  expect(recorded.code).toBe(1);
  const argv = ['pact', 'from-har', har, '--consumer', 'uploader', ...dir];
  const made = await run([...argv, '--provider', 'captured', '--server', provider.baseUrl]);
  expect([made.code, made.stderr]).toEqual([0, expect.stringContaining(NAMES.join(', '))]);
  expect(await readFile(join(folder.path, 'uploader-captured.json'), 'utf8')).toContain('"match"');
  const nothing = await runWhile(mock, async () => {});
  expect(nothing.stderr).toContain('Nothing was written');
});

test('holds a mock to the pact that was made of another', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await using mock = await startMock();
  await mock.fetch(mock.baseUrl + sessions, { ...post, body: '{"fileName":"a.tsv"}' });
  await mock.fetch(mock.baseUrl + sessions, { headers });
  const { path } = await mock.pact({ consumer: 'c', provider: 'p', dir: folder.path });
  const states = {
    'createExactMatchSession is answered with 201': {},
    'listExactMatchSessions is answered with 200': {},
  };
  const { results } = await verifyPacts({ pacts: [path], provider: mock.baseUrl, states });
  expect(results.flatMap(({ findings }) => findings)).toEqual([]);
});

test.for([
  [['pact', 'from-har', 'x.har'], 'needs --consumer'],
  [['pact', 'to-har', 'x.har', '--consumer', 'c'], 'There is no "pact to-har"'],
  [['mock', '--pact-dir', 'x'], 'go with --pact CONSUMER'],
  [['mock', '--pact', 'c', '--workers', '2', '--store', 'redis://x'], 'by one process'],
] as const)('refuses %j', async ([argv, message]) => {
  expect(await run(argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
