import { beforeEach, expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { type MockServer, startMock } from '../../src/mock.ts';
import { type Ask, createAsk, type Members } from './asker.ts';
import { sessions } from './mock.ts';

let mock: MockServer;
let ask: Ask;
beforeEach(async () => {
  mock = await startMock({ now: '2024-05-14T08:00:00Z', frozen: true, listen: false });
  ask = createAsk(mock, await loadSpec());
});

test('runs a batch through the same way', async () => {
  const { status, body } = await ask('POST', '/$batch', {
    requests: [
      { id: 'read', method: 'GET', url: `${sessions}?$select=fileName`, dependsOn: ['make'] },
      { id: 'make', method: 'POST', url: sessions, body: { fileName: 'b.tsv' } },
      { id: 'bad', method: 'POST', url: sessions, body: { rowsPerBlock: 'many' } },
      { id: 'after', method: 'GET', url: sessions, dependsOn: ['bad'] },
      { id: 'lost', method: 'GET', url: '/nothing' },
    ],
  });
  expect(status).toBe(200);
  expect(body['responses']).toMatchObject([
    { id: 'read', status: 200, body: { value: [{ fileName: 'b.tsv' }] } },
    { id: 'make', status: 201, body: { fileName: 'b.tsv' } },
    { id: 'bad', status: 400, body: { error: { code: 'invalidRequest' } } },
    { id: 'after', status: 424 },
    { id: 'lost', status: 404 },
  ]);
});

const one = { id: '1', method: 'GET', url: sessions };

test.for([
  [Array.from({ length: 21 }, (_, index) => ({ ...one, id: String(index) })), '20'],
  [[one, one], 'The id "1" is given twice'],
  [[{ ...one, dependsOn: ['2'] }], 'depends on "2"'],
  [
    [
      { ...one, dependsOn: ['2'] },
      { ...one, id: '2', dependsOn: ['1'] },
    ],
    'in a circle',
  ],
  [[{ ...one, url: 'https://elsewhere.example/' }], 'must be relative'],
  [[{ ...one, method: 'POST', url: '/$batch' }], 'cannot be nested'],
] as const)('refuses a batch %#', async ([requests, reason]) => {
  const { status, body } = await ask('POST', '/$batch', { requests });
  expect(status).toBe(400);
  expect((body['error'] as Members)['message']).toContain(reason);
});

test.for([
  [{ id: '1', method: 'GET', url: '/things', dependsOn: '2' }, '"dependsOn" of "1" must be a list'],
  [{ id: '1', method: 'GET' }, '"1" has no "method" or no "url"'],
  [{ id: '1', url: '/things' }, '"1" has no "method" or no "url"'],
  [{ method: 'GET', url: '/things' }, 'requests[0] has no id'],
] as const)('refuses a batch that its document says nothing of: %j', async ([request, reason]) => {
  const done = { 200: { description: 'Done' } };
  const spec = await loadSpec({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': { get: { responses: done } },
      '/$batch': {
        post: { requestBody: { content: { 'application/json': {} } }, responses: done },
      },
    },
  });
  await using other = await startMock({ spec, listen: false });
  const body = JSON.stringify({ requests: [request] });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const response = await other.fetch('/$batch', init);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining(reason) });
});
