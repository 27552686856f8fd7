import axios from 'axios';
import createClient from 'openapi-fetch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MockServer, startMock } from '../../src/mock.ts';
import type { paths } from '../../src/types.ts';

const sessions = '/dataClassification/exactMatchDataStores/{exactMatchDataStoreId}/sessions';
const headers = { authorization: 'Bearer token' };
let mock: MockServer;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

test('openapi-fetch creates, pages and is throttled', async () => {
  const client = createClient<paths>({
    baseUrl: mock.baseUrl,
    headers,
    querySerializer: { array: { style: 'form', explode: false } },
  });
  const params = { path: { exactMatchDataStoreId: 'patients' } };
  for (const fileName of ['a', 'b', 'c'])
    await client.POST(sessions, { params, body: { fileName } });
  const query = { $top: 2, $select: ['fileName'], $orderby: ['fileName desc'] };
  const { data } = await client.GET(sessions, { params: { ...params, query } });
  expect(data?.value.map(({ fileName }) => fileName)).toEqual(['c', 'b']);
  const next = await fetch(data?.['@odata.nextLink'] ?? '', { headers });
  expect(await next.json()).toMatchObject({ value: [{ fileName: 'a' }] });
  await mock.setFaults({ throttle: '1/30s' });
  await client.GET(sessions, { params });
  const { response, error } = await client.GET(sessions, { params });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30']);
  expect(error?.error.code).toBe('TooManyRequests');
});

test('axios creates, reads, and sees failures as the API has them', async () => {
  const client = axios.create({ baseURL: mock.baseUrl, headers });
  const path = sessions.replace('{exactMatchDataStoreId}', 'patients');
  const created = await client.post(path, { fileName: 'a.tsv' });
  expect(created.status).toBe(201);
  const read = await client.get(`${path}/${created.data.id}`);
  expect(read.data).toMatchObject({ fileName: 'a.tsv' });
  const etag = String(read.headers['etag']);
  await client.patch(
    `${path}/${created.data.id}`,
    { fileName: 'b.tsv' },
    { headers: { 'If-Match': etag } },
  );
  await expect(
    client.patch(`${path}/${created.data.id}`, {}, { headers: { 'If-Match': etag } }),
  ).rejects.toMatchObject({
    response: { status: 412, data: { error: { code: 'resourceModified' } } },
  });
  const failing = client.post(path, { rowsPerBlock: 'many' });
  await expect(failing).rejects.toMatchObject({
    response: { status: 400, data: { error: { details: [{ target: '/rowsPerBlock' }] } } },
  });
});
