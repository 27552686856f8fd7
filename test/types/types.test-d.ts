import createClient from 'openapi-fetch';
import { expectTypeOf, test } from 'vitest';
import '../../src/vitest.ts';
import { expect } from 'vitest';
import { isExactMatchSession } from '../../src/index.ts';
import type {
  CreateExactMatchSessionRequest,
  components,
  ExactMatchSession,
  ODataError,
  OperationId,
  operations,
  paths,
} from '../../src/types.ts';

declare const session: ExactMatchSession;
declare const failure: ODataError;

test('a session has the properties of the document, and no others', () => {
  expectTypeOf(session.id).toEqualTypeOf<string>();
  expectTypeOf(session.rowsPerBlock).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(session.fields).toEqualTypeOf<string[] | null | undefined>();
  expectTypeOf(session.creationDateTime).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(session.error?.innerError?.activityId).toEqualTypeOf<string | null | undefined>();
  // @ts-expect-error: it is spelled dataStoreId.
  void session.datastoreId;
  // @ts-expect-error: there is no such property.
  void session.rows;
});

test('a request has no key, and every property of the right type', () => {
  const request: CreateExactMatchSessionRequest = { rowsPerBlock: 5, state: null, fields: ['mrn'] };
  void request;
  const nothing: CreateExactMatchSessionRequest = {};
  void nothing;
  // @ts-expect-error: the service gives the key.
  const keyed: CreateExactMatchSessionRequest = { id: 's1' };
  // @ts-expect-error: a number is wanted.
  const wrongType: CreateExactMatchSessionRequest = { rowsPerBlock: 'many' };
  // @ts-expect-error: the property is called rowsPerBlock.
  const wrongName: CreateExactMatchSessionRequest = { rowPerBlock: 5 };
  void [keyed, wrongType, wrongName];
});

test('an error has a code, a message and the ids of the request', () => {
  expectTypeOf(failure.error.code).toEqualTypeOf<string>();
  expectTypeOf(failure.error.message).toBeString();
  // @ts-expect-error: the envelope is called error.
  void failure.errors;
});

test('operations are known by their ids', () => {
  expectTypeOf<'createExactMatchSession'>().toExtend<OperationId>();
  expectTypeOf<'createSession'>().not.toExtend<OperationId>();
  type Created = operations['createExactMatchSession']['responses'][201];
  expectTypeOf<Created>().toBeObject();
  // @ts-expect-error: there is no such operation.
  type Unknown = operations['createExactMatchSesion'];
  // @ts-expect-error: there is no such schema.
  type Missing = components['schemas']['exactMatchSesion'];
  expectTypeOf<[Unknown, Missing]>().not.toBeNever();
});

test('a client of the paths takes only what the document has', async () => {
  const client = createClient<paths>({ baseUrl: 'http://localhost' });
  const path = '/dataClassification/exactMatchDataStores/{exactMatchDataStoreId}/sessions';
  const params = { path: { exactMatchDataStoreId: 'patients' } };
  const { data, error } = await client.POST(path, { params, body: { rowsPerBlock: 5 } });
  expectTypeOf(data?.id).toEqualTypeOf<string | undefined>();
  expectTypeOf(error?.error.code).toEqualTypeOf<string | undefined>();
  // @ts-expect-error: the path has no PUT.
  void client.PUT(path, { params });
  // @ts-expect-error: a number is wanted.
  void client.POST(path, { params, body: { rowsPerBlock: 'many' } });
  // @ts-expect-error: the key of the data store is missing.
  void client.POST(path, { body: {} });
});

test('guards and matchers are typed', () => {
  const value: unknown = {};
  if (isExactMatchSession(value)) expectTypeOf(value.id).toBeString();
  expectTypeOf(expect(value).toSatisfySpec()).toEqualTypeOf<Promise<void>>();
  expectTypeOf(expect(value).toBeExactMatchSession()).toEqualTypeOf<void>();
  // @ts-expect-error: an operation's name is text.
  void expect(value).toSatisfySpec({ operation: 5 });
});
