import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSpec } from '../src/index.ts';
import { checkPact } from '../src/pact.ts';
import { PACTS, readPacts, readPactTexts } from './pact-files.ts';

const spec = await loadSpec();
const files = Object.keys(await readPactTexts(PACTS));

test('there are pacts to check', () => {
  expect(files).toEqual([
    'exact-match-uploader-microsoft-graph.json',
    'session-dashboard-microsoft-graph.json',
  ]);
});

test.for(files)('the document allows what %s says', async (file) => {
  const findings = await checkPact(spec, join(PACTS, file));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('the document does not allow what it does not say', async () => {
  const [pact] = await readPacts(PACTS);
  const [interaction] = pact?.interactions ?? [];
  if (!pact || !interaction) throw new Error('There is no interaction.');
  const { request, response } = interaction;
  const elsewhere = { ...interaction, request: { ...request, path: '/elsewhere' } };
  const teapot = { ...interaction, response: { ...response, status: 418 } };
  const findings = await checkPact(spec, { ...pact, interactions: [elsewhere, teapot] });
  expect(findings.map(({ code }) => code)).toEqual([
    'request.path.unmatched',
    'response.status.undeclared',
  ]);
});
