import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';
import { run, runWhile } from '../cli/io.ts';
import { reportMistakes } from '../report/report-schema.ts';
import { startInFrontOf } from './provider.ts';

const file = fileURLToPath(new URL('fixtures/shop.openapi.yaml', import.meta.url));
const spec = await loadSpec(file);
const secret = 'key-of-the-shop';

test('sends GET and HEAD only, unless writes are allowed', async () => {
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, (asked, ask) => ask(asked));
  const result = await probe(spec, { baseUrl: provider.url, token: secret });
  expect(new Set(provider.asked.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
  const left = result.skipped.find(({ reason }) => reason.includes('--allow-writes'));
  expect(left?.count).toBe(7);
});

test('lists what could not be deleted', async () => {
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, async (asked, ask) =>
    asked.method === 'DELETE' ? { status: 403, headers: {}, body: '' } : ask(asked),
  );
  const options = { baseUrl: provider.url, token: secret, allowWrites: true, maxCases: 30 };
  const { leftovers, findings } = await probe(spec, options);
  expect(leftovers.length).toBeGreaterThan(1);
  expect(leftovers[0]).toMatch(/\/v1\/customers\/\S+: its DELETE was answered 403$/);
  const told = findings.filter(({ code }) => code === 'provider.leftover');
  expect(told).toHaveLength(1);
  for (const left of leftovers) expect(told[0]?.message).toContain(left);
});

test('deletes what it created when it is stopped', async () => {
  await using mock = await startMock({ spec });
  process.env['EXACTMATCH_SHOP_KEY'] = secret;
  const argv = ['check', mock.url, '--spec', file, '--token-env', 'EXACTMATCH_SHOP_KEY'];
  const { code, stdout, stderr } = await runWhile([...argv, '--allow-writes'], async () => {
    // As soon as something is there.
    while ((await mock.requests({ status: 201 })).length < 3) await new Promise(setImmediate);
  });
  expect(code).toBe(2);
  expect(stderr).toContain('Stopping: what was created is deleted first');
  expect(stderr).toContain('was not probed to the end: it was stopped');
  expect(stdout).toMatch(/\d+ checked, 0 failed/);
  const { memory } = (await mock.state()) as unknown as { readonly memory?: object };
  expect(Object.values(memory ?? (await mock.state())).flat()).toEqual([]);
});

test('shows the line that does it again, and no token, in every form of a report', async () => {
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, async (asked, ask) =>
    asked.query === 'sort=age'
      ? { status: 400, headers: { 'content-type': 'text/plain' }, body: `No, ${secret}` }
      : ask(asked),
  );
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  process.env['EXACTMATCH_SHOP_KEY'] = secret;
  const { code, stdout, stderr } = await run([
    ...['check', provider.url, '--spec', file, '--header-env', 'X-Api-Key=EXACTMATCH_SHOP_KEY'],
    ...['--operation', 'listCustomers', '--operation', 'health', '--output', `${folder.path}/`],
    ...['--format', 'pretty,json,junit,github,sarif,html,markdown'],
  ]);
  expect(code).toBe(1);
  const names = (await readdir(folder.path)).sort();
  expect(names).toEqual([
    ...['report.html', 'report.json', 'report.junit.xml', 'report.md', 'report.sarif'],
  ]);
  const texts = await Promise.all(names.map((name) => readFile(join(folder.path, name), 'utf8')));
  expect(stdout).toContain('::error');
  for (const text of [...texts, stdout]) {
    expect(text + stderr).not.toContain(secret);
    expect(text).toContain('is refused with 400');
  }
  for (const [index, name] of names.entries()) {
    if (name !== 'report.sarif' && name !== 'report.md')
      expect(texts[index]).toContain('$EXACTMATCH_SHOP_KEY');
  }
  expect(stdout).toContain('$EXACTMATCH_SHOP_KEY');
  expect(reportMistakes(JSON.parse(texts[1] ?? ''))).toEqual([]);
});

test('waits as Retry-After asks, and sends again', async () => {
  let count = 0;
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, async (asked, ask) => {
    count += 1;
    return count % 2 === 0
      ? { status: 429, headers: { 'retry-after': '0' }, body: '' }
      : ask(asked);
  });
  const options = { baseUrl: provider.url, token: secret, maxCases: 15 };
  const { checked, failures } = await probe(spec, options);
  expect([checked, failures]).toEqual([15, []]);
  expect(count).toBeGreaterThan(20);
});

test('reads the item that a link of the document leads to', async () => {
  const ok = (schema: object) => ({
    description: 'Ok',
    content: { 'application/json': { schema } },
  });
  const me = {
    ...ok({ type: 'object', properties: { team: { type: 'string' } } }),
    links: { team: { operationId: 'getTeam', parameters: { code: '$response.body#/team' } } },
  };
  const code = { name: 'code', in: 'path', required: true, schema: { type: 'string' } };
  const linked = await loadSpec({
    openapi: '3.1.0',
    info: { title: 'Teams', version: '1' },
    paths: {
      '/me': { get: { operationId: 'getMe', responses: { 200: me } } },
      '/by-code/{code}/team': {
        get: { operationId: 'getTeam', parameters: [code], responses: { 200: ok({}) } },
      },
    },
  });
  await using mock = await startMock({ spec: linked, listen: false });
  await using provider = await startInFrontOf(mock, async (asked, ask) => {
    const headers = { 'content-type': 'application/json' };
    return asked.path === '/me' ? { status: 200, headers, body: '{"team":"red"}' } : ask(asked);
  });
  await probe(linked, { baseUrl: provider.url, concurrency: 1 });
  expect(provider.asked.map(({ path }) => path)).toContain('/by-code/red/team');
});
