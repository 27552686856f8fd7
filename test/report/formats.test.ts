import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, expect, test } from 'vitest';
import type { MinimumCoverage } from '../../src/coverage/minimum.ts';
import { listShortfalls } from '../../src/coverage/minimum.ts';
import { type ReportFormat, writeReport } from '../../src/report/format.ts';
import { writeMarkdown } from '../../src/report/markdown.ts';
import type { Problem, Report } from '../../src/report/report.ts';
import { brokenRun } from './broken-run.ts';
import { junitMistakes, readXml, type XmlNode } from './junit-rules.ts';
import { manyOperations } from './many.ts';
import { reportMistakes } from './report-schema.ts';

const plain = { columns: undefined, hasColor: false };
const minimum: MinimumCoverage = { statuses: 60 };
let report: Report;

beforeAll(async () => {
  const found = await brokenRun();
  report = { ...found, shortfalls: listShortfalls(found.coverage, minimum) };
});

const write = (format: ReportFormat) => writeReport(report, format, plain);
const problems = ({ subjects }: Report) => subjects.flatMap((subject) => subject.problems);

test('JSON is what the published schema says, and holds no secret', async () => {
  const text = await write('json');
  expect(reportMistakes(JSON.parse(text))).toEqual([]);
  expect(text).not.toMatch(/very-secret-token|token=secret/);
});

test('the published schema refuses what is no report', () => {
  const { subjects: _, ...rest } = report;
  expect(reportMistakes(rest)).toEqual([" must have required property 'subjects'"]);
});

test('counts repeats, and keeps the first three with what travelled', () => {
  const found = problems(report).find(({ finding }) => finding.at === '/dataStoreId') as Problem;
  expect(found.count).toBe(3);
  expect(found.occurrences.map(({ origin }) => origin)).toEqual([
    'run.har, entry 3',
    'run.har, entry 4',
    'run.har, entry 5',
  ]);
  const [first] = found.occurrences;
  expect(first?.frame?.lines[first.frame.marked]).toBe('"dataStoreId": 5,');
  expect(found.rule?.lines[found.rule.marked]).toBe("  type: [string, 'null']");
  expect(found.rule?.first).toBe(found.finding.spec.line - 1);
});

test('of a list, problems of all items are one, each time with its own place', () => {
  const found = problems(report).find(({ finding }) => finding.at === '/value/0/state') as Problem;
  expect(found.occurrences.map(({ at }) => at)).toEqual(['/value/0/state', '/value/1/state']);
});

test.for([
  ['request.query.type', '$top=many'],
  ['request.path.unmatched', '/nowhere'],
  ['response.status.undeclared', '418'],
  ['request.body.type', '"rowsPerBlock": 2.5'],
  ['response.body.malformed', '\ufffd'],
  ['request.body.unexpected', '{'],
] as const)('the place of a %s is marked in the message', ([code, marked]) => {
  const found = problems(report).find(
    ({ finding, occurrences }) =>
      finding.code === code && occurrences[0]?.frame?.lines.some((line) => line.includes(marked)),
  );
  const frame = found?.occurrences[0]?.frame;
  expect(frame?.lines[frame.marked]?.slice(frame.from, frame.to)).toBe(marked);
});

test('JUnit XML has the elements and attributes that CI systems take, and no others', async () => {
  const text = await write('junit');
  expect(XMLValidator.validate(text)).toBe(true);
  expect(junitMistakes(text)).toEqual([]);
  const suite = readXml(text).children[0] as XmlNode;
  expect(suite.attributes['tests']).toBe(String(suite.children.length));
  const failing = suite.children.filter((each) => each.children[0]?.name === 'failure');
  expect(suite.attributes['failures']).toBe(String(failing.length));
  expect(failing[0]?.children[0]?.attributes).toEqual({
    message: '`dataStoreId` must be a string or null, got 5.',
    type: 'response.body.type',
  });
  expect(suite.children.map((each) => each.attributes['name'])).toContain('coverage of statuses');
});

test('JUnit XML is bounded, whatever travelled', async () => {
  const [subject] = report.subjects;
  if (!subject) throw new Error('nothing is broken');
  const long = 'x\u0000\ud800<>&"\u0085'.repeat(100_000);
  const wrong = subject.problems.map((each) => ({
    ...each,
    finding: { ...each.finding, message: long },
  }));
  const text = await writeReport(
    { ...report, subjects: [{ ...subject, problems: wrong }] },
    'junit',
    plain,
  );
  expect(junitMistakes(text)).toEqual([]);
  expect(text.length).toBeLessThan(200_000);
});

test('SARIF is what its schema says', async () => {
  expect(sarifMistakes(JSON.parse(await write('sarif')))).toEqual([]);
  expect(sarifMistakes({ version: '2.1.0', runs: [{ results: [{}] }] })).not.toEqual([]);
});

test.for([
  ['(inline)', undefined],
  ['https://example.org/a b.yaml', { uri: 'https://example.org/a%20b.yaml' }],
  ['/elsewhere/ä#1.yaml', { uri: 'file:///elsewhere/%C3%A4%231.yaml' }],
  ['sub/ä#1.yaml', { uri: 'sub/%C3%A4%231.yaml', uriBaseId: '%SRCROOT%' }],
] as const)('SARIF leads to %s', async ([file, artifact]) => {
  const text = JSON.stringify(report).replaceAll(
    JSON.stringify(report.document.file),
    JSON.stringify(file),
  );
  const log = JSON.parse(await writeReport(JSON.parse(text), 'sarif', plain));
  expect(sarifMistakes(log)).toEqual([]);
  const [location] = log.runs[0].results[0].locations;
  expect(location.physicalLocation?.artifactLocation).toEqual(artifact);
});

test('a result of SARIF lies in the document, and is related to the messages', async () => {
  const file = report.document.file;
  const root = file.slice(0, file.indexOf('/spec/'));
  const log = JSON.parse(await writeReport(report, 'sarif', { ...plain, root }));
  const [{ results, tool }] = log.runs;
  expect(results).toHaveLength(problems(report).length);
  const [first] = results;
  expect(tool.driver.rules[first.ruleIndex].id).toBe(first.ruleId);
  expect(first.locations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'spec/exact-match-sessions.openapi.yaml',
    uriBaseId: '%SRCROOT%',
  });
  expect(first.relatedLocations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'captures/run.har', uriBaseId: '%SRCROOT%' },
    region: { startLine: 120, startColumn: 5 },
  });
  const prints = results.map(
    (result: typeof first) => result.partialFingerprints['exactmatchRule/v1'],
  );
  expect(new Set(prints).size).toBe(results.length);
  const again = JSON.parse(await writeReport(await brokenRun(), 'sarif', plain));
  expect(again.runs[0].results[0].partialFingerprints).toEqual(first.partialFingerprints);
});

test('GitHub gets a command a line, escaped, with the place in the document', async () => {
  const lines = (await write('github')).trimEnd().split('\n');
  const shape =
    /^::(?:error|warning|notice) (?:file=[^,:]+,line=\d+,col=\d+,)?title=[^,:]+::[^\r\n]+$/;
  expect(lines.filter((line) => !shape.test(line))).toEqual([]);
  expect(lines[0]).toMatch(
    /^::error file=.*openapi\.yaml,line=\d+,col=\d+,title=createExactMatchSession 201::/,
  );
  expect(lines.at(-1)).toMatch(/^::error title=coverage::5 of 230 statuses/);
});

test('GitHub shows ten of a kind: the last one counts the rest', async () => {
  const many = manyOperations(report, 25);
  const lines = (await writeReport(many, 'github', plain)).trimEnd().split('\n');
  expect(
    lines.filter((line) => line.startsWith('::error') && !line.includes('coverage')),
  ).toHaveLength(10);
  expect(lines[9]).toBe('::error title=exactmatch::and 16 more');
});

test('the page of a job on GitHub lists problems and coverage, and no markup of others', () => {
  const text = writeMarkdown(report);
  expect(text).toContain('## exactmatch check: ❌ 9 of 12 failed');
  expect(text).toMatch(
    /\| ❌ \| createExactMatchSession 201 \| \\`dataStoreId\\` must be .* \| 3 \|/,
  );
  expect(text).toMatch(/\| statuses \| 5 of 230 \| 2 % ❌ 60 % asked for \|/);
  expect(writeMarkdown(manyOperations(report, 1000)).length).toBeLessThan(1_000_000);
});

function sarifMistakes(log: unknown): readonly unknown[] {
  validateSarif ??= compileSarif();
  validateSarif(log);
  return validateSarif.errors ?? [];
}

let validateSarif: ReturnType<typeof compileSarif> | undefined;

function compileSarif() {
  const name = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
  const path = createRequire(import.meta.url).resolve(name);
  const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  // It has a pattern that is none with the flag `u`.
  const options = { strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false };
  return new Ajv(options).compile(schema);
}
