import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { probe } from '../../src/live.ts';
import { startMock } from '../../src/mock.ts';
import { startInFrontOf } from './provider.ts';

const spec = await loadSpec(fileURLToPath(new URL('fixtures/shop.openapi.yaml', import.meta.url)));

test.for([
  { name: 'with the base path of the document', at: '/v1', given: '' },
  { name: 'with the base path, which is given', at: '/v1', given: '/v1' },
  { name: 'with the base path, which is given with a slash', at: '/v1', given: '/v1/' },
  { name: 'without the base path', at: '', given: '' },
  { name: 'behind a gateway', at: '/shops/7', given: '/shops/7' },
  { name: 'behind a gateway, with the base path', at: '/shops/7/v1', given: '/shops/7' },
])('finds an API that is there $name', async ({ at, given }) => {
  await using mock = await startMock({ spec, listen: false });
  await using provider = await startInFrontOf(mock, async (asked, ask) =>
    new RegExp(`^${at}/(?:customers|health)`).test(asked.path)
      ? ask({ ...asked, path: asked.path.slice(at.length) })
      : { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' },
  );
  const baseUrl = provider.url + given;
  const result = await probe(spec, { baseUrl, token: 'key-key', maxCases: 20 });
  expect(result.baseUrl).toBe(provider.url + at);
  expect(result.failures).toEqual([]);
});
