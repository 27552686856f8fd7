import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';
import { brokenAnswers } from './broken-answers.ts';
import { brokenConnections } from './broken-connections.ts';
import { brokenItems } from './broken-items.ts';
import { brokenRequests } from './broken-requests.ts';
import { startInFrontOf } from './provider.ts';

const spec = await loadSpec(fileURLToPath(new URL('fixtures/shop.openapi.yaml', import.meta.url)));
const key = { value: 'key-of-the-shop', variable: 'SHOP_KEY' };

const breakages = [...brokenAnswers, ...brokenRequests, ...brokenItems, ...brokenConnections];

test('there are more than forty ways', () => {
  expect(new Set(breakages.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40);
});

test.for(breakages)('finds $name', async (breakage) => {
  const { alter, operations, found, warned = [], isReading = false } = breakage;
  const { maxCases = 40, timeout = 10_000 } = breakage;
  await using mock = await startMock({ ...breakage.mock, spec, listen: false });
  await using provider = await startInFrontOf(mock, alter);
  const result = await probe(spec, {
    baseUrl: provider.url,
    tokens: [key],
    operations,
    allowWrites: !isReading,
    timeout,
    maxCases,
  });
  const codes = (isWarning: boolean) =>
    result.findings
      .filter(({ severity }) => (severity === 'warning') === isWarning)
      .map(({ code }) => code);
  expect([...new Set(codes(false))].sort()).toEqual(found);
  expect([...new Set(codes(true))].sort()).toEqual(warned);
});

test('finds nothing where nothing is broken', async () => {
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, (asked, ask) => ask(asked));
  const options = { baseUrl: provider.url, tokens: [key], allowWrites: true, maxCases: 150 };
  const result = await probe(spec, options);
  expect(result.failures).toEqual([]);
  expect(result.leftovers).toEqual([]);
});
