import { expect, test } from 'vitest';
import { DRIFTS } from './drifts.ts';
import { verifyDrifts } from './verify-drift.ts';

test('there are twenty drifts', () => {
  expect(new Set(DRIFTS.map(({ name }) => name)).size).toBe(20);
});

test('verify', async () => {
  const [none, ...found] = await verifyDrifts([undefined, ...DRIFTS]);
  expect(none).toEqual([]);
  console.log(DRIFTS.map(({ name }, index) => `${name}: ${found[index]?.join(', ')}`).join('\n'));
});
