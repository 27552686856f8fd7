import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec, type Spec } from '../../src/index.ts';
import { probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';

const documents: Readonly<Record<string, Spec>> = {
  shipped: await loadSpec(),
  shop: await loadSpec(file('shop')),
  kennel: await loadSpec(file('kennel')),
};

function file(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}.openapi.yaml`, import.meta.url));
}

const runs = [
  { document: 'shipped', allowWrites: true, seed: 1 },
  { document: 'shipped', allowWrites: true, seed: 2 },
  { document: 'shipped', allowWrites: false, seed: 1 },
  { document: 'shipped', allowWrites: true, stateless: true, seed: 1 },
  { document: 'shipped', allowWrites: false, stateless: true, seed: 1 },
  { document: 'shop', allowWrites: true, seed: 1 },
  { document: 'shop', allowWrites: true, seed: 2 },
  { document: 'shop', allowWrites: false, seed: 3 },
  { document: 'shop', allowWrites: true, stateless: true, seed: 1 },
  { document: 'kennel', allowWrites: true, seed: 1 },
  { document: 'kennel', allowWrites: true, seed: 4 },
  { document: 'kennel', allowWrites: false, seed: 1 },
  { document: 'kennel', allowWrites: true, stateless: true, seed: 1 },
];

test.for(runs)('finds nothing at an honest mock: %j', async (run) => {
  const { document, stateless = false, ...options } = run;
  // Another seed makes other values, and the same cases.
  const maxCases = options.seed === 1 ? 160 : 80;
  const spec = documents[document] as Spec;
  await using mock = await startMock({ spec, stateless });
  const { baseUrl } = mock;
  const result = await probe(spec, { ...options, baseUrl, token: 'user:secret', maxCases });
  const told = result.failures.map(({ origin, findings }) => ({
    origin,
    findings: findings.map(({ code, message }) => `${code}: ${message}`),
  }));
  // What remembers nothing is told of, and that is no error.
  const isTold = ({ findings }: (typeof told)[number]) =>
    findings.every((text) => text.startsWith('provider.stateless'));
  expect(stateless ? told.filter((each) => !isTold(each)) : told).toEqual([]);
  expect(result.leftovers).toEqual([]);
  expect(result.checked).toBeGreaterThan(25);
});

test('deletes what it created, and touches nothing else', async () => {
  const { shop } = documents;
  const kept = {
    id: 'kept',
    createdAt: '2024-05-14T08:00:00Z',
    name: 'Ann',
    email: 'ann@a.example',
  };
  const seedData = { '/customers': [kept] };
  await using mock = await startMock({ spec: shop as Spec, seedData });
  const before = await mock.state();
  const { baseUrl } = mock;
  const options = { baseUrl, token: 'secret', allowWrites: true, maxCases: 150 };
  const { leftovers } = await probe(shop as Spec, options);
  expect(leftovers).toEqual([]);
  const { length } = await mock.requests({ operation: 'createCustomer', status: 201 });
  expect(length).toBeGreaterThan(3);
  expect(await mock.state()).toEqual(before);
});
