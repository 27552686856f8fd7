import { expect, test } from 'vitest';
import { clientOf, pact, session } from './consumer.ts';

test('commits a session', () =>
  pact.interaction(
    {
      operation: 'commitExactMatchSession',
      description: 'a request to commit a session',
      given: 'the session is uploaded',
      path: session,
      status: 204,
      usesHeaders: ['request-id'],
    },
    async (served) => {
      const { exactMatchDataStoreId, exactMatchSessionId } = session;
      const answer = clientOf(served).commit(exactMatchDataStoreId, exactMatchSessionId);
      await expect(answer).resolves.toBeUndefined();
    },
  ));

test('says that a session cannot be committed any more', () =>
  pact.interaction(
    {
      operation: 'commitExactMatchSession',
      description: 'a request to commit a session',
      given: 'the session is completed',
      path: session,
      status: 409,
      uses: ['error.code', 'error.message'],
    },
    async (served) => {
      const { exactMatchDataStoreId, exactMatchSessionId } = session;
      const answer = clientOf(served).commit(exactMatchDataStoreId, exactMatchSessionId);
      await expect(answer).rejects.toMatchObject({ status: 409, ...served.response.body.error });
    },
  ));
