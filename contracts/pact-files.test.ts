import { readdir } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { PACTS, readPacts, readPactTexts } from './pact-files.ts';

// Whoever changes a consumer test sees this fail once, and commits what it has written.
test('the pacts are byte for byte what the consumer tests write', async () => {
  expect(await readPactTexts(PACTS)).toEqual(inject('committedPacts'));
});

test('each consumer test has written into a pact', async () => {
  const files = await readdir(import.meta.dirname);
  const tests = files.filter((file) => file.endsWith('.consumer.test.ts'));
  const names = (await readPacts(PACTS)).flatMap(({ interactions }) =>
    interactions.map(({ comments }) => comments?.testname?.split(' > ')[0]),
  );
  expect([...new Set(names)].sort()).toEqual(tests.map((file) => `contracts/${file}`).sort());
});
