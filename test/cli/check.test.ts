import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { reportMistakes } from '../report/report-schema.ts';
import { run } from './io.ts';

const created = ['--operation', 'createExactMatchSession', '--status', '201'];

test('passes a body that keeps the promise', async () => {
  const { code, stdout } = await run(['check', '-', ...created], '{"id":"s1"}');
  expect(stdout).toBe('1 checked, 0 failed: 0 errors, 0 risks, 0 warnings\n');
  expect(code).toBe(0);
});

test('reads a file, and says where and why it breaks the promise', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'session.json');
  await writeFile(file, '{"id":"s1","rowsPerBlock":"many"}');
  const { code, stdout, stderr } = await run(['check', file, ...created]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('createExactMatchSession 201: 1 of 1 failed\n');
  expect(stdout).toContain(file);
  expect(stdout).toMatch(
    / {2}× `rowsPerBlock` must be .*\n {4}response\.body\.type, .*\.yaml:\d+:\d+\n/,
  );
});

test.for([
  ['{"id":"s1"', 1, 'response.body.malformed'],
  ['', 1, 'response.body.malformed'],
  ['{}', 1, 'response.body.required'],
  ['{"id":"s1","extra":1}', 0, undefined],
] as const)('checks %j', async ([body, code, finding]) => {
  const result = await run(['check', '-', ...created, '--format', 'json'], body);
  expect(result.code).toBe(code);
  const report = JSON.parse(result.stdout) as Report;
  expect(reportMistakes(report)).toEqual([]);
  const problems = report.subjects.flatMap((subject) => subject.problems);
  expect(problems.map((problem) => problem.finding.code)).toEqual(
    finding === undefined ? [] : [finding],
  );
});

test('refuses unknown properties when told to be strict', async () => {
  const result = await run(['check', '-', ...created, '--strict'], '{"id":"s1","extra":1}');
  expect(result.code).toBe(1);
  expect(result.stdout).toContain('response.body.unknown');
});

test('checks a request’s body when no status is given', async () => {
  const argv = ['check', '-', '--operation', 'createExactMatchSession'];
  expect((await run(argv, '{"rowsPerBlock":5}')).code).toBe(0);
  expect((await run(argv, '{"rowsPerBlock":5.5}')).code).toBe(1);
});

test('says so when the status is none that the operation declares', async () => {
  const result = await run(
    ['check', '-', '--operation', 'createExactMatchSession', '--status', '418'],
    '{}',
  );
  expect(result.code).toBe(1);
  expect(result.stdout).toContain('response.status.undeclared');
});
