import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { nearestOperations } from '../../src/spec/nearest.ts';

const paths = ['/pets', '/pets/{id}', '/pets/{id}/toys', '/orders', '/orders/{id}', '/', '/users'];
const spec = await loadSpec({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: {} } }])),
});

test.for([
  ['/pet', '/pets'],
  ['/pets/1/toy', '/pets/{id}/toys'],
  ['/order/5', '/orders/{id}'],
  ['/user', '/users'],
] as const)('%s comes nearest to %s', ([asked, nearest]) => {
  const found = nearestOperations(spec, asked).map(({ path }) => path);
  expect([found[0], found.length]).toEqual([nearest, 5]);
});
