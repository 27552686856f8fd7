import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { startBroker } from '../pact/broker/broker.ts';
import { interactionOf, pactWith } from '../pact/provider.ts';
import { run } from './io.ts';

const fixtures = join(import.meta.dirname, '../pact/fixtures');
const spec = ['--spec', join(fixtures, 'pets.openapi.yaml')];
const web = join(fixtures, 'consumers/web.json');
const mobile = join(fixtures, 'consumers/mobile.json');

async function check(targets: readonly string[], stdin = '') {
  const { code, stdout, stderr } = await run(
    ['check', ...targets, ...spec, '--format', 'json'],
    stdin,
  );
  return { code, stderr, report: JSON.parse(stdout) as Report };
}

function problemsOf({ subjects }: Report): readonly string[] {
  return subjects.flatMap(({ name, problems }) =>
    problems.map(({ finding: { severity, code, at } }) => `${name}: ${severity} ${code} ${at}`),
  );
}

const OF_WEB = [
  'listPets 200: risk pact.response.header.wider x-total',
  'listPets 200: risk pact.response.body.empty ',
  'listPets 200: risk pact.response.body.optional /0/owner',
];
const OF_MOBILE = [
  'getPet 200: risk pact.response.body.optional /born',
  'GET /pets/7/photos 200: error request.path.unmatched ',
];

test('holds a pact against the document', async () => {
  const { code, report, stderr } = await check([web]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(problemsOf(report)).toEqual(OF_WEB);
  expect(report.summary).toMatchObject({ checked: 2, failed: 0, skipped: 1 });
  expect(report.skipped).toEqual([
    { reason: 'messages of pets-web: no document has them', count: 1 },
  ]);
});

test('holds several pacts, and those of a folder, against the document', async () => {
  const files = await check([mobile, web]);
  expect(files.code).toBe(1);
  expect(problemsOf(files.report).toSorted()).toEqual([...OF_MOBILE, ...OF_WEB].toSorted());
  const folder = await check([join(fixtures, 'consumers')]);
  expect(problemsOf(folder.report)).toEqual(problemsOf(files.report));
});

test('reads a pact from standard input', async () => {
  const { report } = await check(['-'], await readFile(web, 'utf8'));
  expect(problemsOf(report)).toEqual(OF_WEB);
  const [occurrence] = report.subjects[0]?.problems[0]?.occurrences ?? [];
  expect(occurrence?.place).toMatchObject({ file: 'standard input', line: 12 });
});

test('counts the messages of a pact that has nothing else', async () => {
  const pact = {
    consumer: { name: 'c' },
    messages: [{ description: 'm' }],
    provider: { name: 'p' },
  };
  const { code, report } = await check(['-'], JSON.stringify(pact));
  expect(code).toBe(0);
  expect(report.skipped).toEqual([{ reason: 'messages of c: no document has them', count: 1 }]);
});

test('says where a finding stands in the pact, and where its rule in the document', async () => {
  const { stdout } = await run(['check', web, ...spec]);
  expect(stdout).toMatch(/`\[0\]\.owner` may be missing by the document/);
  expect(stdout).toMatch(/pact\.response\.body\.optional, .*pets\.openapi\.yaml:76:9/);
  expect(stdout).toMatch(/pets-web, "a list of cats" \(.*web\.json:14:49\)/);
  expect(stdout).toMatch(/> │ "owner": \{/);
  expect(stdout).toMatch(/2 checked, 0 failed: 0 errors, 3 risks, 0 warnings/);
});

test('tells many risks together, by where they are, and keeps each in JSON', async () => {
  const contracts = join(import.meta.dirname, '../../contracts/pacts');
  const read = async (format: string) =>
    (await run(['check', contracts, '--format', format])).stdout;
  const [pretty, markdown, html, json] = await Promise.all(
    ['pretty', 'markdown', 'html', 'json'].map(read),
  );
  expect(pretty).toMatch(
    /^ {2}~ exact-match-uploader, "a request for a session" \(.*microsoft-graph\.json:\d+:\d+\)\n {4}may be missing: dataUploadURI, fields,.*\n {4}may be empty: fields$/m,
  );
  const groups = pretty?.match(/^ {2}~ /gm)?.length ?? 0;
  const { subjects } = JSON.parse(json ?? '') as Report;
  const risks = subjects.map(({ problems }) =>
    problems.filter(({ finding }) => finding.severity === 'risk'),
  );
  expect(risks.flat().length).toBeGreaterThan(groups * 2);
  expect(markdown?.match(/^\| 🔶/gm)).toHaveLength(groups);
  expect(html?.match(/data-kind="risk"/g)).toHaveLength(
    risks.filter((each) => each.length > 0).length,
  );
  expect(html?.match(/<article class="problem risk">/g)).toHaveLength(risks.flat().length);
});

test.for([
  [[], 0, ''],
  [['--fail-on', 'error'], 0, ''],
  [['--fail-on', 'risk'], 1, 'Failed by --fail-on risk: 3 risks.\n'],
  [['--fail-on', 'warning'], 1, 'Failed by --fail-on warning: 3 risks.\n'],
  [
    ['--fail-on', 'risks'],
    2,
    'exactmatch: --fail-on must be one of error, risk, warning, got "risks".\n',
  ],
] as const)('risks fail a run where that is asked for: %j', async ([options, code, stderr]) => {
  expect(await run(['check', web, ...spec, ...options])).toMatchObject({ code, stderr });
});

test('says what is wrong with a file that is no pact, and where', async () => {
  const broken = '{"consumer":{"name":"c"},"provider":{"name":"p"},"interactions":[{"request":1}]}';
  const { code, stderr } = await run(['check', '-', ...spec], broken);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /pact "standard input", line 1, column 67: \/interactions\/0\/request must be an object, not 1/,
  );
});

test('judges the pacts of a broker, beside files', async () => {
  await using broker = await startBroker({ token: 't0p' });
  const wrong = interactionOf({ description: 'a pet', response: { status: 418 } });
  broker.publish(JSON.parse(JSON.stringify(pactWith([wrong], 'shop', 'pets'))), '1');
  const spec = join(import.meta.dirname, '../pact/fixtures/pets.openapi.yaml');
  const argv = ['check', '--spec', spec, '--broker', broker.url, '--format', 'json'];
  const env = { PACT_BROKER_TOKEN: 't0p' };
  const { code, stdout } = await run([...argv, '--provider-name', 'pets'], '', env);
  const report = JSON.parse(stdout) as Report;
  expect([code, report.targets, report.summary.failed]).toEqual([1, [broker.url], 1]);
  const [problem] = report.subjects.flatMap(({ problems }) => problems);
  expect(problem?.occurrences[0]?.place?.file).toContain(`${broker.url}/pacts/provider/pets/`);
  const unnamed = await run(argv, '', env);
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--provider-name')]);
});
