import { chmod, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { run } from '../cli/io.ts';
import { checkFiles, entry, har } from './notes.ts';

const whole = JSON.stringify(har([entry(), entry()]));

/** A file that cannot be read at all, and what is said of it. */
const files: readonly (readonly [content: string | Uint8Array, says: string])[] = [
  ['', 'it is empty'],
  [' \n\n ', 'nothing but space'],
  ['{', 'at line 1, column 2: it ends too early'],
  ['{"log":', 'at line 1, column 8: it ends too early'],
  ['{"log":{"version":"1.2",\n "entries":', 'at line 2, column 12: it ends too early'],
  ['{"log":{"version":"1.2" "entries":[]}}', 'at line 1, column 25: unexpected "\\"entries\\""'],
  ['{"log":{"version":1.2.3,"entries":[]}}', 'at line 1, column 22: unexpected ".3"'],
  ['{"log":{"entries":[', 'it breaks off before the first entry'],
  ['{"log":{"entries":[}]}}', 'at line 1, column 20: unexpected "}"'],
  ['{"log":{"entries":[,]}}', 'at line 1, column 20: unexpected ","'],
  ['{"log":{"entries":[]', 'at line 1, column 21: it ends too early'],
  ['{"log":{"entries":[]}} {}', 'at line 1, column 24: unexpected "{"'],
  ['{"logs":{"entries":[]}}', 'it has no "log", only "logs"'],
  ['{}', 'it has no "log", only nothing'],
  ['[]', 'it is an array, and a HAR is an object'],
  ['"log"', 'it is a text, and a HAR is an object'],
  ['null', 'it is null'],
  ['{"log":[]}', 'its "log" is an array, not an object'],
  ['{"log":{"version":"1.2"}}', 'its "log" has no "entries", only "version"'],
  ['{"log":{"entries":{}}}', 'its "log.entries" is an object, not an array'],
  ['{"log":{"entries":"none"}}', 'its "log.entries" is a text, not an array'],
  ['{"pages":{"log":{"entries":[]}}}', 'it has no "log"'],
  ['<!doctype html>', 'at line 1, column 1: unexpected "<"'],
  [Buffer.from(`\ufeff${whole}`, 'utf16le'), 'it is UTF-16. Save it as UTF-8.'],
  [gzipSync(whole), 'it is compressed (gzip)'],
  [Buffer.from('PK\u0003\u0004har.har'), 'it is a zip archive'],
  [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), 'it is binary: byte 5 is 0'],
];

test.for(files)('says why it cannot read %j', async ([content, says]) => {
  const { code, stderr, checked } = await checkFiles({ 'bad.har': content });
  expect(stderr).toContain(says);
  expect(stderr).toMatch(/^exactmatch: Failed to read "bad\.har".*\.\n$/);
  expect([code, checked]).toEqual([2, 0]);
});

/** An entry that cannot be read, and what is said of it. */
const entries: readonly (readonly [entry: unknown, says: string])[] = [
  [17, 'it is a number, not an object'],
  ['{', 'it is a text, not an object'],
  [null, 'it is null, not an object'],
  [[], 'it is an array, not an object'],
  [{}, 'it has no `request`'],
  [{ request: [] }, '`request` is an array, not an object'],
  [{ request: {} }, 'it has no `request.url`'],
  [entry({ request: { url: 7 } }), '`request.url` is a number, not a text'],
  [entry({ request: { url: 'notes/1' } }), '`request.url` is "notes/1", which is no absolute URL'],
  [entry({ request: { method: undefined } }), 'it has no `request.method`'],
  [entry({ request: { method: 'GET IT' } }), '`request.method` is "GET IT", which is none'],
  [entry({ request: { headers: {} } }), '`request.headers` is an object, not an array'],
  [entry({ request: { headers: ['a: b'] } }), '`request.headers` has a text in it'],
  [entry({ request: { headers: [{ value: 'b' }] } }), '`request.headers` has one without a name'],
  [entry({ request: { headers: [{ name: 'b', value: {} }] } }), 'has an object as the value of b'],
  [entry({ request: { postData: 'a=b' } }), '`request.postData` is a text, not an object'],
  [entry({ request: { postData: { params: {} } } }), '`request.postData.params` is an object'],
  [
    entry({ request: { postData: { params: [1] } } }),
    '`request.postData.params` has a number in it',
  ],
  [entry({ response: { status: '200' } }), '`response.status` is the text "200", not a number'],
  [entry({ response: { status: 20.5 } }), '`response.status` is 20.5, which is no status'],
  [entry({ response: { status: 1000 } }), '`response.status` is 1000, which is no status'],
  [entry({ response: { content: 'x' } }), '`response.content` is a text, not an object'],
  [
    entry({ response: { content: { text: {} } } }),
    '`response.content.text` is an object, not a text',
  ],
  [
    entry({ response: { content: { text: '%', encoding: 'base64' } } }),
    '`response.content.text` is no base64',
  ],
];

test.for(entries)(
  'says why it cannot read the entry %j, and reads the others',
  async ([given, says]) => {
    const said = await checkFiles({ 'one.har': har([entry(), given, entry()]) });
    expect(said.stderr).toContain(says);
    expect(said.stderr).toMatch(
      /^exactmatch: Failed to read "one\.har", entry 2 at line 1, column \d+: .*\.\n$/,
    );
    expect([said.code, said.checked]).toEqual([2, 2]);
    expect(said.skipped).toEqual(['1 entries that cannot be read']);
  },
);

test('an entry that is no JSON is told by its place, and the others are read', async () => {
  const text = JSON.stringify(har([entry(), entry({ comment: 'HERE' }), entry()]), null, 2);
  const { checked, stderr, code } = await checkFiles({ 'one.har': text.replace('"HERE"', 'HERE') });
  const line = text.slice(0, text.indexOf('"HERE"')).split('\n').length;
  expect(stderr).toBe(
    `exactmatch: Failed to read "one.har", entry 2 at line ${line}, column 20: unexpected "HERE".\n`,
  );
  expect([code, checked]).toEqual([2, 2]);
});

test('what comes before the place where a file breaks off is judged', async () => {
  const said = await checkFiles({ 'one.har': whole.slice(0, whole.lastIndexOf('GET')) });
  expect([said.code, said.checked]).toEqual([2, 1]);
  expect(said.stderr).toMatch(
    /"one\.har" at line 1, column \d+: it breaks off inside entry 2, which begins here/,
  );
});

test('what is wrong with an exchange counts more than what cannot be read', async () => {
  const broken = entry({ response: { content: { text: '{}' } } });
  const said = await checkFiles({ 'one.har': har([broken, 17]) });
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('entry 2');
});

test('many entries that cannot be read are told of in a few lines', async () => {
  const said = await checkFiles({
    'one.har': har([entry(), ...Array.from({ length: 500 }, () => 1)]),
  });
  expect(said.stderr.split('\n')).toHaveLength(22);
  expect(said.stderr).toContain('… and 480 more of the kind');
  expect(said.skipped).toEqual(['500 entries that cannot be read']);
});

test('a folder that is no file, a file that is not there and one that may not be read end with 2', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const missing = await run(['check', join(folder.path, 'no.har')]);
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining('there is no such file or folder'),
  ]);
  const empty = await run(['check', folder.path]);
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('it has no files')]);
  const file = join(folder.path, 'one.har');
  await writeFile(file, whole);
  const inside = await run(['check', join(file, 'two.har')]);
  expect([inside.code, inside.stderr]).toEqual([
    2,
    expect.stringContaining('a part of it is a file'),
  ]);
  if (process.getuid?.() === 0) return;
  await chmod(file, 0);
  const locked = await run(['check', file]);
  expect([locked.code, locked.stderr]).toEqual([2, expect.stringContaining('may not be touched')]);
});
