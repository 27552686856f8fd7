import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { type Interaction, mergePacts, PACTS, type Pact, readPacts } from './pact-files.ts';

test('the committed pacts are what the consumer tests have just written', async () => {
  // First, so that `-u` takes no part of the pacts for all of them.
  expect(await unwritten(), 'These were not run, or failed.').toEqual([]);
  const merged = mergePacts(await readPacts(inject('pactFolder')));
  const committed = await readdir(PACTS).catch(() => []);
  const stale = committed.filter((file) => !merged.has(file));
  expect(stale, 'No consumer test writes these: delete them.').toEqual([]);
  for (const [file, text] of merged) {
    await expect(text).toMatchFileSnapshot(join(PACTS, file));
  }
});

test('the order in which pacts were written is nowhere in the files', async () => {
  const pacts = await readPacts(inject('pactFolder'));
  expect(mergePacts(pacts.toReversed())).toEqual(mergePacts(pacts));
});

test('a pact written twice counts once', async () => {
  const pacts = await readPacts(inject('pactFolder'));
  expect(mergePacts([...pacts, ...pacts])).toEqual(mergePacts(pacts));
});

test('the versions of Pact are nowhere in the files', () => {
  const pact = { ...pactOf(200), metadata: { 'pact-js': { version: '1.0.0' } } };
  const [text = ''] = mergePacts([pact]).values();
  expect(JSON.parse(text)).toEqual({
    ...pactOf(200),
    metadata: { pactSpecification: { version: '4.0' } },
  });
});

test('two interactions of one name that differ are refused', () => {
  expect(() => mergePacts([pactOf(200), pactOf(404)])).toThrow(
    'Two interactions that differ are both called a request, given a state.',
  );
});

test('each pair of consumer and provider has a file', () => {
  const other = { ...pactOf(200), consumer: { name: 'another' } };
  expect([...mergePacts([pactOf(200), other]).keys()]).toEqual([
    'another-provider.json',
    'consumer-provider.json',
  ]);
});

function pactOf(status: number): Pact {
  const interaction: Interaction = {
    type: 'Synchronous/HTTP',
    description: 'a request',
    providerStates: [{ name: 'a state' }],
    request: { method: 'GET', path: '/' },
    response: { status },
  };
  return {
    consumer: { name: 'consumer' },
    provider: { name: 'provider' },
    interactions: [interaction],
  };
}

/** The consumer tests of which there is a pact missing in this run. */
async function unwritten(): Promise<readonly string[]> {
  const files = await readdir(import.meta.dirname);
  const tests = files.filter((file) => file.endsWith('.consumer.test.ts'));
  const folders = await Promise.all(
    tests.map(async (file) => {
      const folder = join(inject('pactFolder'), file);
      const pacts = await readdir(folder).catch(() => []);
      const written = await Promise.all(pacts.map((pact) => readdir(join(folder, pact))));
      return { file, written };
    }),
  );
  return folders
    .filter(({ written }) => written.length === 0 || written.some((names) => names.length === 0))
    .map(({ file }) => file);
}
