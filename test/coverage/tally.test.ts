import { expect, test } from 'vitest';
import { toRequestMessage, toResponseMessage } from '../../src/check/exchange.ts';
import { type ExchangeInput, judgeExchange } from '../../src/check/judge-exchange.ts';
import { createTally, type Tally, toExercised } from '../../src/coverage/tally.ts';
import { readSpec } from '../../src/spec/load.ts';
import type { Spec } from '../../src/spec/spec.ts';

const item = {
  type: 'object',
  properties: {
    id: { type: 'string', readOnly: true },
    secret: { type: 'string', writeOnly: true },
    tags: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    parent: { $ref: '#/components/schemas/item' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const reference = { $ref: '#/components/schemas/item' };

const document = {
  openapi: '3.1.0',
  info: { title: 'Items', version: '1' },
  paths: {
    '/items': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'top', in: 'query', schema: { type: 'integer' } },
          { name: 'skip', in: 'query', schema: { type: 'integer' } },
        ],
        responses: {
          200: { description: 'all', ...json({ type: 'array', items: reference }) },
          '4XX': { description: 'wrong' },
          default: { description: 'other' },
        },
      },
      post: {
        operationId: 'create',
        requestBody: json(reference),
        responses: { 201: { description: 'made', ...json(reference) } },
      },
    },
    '/broken': {
      get: {
        operationId: 'broken',
        responses: { 200: { description: 'x', ...json({ $ref: '#/nowhere' }) } },
      },
    },
  },
  components: { schemas: { item } },
};

async function add(tally: Tally, spec: Spec, { request, response }: ExchangeInput): Promise<void> {
  const verdict = judgeExchange(spec, {
    request: await toRequestMessage(request),
    response: response && (await toResponseMessage(response)).message,
  });
  const isFailed = [...verdict.requestFindings, ...verdict.responseFindings].length > 0;
  tally.add(toExercised(verdict, isFailed));
}

const listed = (body: unknown) => ({
  request: { method: 'GET', url: '/items?top=5' },
  response: { status: 200, headers: { 'content-type': 'application/json' }, body },
});

test('counts nothing of a document that nobody has used', async () => {
  const { totals, operations } = createTally(await readSpec(document)).coverage();
  expect(totals).toEqual({
    operations: { seen: 0, total: 3 },
    statuses: { seen: 0, total: 5 },
    parameters: { seen: 0, total: 2 },
    // Of the list, of the creation, of its answer; writeOnly and readOnly ones where they travel.
    properties: { seen: 0, total: 18 },
  });
  expect(operations.map(({ id, requests }) => [id, requests])).toEqual([
    ['list', 0],
    ['create', 0],
    ['broken', 0],
  ]);
});

test('tells passed from failed, and statuses that are declared from others', async () => {
  const spec = await readSpec(document);
  const tally = createTally(spec);
  await add(tally, spec, listed([]));
  await add(tally, spec, listed([{ id: 5 }]));
  await add(tally, spec, { request: { method: 'GET', url: '/items' }, response: { status: 404 } });
  await add(tally, spec, {
    request: {
      method: 'POST',
      url: '/items',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    },
    response: { status: 418 },
  });
  await add(tally, spec, {
    request: { method: 'GET', url: '/nowhere' },
    response: { status: 404 },
  });
  const [list, create] = tally.coverage().operations;
  const countsOf = (operation: typeof list) =>
    operation?.statuses.map(({ status, isDeclared, passed, failed }) => [
      status,
      isDeclared,
      passed,
      failed,
    ]);
  expect(countsOf(list)).toEqual([
    ['200', true, 1, 1],
    ['4XX', true, 1, 0],
    ['default', true, 0, 0],
  ]);
  expect(countsOf(create)).toEqual([
    ['201', true, 0, 0],
    ['418', false, 0, 1],
  ]);
  expect(list?.parameters.map(({ name, isSeen }) => [name, isSeen])).toEqual([
    ['top', true],
    ['skip', false],
  ]);
});

test('names the properties that were seen and the ones that were not, and ends at a circle', async () => {
  const spec = await readSpec(document);
  const tally = createTally(spec);
  await add(tally, spec, listed([{ id: '1' }, { tags: [{}, { name: 'x' }], constructor: 1 }]));
  const paths = () => tally.coverage().operations[0]?.statuses[0]?.properties;
  expect(paths()).toEqual({
    seen: 3,
    total: 6,
    seenPaths: ['[].id', '[].tags', '[].tags[].name'],
    unseenPaths: ['[].parent', '[].labels', '[].labels.*'],
  });
  await add(tally, spec, listed([{ parent: { id: 'x' }, labels: { any: 'x' } }]));
  expect(paths()?.unseenPaths).toEqual([]);
});

test('adds up what several tallies have counted, as one would have', async () => {
  const spec = await readSpec(document);
  const exchanges = [listed([{ id: '1' }]), listed([{ labels: { a: 'b' } }]), listed([{ id: 5 }])];
  const one = createTally(spec);
  const sum = createTally(await readSpec(document));
  for (const exchange of exchanges) {
    await add(one, spec, exchange);
    const part = createTally(spec);
    await add(part, spec, exchange);
    sum.merge(JSON.parse(JSON.stringify(part.counted())));
  }
  expect(sum.coverage()).toEqual(one.coverage());
});
