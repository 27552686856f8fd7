import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import type { Report } from '../../src/report/report.ts';
import { missingBrowser, startBrowser } from '../browser.ts';
import { run } from '../cli/io.ts';
import { sessions } from '../mock/mock.ts';

/** What a page does with the API: a creation, a list, a mistake, a refusal, a removal. */
const USE = `async (url) => {
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
  const ask = (path, init) => fetch(url + path, { headers, ...init });
  const { id } = await (await ask('', { method: 'POST', body: '{"fileName":"a.tsv"}' })).json();
  await (await ask('?$top=2')).json();
  await (await ask('', { method: 'POST', body: '{"rowsPerBlock":"many"}' })).text();
  await (await ask('/nope')).text();
  await ask('/' + id, { method: 'DELETE' });
}`;

const EXPECTED = {
  'createExactMatchSession 201': [],
  'createExactMatchSession 400': ['request.body.type'],
  'deleteExactMatchSession 204': [],
  'getExactMatchSession 404': [],
  'listExactMatchSessions 200': [],
};

const missing = missingBrowser();

test.skipIf(missing)('judges the HAR files that a browser writes, in every mode', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  await using mock = await startMock({ cors: true });
  await using chromium = await startBrowser();
  const page = join(folder.path, 'page.html');
  await writeFile(page, '<!doctype html><title>A consumer</title>');
  for (const [name, options, file = 'session.har'] of [
    ['zipped', { mode: 'full', content: 'attach' }, 'session.zip'],
    ['full', { mode: 'full', content: 'embed' }],
    ['attached', { mode: 'full', content: 'attach' }],
    ['minimal', { mode: 'minimal', content: 'embed' }],
    ['omitted', { mode: 'full', content: 'omit' }],
  ] as const) {
    const path = join(folder.path, name, file);
    const context = await chromium.browser.newContext({ recordHar: { path, ...options } });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(`(${USE})(${JSON.stringify(mock.baseUrl + sessions)})`);
    await context.close();
    const argv = ['check', path, '--server', mock.baseUrl, '--format', 'json'];
    const { code, stdout, stderr } = await run(argv);
    expect([name, stderr]).toEqual([name, '']);
    const { subjects, skipped } = JSON.parse(stdout) as Report;
    const found = subjects.map((subject) => [
      subject.name,
      subject.problems
        .filter(({ finding }) => finding.severity === 'error')
        .map(({ finding }) => finding.code),
    ]);
    // What was wrong with the one request is in its body.
    const isWhole = name !== 'omitted';
    const expected = isWhole ? EXPECTED : { ...EXPECTED, 'createExactMatchSession 400': [] };
    expect([name, code, Object.fromEntries(found)]).toEqual([name, Number(isWhole), expected]);
    expect([name, skipped.length > 0]).toEqual([name, true]);
  }
});
