import { expect, test } from 'vitest';
import { checkFiles, entry, har } from './notes.ts';

const answer = { status: 204, headers: [], content: { size: 0 } };
const drop = (headers: readonly object[] = []) =>
  entry({ request: { method: 'DELETE', headers }, response: answer });
const chrome = { creator: { name: 'WebInspector', version: '537.36' } };
const bearer = [{ name: 'Authorization', value: 'Bearer t' }];

test('a request without credentials breaks its promise', async () => {
  const said = await checkFiles({ 'one.har': har([drop()]) });
  expect([said.code, said.findings]).toEqual([1, ['request.security.missing authorization']]);
});

test('a browser may have left them out: then it is a warning that says so', async () => {
  const said = await checkFiles({ 'one.har': har([drop(), drop()], chrome) });
  expect([said.code, said.findings]).toEqual([0, ['request.security.missing authorization']]);
  const [finding] = said.report.subjects.flatMap(({ problems }) =>
    problems.map((problem) => problem.finding),
  );
  expect(finding?.severity).toBe('warning');
  expect(finding?.message).toContain('export the HAR with sensitive data');
});

test('a browser that has kept credentials elsewhere has left none out', async () => {
  const said = await checkFiles({ 'one.har': har([drop(bearer), drop()], chrome) });
  expect([said.code, said.findings]).toEqual([1, ['request.security.missing authorization']]);
});
