import { expect, test } from 'vitest';
import '../../src/vitest.ts';
import { loadSpec } from '../../src/index.ts';
import { startMock } from '../../src/mock.ts';
import { create, headers, sessions } from '../mock/mock.ts';

const session = { id: 's1', state: 'Created', rowsPerBlock: 50_000 };
const created = {
  status: 201,
  headers: {
    'content-type': 'application/json',
    'request-id': '7f6c3f0e-3a52-4a0f-9d5e-2f7d2f0b6c11',
    location: 'https://graph.microsoft.com/beta/sessions/s1',
  },
  body: session,
};

test('finds the operation of a response by its URL', async () => {
  await using mock = await startMock();
  await expect(await create(mock)).toSatisfySpec();
  await expect(await fetch(mock.baseUrl + sessions, { headers })).toSatisfySpec();
  await expect(await create(mock, { headers: {} })).toSatisfySpec();
});

test('takes plain objects with an operation', async () => {
  await expect(created).toSatisfySpec({ operation: 'createExactMatchSession' });
  await expect({ ...created, body: { id: 5 } }).not.toSatisfySpec({
    operation: 'createExactMatchSession',
  });
});

test('takes a document of one’s own, loaded or not', async () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/n': {
        get: {
          operationId: 'getN',
          responses: {
            200: {
              description: 'N',
              content: { 'application/json': { schema: { type: 'integer' } } },
            },
          },
        },
      },
    },
  };
  const response = { status: 200, headers: { 'content-type': 'application/json' }, body: 5 };
  await expect(response).toSatisfySpec({ spec: document, operation: 'getN' });
  await expect(response).toSatisfySpec({ spec: await loadSpec(document), operation: 'getN' });
  await expect({ ...response, body: 'x' }).not.toSatisfySpec({ spec: document, operation: 'getN' });
});

test('fails with the findings', async () => {
  const failure = await expect({ ...created, body: { ...session, rowsPerBlock: 'many' } })
    .toSatisfySpec({ operation: 'createExactMatchSession' })
    .catch((cause: unknown) => cause);
  expect(String(failure)).toMatch(
    /expected the response to satisfy the document\n\n {2}× `rowsPerBlock` must be .*, got "many"\.\n {4}response\.body\.type, .*\.yaml:\d+:\d+/,
  );
});

test('tells sessions from other values', () => {
  expect(session).toBeExactMatchSession();
  expect({ ...session, state: 5 }).not.toBeExactMatchSession();
  expect({ ...session, extra: 5 }).toBeExactMatchSession();
  expect({ ...session, extra: 5 }).not.toBeExactMatchSession({ strict: true });
  expect(() => expect({ ...session, state: 5 }).toBeExactMatchSession()).toThrow(
    /expected the value to be an exactMatchSession\n\n {2}× `state` must be/,
  );
  expect(() => expect(session).not.toBeExactMatchSession()).toThrow(
    'expected the value not to be an exactMatchSession',
  );
});
