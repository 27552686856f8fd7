import { expect, test } from 'vitest';
import { clientOf, pact, session, store } from './consumer.ts';

const { exactMatchDataStoreId, exactMatchSessionId } = session;

test('gets a session', () =>
  pact.interaction(
    {
      operation: 'getExactMatchSession',
      description: 'a request for a session',
      given: 'the session exists',
      path: session,
      status: 200,
      uses: [
        'id',
        'state',
        'dataUploadURI',
        'rowsPerBlock',
        'remainingBlockCount',
        'fields',
        'fileName',
      ],
    },
    async (served) => {
      const found = await clientOf(served).get(exactMatchDataStoreId, exactMatchSessionId);
      expect(found).toEqual(served.response.body);
    },
  ));

test('says that a session does not exist', () =>
  pact.interaction(
    {
      operation: 'getExactMatchSession',
      description: 'a request for a session',
      given: 'the session does not exist',
      path: session,
      status: 404,
      uses: ['error.code', 'error.message'],
      usesHeaders: ['request-id'],
    },
    async (served) => {
      const answer = clientOf(served).get(exactMatchDataStoreId, exactMatchSessionId);
      await expect(answer).rejects.toMatchObject({
        status: 404,
        ...served.response.body.error,
        requestId: served.response.headers['request-id'],
      });
    },
  ));

test('lists sessions, a page at a time', () => {
  const query = {
    $top: 2,
    $select: ['id', 'state', 'fileName', 'creationDateTime'],
    $count: true,
  };
  return pact.interaction(
    {
      operation: 'listExactMatchSessions',
      description: 'a request for the first page of sessions',
      given: 'the data store has more sessions than a page',
      path: store,
      query,
      status: 200,
      uses: [
        '@odata.nextLink',
        'value[].id',
        'value[].state',
        'value[].fileName',
        'value[].creationDateTime',
      ],
    },
    async (served) => {
      const page = await clientOf(served).list(exactMatchDataStoreId, query);
      expect(page).toEqual(served.response.body);
    },
  );
});
