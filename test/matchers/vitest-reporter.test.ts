import { execFile } from 'node:child_process';
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import SpecReporter, { type SpecReporterOptions } from '../../src/vitest-reporter.ts';
import { reportMistakes } from '../report/report-schema.ts';

const manifest = fileURLToPath(import.meta.resolve('vitest/package.json'));
const config = fileURLToPath(new URL('fixtures/vitest/config.ts', import.meta.url));

interface Run {
  readonly code: number;
  readonly text: string;
}

/** Runs Vitest with the reporter over projects that use forks, threads and threads with VMs. */
async function runVitest(
  options: SpecReporterOptions,
  argv: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const { VITEST: _, ...own } = process.env;
  const { code, stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(dirname(manifest), 'vitest.mjs'), 'run', '--config', config, ...argv],
    { env: { ...own, ...env, REPORTER: JSON.stringify(options) } },
  ).then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
  return { code, text: stripVTControlCharacters(stdout + stderr) };
}

async function readReport(path: string): Promise<Report> {
  const report = JSON.parse(await readFile(path, 'utf8')) as Report;
  expect(reportMistakes(report)).toEqual([]);
  return report;
}

test('adds up what all workers of all projects have seen, document by document', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const output = `${folder.path}/reports/`;
  const format = ['json', 'html'] as const;
  const { code, text } = await runVitest({ output, format, minCoverage: 'operations=10' });
  expect(text).toMatch(/createExactMatchSession +201✓ +1\/15 statuses +0\/3 parameters/);
  expect(text).toMatch(/getExactMatchSession +404✓ 409✓ +2\/15 statuses/);
  expect(text).toMatch(/list +200✓ +1\/2 statuses +1\/1 parameters +1\/1 properties/);
  expect(text).toContain('1 not judged: their operation is not known');
  expect(code).toBe(0);
  expect((await readdir(output)).sort()).toEqual(
    ['report-2.html', 'report-2.json', 'report.html', 'report.json'].sort(),
  );
  const [pets, sessions] = await Promise.all(
    ['report.json', 'report-2.json'].map((name) => readReport(join(output, name))),
  );
  expect(pets?.summary).toMatchObject({ checked: 1, failed: 0, skipped: 1 });
  // The one that was expected to break its promise does not count.
  expect(sessions?.summary).toMatchObject({ checked: 4, failed: 0 });
});

test('fails a run whose tests pass, when too little was exercised', async () => {
  const { code, text } = await runVitest({ minCoverage: 60 }, ['--project', 'more']);
  expect(text).toMatch(
    /2 of 230 statuses \(0 %\) were exercised, and 60 % are asked for\. Never seen: /,
  );
  expect(text).toContain('4 passed');
  expect(code).toBe(1);
});

test('reports what a test has found, with the rule and the message', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const output = join(folder.path, 'report.json');
  const { code } = await runVitest({ output, isBrief: true }, ['--project', 'sessions'], {
    BREAK: '1',
  });
  expect(code).toBe(1);
  const [failed] = (await readReport(output)).subjects;
  expect(failed).toMatchObject({ name: 'createExactMatchSession 201', checked: 2, failed: 1 });
  const [problem] = failed?.problems ?? [];
  const [seen] = problem?.occurrences ?? [];
  expect(seen?.origin).toMatch(/sessions\.vitest\.ts > breaks it$/);
  expect(seen?.frame?.lines[seen.frame.marked]).toContain('"id": 5');
  expect(problem?.rule?.lines.length).toBe(3);
});

test('refuses options that mean nothing', () => {
  expect(() => new SpecReporter({ minCoverage: 120 })).toThrow(/must be a percentage/);
  expect(() => new SpecReporter({ format: ['json', 'html'] })).toThrow(/has no place/);
});
