import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type MockServer, startMock } from '../../src/mock.ts';

// Microsoft's own client, as people use it, pointed at the mock.
const sessions = '/dataClassification/exactMatchDataStores/patients/sessions';
let mock: MockServer;
let client: Client;
beforeAll(async () => {
  // The client sends its token over HTTPS only.
  mock = await startMock({ tls: true });
  setDefaultCACertificates([...getCACertificates(), mock.certificate?.cert ?? '']);
  client = Client.init({
    baseUrl: `${mock.url}/`,
    defaultVersion: 'beta',
    customHosts: new Set(['127.0.0.1']),
    authProvider: (done) => done(null, 'token'),
  });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test('creates, gets, changes, commits and deletes', async () => {
  const created = await client.api(sessions).post({ fileName: 'patients.tsv' });
  expect(created).toMatchObject({ fileName: 'patients.tsv', state: 'Created' });
  const path = `${sessions}/${created.id}`;
  expect(await client.api(path).select(['id', 'state']).get()).toMatchObject({ id: created.id });
  const changed = await client.api(path).patch({ fileName: 'b.tsv' });
  expect(changed).toMatchObject({ fileName: 'b.tsv' });
  await client.api(`${path}/microsoft.graph.commit`).post({});
  expect(await client.api(path).get()).toMatchObject({ state: 'ProcessingInProgress' });
  await client.api(path).delete();
  await expect(client.api(path).get()).rejects.toMatchObject({
    statusCode: 404,
    code: 'itemNotFound',
    requestId: expect.stringMatching(/^[\da-f-]{36}$/),
  });
});

test('pages to the end with its PageIterator', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    ids.push((await client.api(sessions).post({ fileName: `${index}.tsv` })).id);
  }
  const first = await client.api(sessions).top(3).get();
  expect(first.value).toHaveLength(3);
  const found: string[] = [];
  const iterator = new PageIterator(client, first, ({ id }: { id: string }) => {
    found.push(id);
    return true;
  });
  await iterator.iterate();
  expect(found).toEqual(ids);
});

test('filters, sorts and counts', async () => {
  for (const fileName of ['a.tsv', 'b.tsv', 'c.csv']) await client.api(sessions).post({ fileName });
  const answer = await client
    .api(sessions)
    .filter("endsWith(fileName,'.tsv')")
    .orderby('fileName desc')
    .count(true)
    .get();
  expect(answer['@odata.count']).toBe(2);
  expect(answer.value.map(({ fileName }: { fileName: string }) => fileName)).toEqual([
    'b.tsv',
    'a.tsv',
  ]);
});

test('sends a batch', async () => {
  const { responses } = await client.api('/$batch').post({
    requests: [
      {
        id: '1',
        method: 'POST',
        url: sessions,
        headers: { 'Content-Type': 'application/json' },
        body: {},
      },
      { id: '2', method: 'GET', url: sessions, dependsOn: ['1'] },
    ],
  });
  expect(responses).toMatchObject([
    { id: '1', status: 201 },
    { id: '2', status: 200, body: { value: [{ state: 'Created' }] } },
  ]);
});

test('survives throttling by its own retry handler', async () => {
  await mock.setFaults({ throttle: '1/1s' });
  await client.api(sessions).post({});
  const { value } = await client.api(sessions).get();
  expect(value).toHaveLength(1);
  const statuses = (await mock.requests()).map(({ response }) => response.status);
  expect(statuses).toEqual([201, 429, 200]);
});
