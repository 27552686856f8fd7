import { mkdir, mkdtempDisposable, readdir, readlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type CapturedExchange, checkExchange, fromHar, loadSpec } from '../../src/index.ts';
import { added, checkFiles, entry, har, notes } from './notes.ts';

const spec = await loadSpec(notes);
const broken = entry({ response: { content: { text: '{"id":"x","text":"y"}' } } });

async function all(exchanges: AsyncIterable<CapturedExchange>): Promise<CapturedExchange[]> {
  const found: CapturedExchange[] = [];
  for await (const exchange of exchanges) found.push(exchange);
  return found;
}

test('reads a HAR by its path, URL, text, bytes and value alike', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const path = join(folder.path, 'one.har');
  const value = har([entry(), added({ text: '{"text":"Milk"}' })]);
  const text = JSON.stringify(value);
  await writeFile(path, text);
  const expected = await all(fromHar(value));
  expect(expected.map(({ request, response }) => [request, response.status])).toEqual([
    [{ method: 'GET', url: 'https://api.test/v1/notes/1', headers: {} }, 200],
    [
      {
        method: 'POST',
        url: 'https://api.test/v1/notes',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"Milk"}',
      },
      201,
    ],
  ]);
  expect(expected[1]?.place).toEqual({
    entry: 2,
    line: 1,
    column: text.indexOf(',{"startedDateTime') + 2,
  });
  const stream = new Blob([text]).stream();
  for (const given of [path, pathToFileURL(path), pathToFileURL(path).href, text, stream]) {
    expect(await all(fromHar(given))).toEqual(expected);
  }
});

test('what it reads, checkExchange judges as check does', async () => {
  const cases = [
    entry(),
    broken,
    entry({ response: { content: { size: 26 } } }),
    added(undefined, { request: { bodySize: 5 } }),
    added(undefined),
  ];
  for (const given of cases) {
    const findings: string[] = [];
    for await (const exchange of fromHar(har([given]), { spec })) {
      const found = await checkExchange(spec, exchange);
      findings.push(...found.map(({ code, at }) => `${code} ${at}`.trim()));
    }
    expect(findings).toEqual((await checkFiles({ 'one.har': har([given]) })).findings);
  }
});

test('leaves out what is not of the document, and tells of it', async () => {
  const skipped: string[] = [];
  const entries = [
    entry({ request: { url: 'https://cdn.test/a.js' } }),
    entry({
      request: {
        method: 'OPTIONS',
        headers: [{ name: 'access-control-request-method', value: 'GET' }],
      },
    }),
    entry({ _resourceType: 'websocket' }),
    entry({ response: { status: 0 } }),
    entry(),
  ];
  const options = { spec, onSkipped: (reason: string) => skipped.push(reason) };
  expect(await all(fromHar(har(entries), options))).toHaveLength(1);
  expect(skipped).toEqual([
    "not of the document's servers: https://cdn.test",
    'CORS preflight requests',
    'WebSocket connections',
    'requests without a response',
  ]);
  expect(await all(fromHar(har(entries)))).toHaveLength(2);
  expect(await all(fromHar(har(entries), { spec, servers: ['https://cdn.test'] }))).toHaveLength(1);
});

test('throws at an entry that cannot be read, unless somebody wants to hear of it', async () => {
  const value = har([entry(), 17, entry()]);
  await expect(all(fromHar(value))).rejects.toMatchObject({
    code: 'CAPTURE_UNREADABLE',
    message: expect.stringMatching(
      /^Failed to read the HAR, entry 2 at line 1, column \d+: it is a number/,
    ),
  });
  const told: string[] = [];
  const found = await all(fromHar(value, { onUnreadable: ({ message }) => told.push(message) }));
  expect([found.length, told.length]).toEqual([2, 1]);
  const none = fromHar({ log: {} }, { onUnreadable: () => {} });
  await expect(all(none)).rejects.toMatchObject({ code: 'CAPTURE_UNREADABLE' });
});

test.for([
  ['no-such.har', 'FILE_UNREADABLE', 'there is no such file'],
  ['https://api.test/one.har', 'OPTION_INVALID', 'not from https://api.test/one.har'],
  [{}, 'OPTION_INVALID', 'got an object without members'],
  [undefined, 'OPTION_INVALID', 'got undefined'],
] as const)('refuses %j', async ([given, code, says]) => {
  await expect(all(fromHar(given as never))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(says),
  });
});

test.runIf(process.platform === 'linux')(
  'a file is let go of when nobody wants more of it',
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
    const path = join(folder.path, 'one.har');
    await writeFile(path, JSON.stringify(har(Array.from({ length: 2000 }, () => entry()))));
    for await (const { place } of fromHar(path)) if (place.entry === 3) break;
    const numbers = await readdir('/proc/self/fd');
    const open = await Promise.all(
      numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')),
    );
    expect(open).not.toContain(path);
  },
);

test('reads bodies from files beside the HAR, and from nowhere else', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await mkdir(join(folder.path, 'in/below'), { recursive: true });
  for (const name of ['out.json', 'in/a.json', 'in/below/b.json']) {
    await writeFile(join(folder.path, name), '{"id":"x","text":"y"}');
  }
  const files = [
    'a.json',
    'below/b.json',
    './a.json',
    '../out.json',
    'below/../../out.json',
    join(folder.path, 'out.json'),
    'no.json',
    '.',
  ];
  const entries = files.map((_file) => entry({ response: { content: { size: 21, _file } } }));
  const path = join(folder.path, 'in/one.har');
  await writeFile(path, JSON.stringify(har(entries)));
  const found = await all(fromHar(path));
  expect(
    found.map(
      ({ response }) => response.bodyOmitted ?? Buffer.from(response.body ?? '').toString(),
    ),
  ).toEqual([
    ...Array.from({ length: 3 }, () => '{"id":"x","text":"y"}'),
    ...Array.from({ length: 5 }, () => true),
  ]);
});
