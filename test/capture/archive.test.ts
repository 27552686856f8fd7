import { expect, test } from 'vitest';
import { checkFiles, entry, har } from './notes.ts';
import { zipOf } from './zip.ts';

const bad = JSON.stringify({ id: 'one', text: 'Milk' });
const attached = (file: string) =>
  entry({ response: { content: { size: 20, mimeType: 'application/json', _file: file } } });
const text = (value: unknown) => JSON.stringify(value);

test('judges the HAR in a zip archive, with the bodies beside it', async () => {
  const files = { 'a1.json': bad, 'har.har': text(har([attached('a1.json'), entry()])) };
  const said = await checkFiles({ 'session.zip': zipOf(files) });
  expect([said.code, said.checked, said.findings]).toEqual([1, 2, ['response.body.type /id']]);
  const [problem] = said.report.subjects.flatMap(({ problems }) => problems);
  expect(problem?.occurrences[0]).toMatchObject({
    origin: expect.stringMatching(/session\.zip\/har\.har, entry 1$/),
    place: {
      file: expect.stringMatching(/session\.zip\/har\.har$/),
      line: 1,
      column: expect.any(Number),
    },
  });
});

test('judges every HAR of an archive, wherever it lies, and reads nothing outside', async () => {
  const files = {
    'one/a.har': text(har([attached('../two/b.json'), attached('c.json')])),
    'one/c.json': bad,
    'two/b.json': bad,
    'two/d.HAR': text(har([entry(), { no: 'entry' }])),
  };
  const said = await checkFiles({ 'session.zip': zipOf(files) });
  expect([said.code, said.checked, said.findings]).toEqual([1, 3, ['response.body.type /id']]);
  expect(said.skipped).toEqual([
    '1 response bodies that the capture leaves out',
    '1 entries that cannot be read',
  ]);
  expect(said.stderr).toMatch(/"session\.zip\/two\/d\.HAR", entry 2 at line 1, .* no `request`/);
});

const whole = zipOf({ 'har.har': text(har([entry(), entry()])) });
const spoilt = Buffer.from(whole);
spoilt.fill(0xff, 40, 60);
const locked = Buffer.from(whole);
for (const at of [6, locked.indexOf('PK\u0001\u0002') + 8]) locked.writeUInt16LE(1, at);

test.for<[name: string, archive: Uint8Array, said: RegExp]>([
  [
    'that is cut off',
    whole.subarray(0, -30),
    /"x\.zip": it is a zip archive that cannot be read: end of central directory .*truncated/,
  ],
  ['that is empty', zipOf({}), /it is a zip archive without a HAR: it has no files\. Give one/],
  ['of other files', zipOf({ 'trace.trace': 'x' }), /without a HAR: its files are trace\.trace\./],
  ['that is damaged', spoilt, /"x\.zip\/har\.har": /],
  ['with a password', locked, /"x\.zip\/har\.har": entry is encrypted/],
  ['of a HAR that is none', zipOf({ 'har.har': '[]' }), /"x\.zip\/har\.har".* it is an array/],
  [
    'that leads out of itself',
    zipOf({ '../a.har': '{}' }),
    /"x\.zip": it is a zip archive that cannot be read: invalid relative path/,
  ],
])('says what is wrong with an archive %s', async ([, archive, message]) => {
  const { code, stderr, checked } = await checkFiles({ 'x.zip': archive });
  expect([code, checked]).toEqual([2, 0]);
  expect(stderr).toMatch(message);
  expect(stderr.match(/exactmatch: /g)).toHaveLength(1);
});

test('tells that nothing of an archive is of the document', async () => {
  const other = entry({ request: { url: 'https://other.test/' } });
  const said = await checkFiles({ 'x.zip': zipOf({ 'har.har': text(har([other])) }) });
  expect([said.code, said.stderr]).toEqual([
    2,
    expect.stringContaining('Nothing in "x.zip/har.har"'),
  ]);
});
