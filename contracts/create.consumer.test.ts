import { MatchersV3 } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { clientOf, newPact } from './consumer.ts';
import {
  createdHeaders,
  everything,
  exampleOf,
  failure,
  jsonHeaders,
  made,
  SESSIONS_PATH,
  STORE,
  session,
  withToken,
} from './shapes.ts';

const { like, regex } = MatchersV3;

test.for([
  ['all properties', everything, session],
  ['no properties', {}, made],
] as const)('creates a session with %s', ([what, properties, answered]) =>
  newPact()
    .addInteraction()
    .given('the data store exists')
    .uponReceiving(`a request to create a session with ${what}`)
    .withRequest('POST', SESSIONS_PATH, (request) => {
      request.headers(withToken).jsonBody(properties);
    })
    .willRespondWith(201, (response) => {
      response.headers(createdHeaders).jsonBody(answered);
    })
    .executeTest(async (server) => {
      const answer = await clientOf(server).create(STORE, exampleOf(properties));
      expect(answer).toEqual(exampleOf(answered));
    }),
);

test('says who may not create a session: nobody without a token', () =>
  newPact()
    .addInteraction()
    .given('the data store exists')
    .uponReceiving('a request to create a session without a token')
    .withRequest('POST', SESSIONS_PATH, (request) => {
      request.jsonBody({});
    })
    .willRespondWith(401, (response) => {
      response
        .headers({ ...jsonHeaders, 'WWW-Authenticate': regex('^Bearer .+$', 'Bearer realm=""') })
        .jsonBody(failure('InvalidAuthenticationToken', 'Access token is empty.'));
    })
    .executeTest(async (server) => {
      const sent: Request[] = [];
      const client = clientOf(server, {
        getToken: () => undefined,
        fetch: (request) => {
          sent.push(request);
          return fetch(request);
        },
      });
      await expect(client.create(STORE)).rejects.toMatchObject({
        name: 'SessionsApiError',
        status: 401,
        code: 'InvalidAuthenticationToken',
        message: 'Access token is empty.',
        requestId: '7f6c3f0e-3a52-4a0f-9d5e-2f7d2f0b6c11',
      });
      // Pact lets a request have more headers than the pact names.
      expect(sent.map(({ headers }) => headers.has('authorization'))).toEqual([false]);
    }));

test('says what is wrong with a session: a property of another type', () =>
  newPact()
    .addInteraction()
    .given('the data store exists')
    .uponReceiving('a request to create a session with text for rowsPerBlock')
    .withRequest('POST', SESSIONS_PATH, (request) => {
      request.headers(withToken).jsonBody({ rowsPerBlock: like('many') });
    })
    .willRespondWith(400, (response) => {
      response.headers(jsonHeaders).jsonBody(failure('invalidRequest', 'Not a whole number.'));
    })
    .executeTest(async (server) => {
      // @ts-expect-error: what the service refuses, the types refuse as well.
      await expect(clientOf(server).create(STORE, { rowsPerBlock: 'many' })).rejects.toMatchObject({
        status: 400,
        code: 'invalidRequest',
        message: 'Not a whole number.',
      });
    }));
