import { expect, test } from 'vitest';
import { clientOf, newPact } from './consumer.ts';
import {
  failure,
  jsonHeaders,
  requestId,
  SESSION,
  SESSION_PATH,
  STORE,
  withToken,
} from './shapes.ts';

test('commits a session', () =>
  newPact()
    .addInteraction()
    .given('the session is uploaded')
    .uponReceiving('a request to commit a session')
    .withRequest('POST', `${SESSION_PATH}/commit`, (request) => {
      request.headers(withToken);
    })
    .willRespondWith(204, (response) => {
      response.headers(requestId);
    })
    .executeTest(async (server) => {
      await expect(clientOf(server).commit(STORE, SESSION)).resolves.toBeUndefined();
    }));

test('says that a session cannot be committed any more', () =>
  newPact()
    .addInteraction()
    .given('the session is completed')
    .uponReceiving('a request to commit a session')
    .withRequest('POST', `${SESSION_PATH}/commit`, (request) => {
      request.headers(withToken);
    })
    .willRespondWith(409, (response) => {
      response.headers(jsonHeaders).jsonBody(failure('Conflict', 'The session is completed.'));
    })
    .executeTest(async (server) => {
      await expect(clientOf(server).commit(STORE, SESSION)).rejects.toMatchObject({
        status: 409,
        code: 'Conflict',
      });
    }));
