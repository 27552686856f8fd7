import { expect, test } from 'vitest';
import type { CreateExactMatchSessionRequest } from '../src/types.ts';
import { clientOf, pact, store } from './consumer.ts';

/** What the client never gives: the service makes it, or has other operations for it. */
type MadeByService = 'id' | 'uploadAgent' | '@odata.context' | '@odata.id' | '@odata.etag';

/** Every property that a session can be created with: of these the compiler misses none. */
const everything: Required<Omit<CreateExactMatchSessionRequest, MadeByService>> = {
  '@odata.type': '#microsoft.graph.exactMatchSession',
  creationDateTime: '2024-05-14T08:20:31.5172918Z',
  startDateTime: '2024-05-14T08:20:33Z',
  lastUpdatedDateTime: '2024-05-14T08:21:02.25Z',
  completionDateTime: '2024-05-14T10:21:02+02:00',
  error: {
    code: 'BlockMissing',
    message: 'Block 7 was never uploaded.',
    details: [{ code: 'BlockMissing', target: 'blocks/7' }],
  },
  dataStoreId: 'patients',
  remainingBlockCount: 12,
  totalBlockCount: 12,
  state: 'Created',
  uploadCompletionDateTime: '2024-05-14T08:31:05Z',
  processingCompletionDateTime: '2024-05-14T08:40:12Z',
  totalJobCount: 3,
  remainingJobCount: 3,
  uploadAgentId: '1f0c8e4a-90f5-4d2c-9b1e-5f8a8f5e2c47',
  fields: ['mrn', 'ssn'],
  fileName: 'patients.tsv',
  checksum: '9b74c9897bac770ffc029102a200c5de',
  dataUploadURI: 'https://edm.blob.core.windows.net/upload/4f1d?sv=2023-11-03&sig=rX0Fz2',
  rowsPerBlock: 50_000,
  salt: '5fG1kQm2rZ9TtB8yLw0xNA==',
};

/** What the uploader reads of a session that it has made: where to upload, in what pieces, hashed how. */
const READ = [
  'id',
  'state',
  'dataStoreId',
  'dataUploadURI',
  'rowsPerBlock',
  'salt',
  'totalBlockCount',
  'remainingBlockCount',
  'creationDateTime',
] as const;

test('creates a session with all properties', () =>
  pact.interaction(
    {
      operation: 'createExactMatchSession',
      description: 'a request to create a session with all properties',
      given: 'the data store exists',
      path: store,
      body: everything,
      status: 201,
      uses: [...READ, 'fields', 'fileName'],
      usesHeaders: ['Location', 'request-id'],
    },
    async (served) => {
      const made = await clientOf(served).create('patients', everything);
      expect(made).toEqual(served.response.body);
    },
  ));

test('creates a session with no properties', () =>
  pact.interaction(
    {
      operation: 'createExactMatchSession',
      description: 'a request to create a session with no properties',
      given: 'the data store exists',
      path: store,
      body: {},
      status: 201,
      uses: READ,
      usesHeaders: ['Location', 'request-id'],
    },
    async (served) => {
      expect(await clientOf(served).create('patients')).toEqual(served.response.body);
    },
  ));

test('says who may not create a session: nobody without a token', () =>
  pact.interaction(
    {
      operation: 'createExactMatchSession',
      description: 'a request to create a session without a token',
      given: 'the data store exists',
      path: store,
      body: {},
      mistakes: ['request.security.missing'],
      status: 401,
      uses: ['error.code', 'error.message'],
      usesHeaders: ['request-id', 'WWW-Authenticate'],
    },
    async (served) => {
      const sent: Request[] = [];
      const client = clientOf(served, {
        getToken: () => undefined,
        fetch: (request) => {
          sent.push(request);
          return fetch(request);
        },
      });
      await expect(client.create('patients')).rejects.toMatchObject({
        name: 'SessionsApiError',
        status: 401,
        ...served.response.body.error,
        requestId: served.response.headers['request-id'],
      });
      // Pact lets a request have more headers than the pact names.
      expect(sent.map(({ headers }) => headers.has('authorization'))).toEqual([false]);
    },
  ));

test('says what is wrong with a session: a property of another type', () =>
  pact.interaction(
    {
      operation: 'createExactMatchSession',
      description: 'a request to create a session with text for rowsPerBlock',
      given: 'the data store exists',
      path: store,
      // @ts-expect-error: what the service refuses, the types refuse as well.
      body: { rowsPerBlock: 'many' },
      mistakes: ['request.body.type'],
      status: 400,
      uses: ['error.message'],
      equals: { error: { code: 'invalidRequest' } },
    },
    async (served) => {
      // @ts-expect-error: the same in the client.
      const answer = clientOf(served).create('patients', { rowsPerBlock: 'many' });
      await expect(answer).rejects.toMatchObject({ status: 400, ...served.response.body.error });
    },
  ));
