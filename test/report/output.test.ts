import { existsSync } from 'node:fs';
import { mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { planOutput } from '../../src/report/output.ts';
import { run } from '../cli/io.ts';
import { reportMistakes } from './report-schema.ts';

test.for([
  { given: [[], []], want: [['pretty'], []] },
  { given: [['json'], []], want: [['json'], []] },
  { given: [['pretty', 'github'], []], want: [['pretty', 'github'], []] },
  { given: [['json'], ['out']], want: [['pretty'], ['json out']] },
  { given: [[], ['out.txt']], want: [[], ['pretty out.txt']] },
  { given: [[], ['out']], want: [[], ['pretty out']] },
  { given: [[], ['a.json', 'b.xml']], want: [['pretty'], ['json a.json', 'junit b.xml']] },
  { given: [['github'], ['a.sarif.json']], want: [['github'], ['sarif a.sarif.json']] },
  { given: [['junit'], ['a.out']], want: [['pretty'], ['junit a.out']] },
  {
    given: [['json', 'junit'], ['reports']],
    want: [['pretty'], ['json reports/report.json', 'junit reports/report.junit.xml']],
  },
  {
    given: [
      ['pretty', 'sarif', 'html'],
      ['reports/', 'page.html'],
    ],
    want: [['pretty'], ['html page.html', 'sarif reports/report.sarif']],
  },
] as const)('plans $given', ({ given: [formats, outputs], want }) => {
  const { printed, files } = planOutput(formats, outputs);
  expect([printed, files.map(({ format, path }) => `${format} ${path}`)]).toEqual(want);
});

test.for([
  [['xml'], [], /^--format must be one of pretty, json, .*got "xml"/],
  [['json', 'junit'], [], /json,junit has no place/],
  [['pretty', 'json'], [], /json has no place/],
  [['json'], ['a.html'], /json has no place/],
  [['json', 'junit'], ['a.out'], /does not tell what to write there/],
  [['json'], ['a', 'b'], /"b" does not tell/],
  [[], ['reports/'], /"reports\/" does not tell/],
  [['json'], ['a.json', 'a.json'], /written twice/],
] as const)('refuses --format %j --output %j', ([formats, outputs, reason]) => {
  expect(() => planOutput(formats, outputs)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(reason) }),
  );
});

const created = ['--operation', 'createExactMatchSession', '--status', '201'];

test('writes every form into a folder that it makes, and the text to standard output', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const target = join(folder.path, 'new/reports');
  const forms = ['--format', 'json,junit', '--format', 'sarif,html', '--output', target];
  const { code, stdout } = await run(['check', '-', ...created, ...forms], '{"id":5}');
  expect(code).toBe(1);
  expect(stdout).toContain('`id` must be a string');
  expect((await readdir(target)).sort()).toEqual(
    ['report.html', 'report.json', 'report.junit.xml', 'report.sarif'].sort(),
  );
  expect(reportMistakes(JSON.parse(await readFile(join(target, 'report.json'), 'utf8')))).toEqual(
    [],
  );
});

test('writes one form into a folder that is there', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const target = join(folder.path, 'reports');
  await mkdir(target);
  await run(['check', '-', ...created, '--format', 'junit', '-o', target], '{"id":"5"}');
  expect(await readdir(target)).toEqual(['report.junit.xml']);
});

test('adds to the page of a job on GitHub', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const summary = join(folder.path, 'summary.md');
  await writeFile(summary, 'before\n');
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  const { stdout } = await run(['check', '-', ...created, '--format', 'github'], '{"id":5}');
  vi.unstubAllEnvs();
  expect(stdout).toMatch(/^::error file=spec\/exact-match/);
  expect(await readFile(summary, 'utf8')).toMatch(/^before\n## exactmatch check: ❌ 1 of 1 failed/);
});

test.for([
  ['0', 0],
  ['operations=5,statuses=0.1', 0],
  ['1', 1],
  ['operations=90', 1],
  ['101', 2],
  ['statuses=1,statuses=2', 2],
  ['paths=5', 2],
  ['', 2],
] as const)('--min-coverage %s exits with %i', async ([minimum, code]) => {
  const argv = ['check', '-', ...created, '--min-coverage', minimum];
  const result = await run(argv, '{"id":"s1"}');
  expect(result.code).toBe(code);
  if (code === 1)
    expect(result.stdout).toMatch(
      /\d+ of \d+ \w+ \(\d+ %\) were exercised, and \d+ % are asked for\. Never seen: /,
    );
  if (code === 2) expect(result.stderr).toMatch(/^exactmatch: --min-coverage must be/);
});

test('says what falls short on standard error when another form is printed', async () => {
  const argv = ['check', '-', ...created, '--min-coverage', '50', '--format', 'json'];
  const { code, stdout, stderr } = await run(argv, '{"id":"s1"}');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^1 of \d+ statuses \(0 %\) were exercised/);
  expect(reportMistakes(JSON.parse(stdout))).toEqual([]);
});

test('shows coverage of each operation when asked', async () => {
  const { stdout } = await run(['check', '-', ...created, '--coverage'], '{"id":"s1"}');
  expect(stdout).toMatch(/createExactMatchSession +201✓ +1\/15 statuses +0\/3 parameters/);
  expect(existsSync('reports')).toBe(false);
});
