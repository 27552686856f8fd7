import { MatchersV3 } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { clientOf, newPact } from './consumer.ts';
import {
  exampleOf,
  failure,
  jsonHeaders,
  listed,
  SESSION,
  SESSION_PATH,
  SESSIONS_PATH,
  STORE,
  session,
  withToken,
} from './shapes.ts';

const { eachLike, regex } = MatchersV3;

test('gets a session', () =>
  newPact()
    .addInteraction()
    .given('the session exists')
    .uponReceiving('a request for a session')
    .withRequest('GET', SESSION_PATH, (request) => {
      request.headers(withToken);
    })
    .willRespondWith(200, (response) => {
      response.headers(jsonHeaders).jsonBody(session);
    })
    .executeTest(async (server) => {
      expect(await clientOf(server).get(STORE, SESSION)).toEqual(exampleOf(session));
    }));

test('says that a session does not exist', () =>
  newPact()
    .addInteraction()
    .given('the session does not exist')
    .uponReceiving('a request for a session')
    .withRequest('GET', SESSION_PATH, (request) => {
      request.headers(withToken);
    })
    .willRespondWith(404, (response) => {
      response.headers(jsonHeaders).jsonBody(failure('itemNotFound', 'There is no such session.'));
    })
    .executeTest(async (server) => {
      await expect(clientOf(server).get(STORE, SESSION)).rejects.toMatchObject({
        status: 404,
        code: 'itemNotFound',
        message: 'There is no such session.',
      });
    }));

test('lists sessions, a page at a time', () => {
  const page = {
    '@odata.nextLink': regex(
      '^https?://.+$',
      `https://graph.microsoft.com/beta${SESSIONS_PATH}?$top=2&$skip=2`,
    ),
    value: eachLike(listed),
  };
  return newPact()
    .addInteraction()
    .given('the data store has more sessions than a page')
    .uponReceiving('a request for the first page of sessions')
    .withRequest('GET', SESSIONS_PATH, (request) => {
      request
        .headers(withToken)
        .query({ $top: '2', $select: 'id,state,fileName,creationDateTime', $count: 'true' });
    })
    .willRespondWith(200, (response) => {
      response.headers(jsonHeaders).jsonBody(page);
    })
    .executeTest(async (server) => {
      const answer = await clientOf(server).list(STORE, {
        $top: 2,
        $select: ['id', 'state', 'fileName', 'creationDateTime'],
        $count: true,
      });
      expect(answer).toEqual(exampleOf(page));
    });
});
