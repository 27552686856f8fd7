import { expect, test } from 'vitest';
import { type LogEntry, startMock } from '../../src/mock.ts';
import { create, headers, sessions } from './mock.ts';

test('answers what is wrong with --no-validate, and logs why it is', async () => {
  const told: [string, LogEntry][] = [];
  await using mock = await startMock({
    validate: false,
    onLog: (line, entry) => told.push([line, entry]),
  });
  const wrong = await create(mock, { body: '{"rowsPerBlock":"many"}' });
  expect(wrong.status).toBe(201);
  expect(await wrong.json()).toMatchObject({ id: expect.any(String) });
  const anonymous = await fetch(mock.baseUrl + sessions);
  expect(anonymous.status).toBe(200);
  expect((await create(mock, { body: '{' })).status).toBe(201);
  expect((await create(mock)).status).toBe(201);
  expect(told.map(([, { findings }]) => findings.map(({ code }) => code))).toEqual([
    ['request.body.type'],
    ['request.security.missing'],
    ['request.body.malformed'],
    [],
  ]);
  expect(told[0]?.[0]).toMatch(
    / createExactMatchSession 201 [\d.]+ ms 1 finding\n {2}`rowsPerBlock` must be [^\n]+\n {4}request\.body\.type, /,
  );
});

test('remembers nothing that breaks the document', async () => {
  await using mock = await startMock({ validate: false });
  await create(mock, { body: '{"rowsPerBlock":"many"}' });
  const { value } = (await (await fetch(mock.baseUrl + sessions, { headers })).json()) as {
    value: unknown[];
  };
  expect(value).toEqual([]);
});

test('still says so where there is nothing to answer with', async () => {
  await using mock = await startMock({ validate: false });
  expect((await fetch(`${mock.url}/nothing`)).status).toBe(404);
  expect((await fetch(mock.baseUrl + sessions, { method: 'PUT', headers })).status).toBe(405);
});
