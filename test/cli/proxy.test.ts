import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import type { Report } from '../../src/report/report.ts';
import { sessions } from '../mock/mock.ts';
import { reportMistakes } from '../report/report-schema.ts';
import { runWhile } from './io.ts';

const headers = {
  authorization: 'Bearer s3cret',
  cookie: 'sid=s3cret',
  'content-type': 'application/json',
};

/** A HAR, as far as it is read here. */
interface Har {
  readonly log: {
    readonly version: string;
    readonly entries: readonly {
      readonly request: { readonly method: string; readonly url: string };
      readonly response: { readonly status: number; readonly content: { readonly text?: string } };
    }[];
  };
}

/** Where the proxy says that it listens. */
const urlIn = (stderr: string) => /on (http:\S+)\. /.exec(stderr)?.[1] ?? '';

test('judges what passes, reports at its end, and records it without secrets', async () => {
  await using mock = await startMock();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'traffic.har');
  const argv = ['proxy', mock.baseUrl, '--port', '0', '--record', file, '--format', 'json'];
  const { code, stdout, stderr } = await runWhile(argv, async (told) => {
    const url = urlIn(await told(/Ctrl-C/)) + sessions;
    const post = { method: 'POST', headers };
    await fetch(url, { ...post, body: '{"salt":"s3cret","fileName":"a.tsv"}' });
    await fetch(`${url}?token=s3cret`, { ...post, body: '{"rowsPerBlock":"many"}' });
    await told(/request\.body\.type/);
    // A HAR that is being written is whole all the same.
    const har = JSON.parse(await readFile(file, 'utf8')) as Har;
    expect(har.log.entries.map(({ response }) => response.status)).toEqual([201, 400]);
  });
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as Report;
  expect(reportMistakes(report)).toEqual([]);
  expect(report.subjects.map(({ name, failed }) => [name, failed])).toEqual([
    ['createExactMatchSession 201', 0],
    ['createExactMatchSession 400', 1],
  ]);
  expect(stderr).toMatch(/POST \S+ createExactMatchSession 201 \S+ ms\n/);
  const text = await readFile(file, 'utf8');
  for (const written of [text, stdout, stderr]) expect(written).not.toContain('s3cret');
  const { log } = JSON.parse(text) as Har;
  expect(log.version).toBe('1.2');
  expect(log.entries[0]?.request).toMatchObject({
    method: 'POST',
    url: mock.baseUrl + sessions,
    postData: { mimeType: 'application/json', text: '{"salt":"REDACTED","fileName":"a.tsv"}' },
  });
  expect(JSON.parse(log.entries[0]?.response.content.text ?? '')).toMatchObject({
    fileName: 'a.tsv',
  });
});

test('says so when it cannot record', async () => {
  const argv = ['proxy', 'http://127.0.0.1:9', '--port', '0', '--record', '/no/such/traffic.har'];
  const { code, stderr } = await runWhile(argv, async () => {});
  expect([code, stderr]).toEqual([2, expect.stringContaining('Failed to write "/no/such/')]);
});
