import { MatchersV3 } from '@pact-foundation/pact';
import type { CreateExactMatchSessionRequest } from '../src/types.ts';

const { eachLike, integer, like, reify, regex } = MatchersV3;

/** The value that a shape of matchers has as its example. */
export type Example<Shape> =
  Shape extends MatchersV3.Matcher<infer Value>
    ? Example<Value>
    : Shape extends object
      ? { [Name in keyof Shape]: Example<Shape[Name]> }
      : Shape;

export function exampleOf<Shape>(shape: Shape): Example<Shape> {
  return reify(shape) as Example<Shape>;
}

export const STORE = 'patients';
export const SESSION = 'ab8cf3ab-36b0-b07a-e010-dfbc942fe48b';
export const SESSIONS_PATH = `/dataClassification/exactMatchDataStores/${STORE}/sessions`;
export const SESSION_PATH = `${SESSIONS_PATH}/${SESSION}`;

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const DATE_TIME = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?(Z|[+-]\\d\\d:\\d\\d)$';

const dateTime = (example: string) => regex(DATE_TIME, example);

/** What a client may say of itself in a request. */
export const withToken = { Authorization: regex('^Bearer .+$', 'Bearer eyJ0eXAiOiJKV1QifQ') };

/** What every answer has. */
export const requestId = { 'request-id': regex(UUID, '7f6c3f0e-3a52-4a0f-9d5e-2f7d2f0b6c11') };

/** What every answer with a body has; the service may add parameters to the media type. */
export const jsonHeaders = {
  ...requestId,
  'Content-Type': regex('^application/json(;.*)?$', 'application/json'),
};

/** What the answer to a creation has. */
export const createdHeaders = {
  ...jsonHeaders,
  Location: regex(
    '^https?://.+/sessions/[^/]+$',
    `https://graph.microsoft.com/beta${SESSION_PATH}`,
  ),
};

/** What the client never gives: the service makes it, or has other operations for it. */
type MadeByService = 'id' | 'uploadAgent' | '@odata.context' | '@odata.id' | '@odata.etag';

/** Every property that a session can be created with: of these the compiler misses none. */
export const everything = {
  '@odata.type': '#microsoft.graph.exactMatchSession',
  creationDateTime: dateTime('2024-05-14T08:20:31.5172918Z'),
  startDateTime: dateTime('2024-05-14T08:20:33Z'),
  lastUpdatedDateTime: dateTime('2024-05-14T08:21:02.25Z'),
  completionDateTime: dateTime('2024-05-14T10:21:02+02:00'),
  error: {
    code: like('BlockMissing'),
    message: like('Block 7 was never uploaded.'),
    details: eachLike({ code: like('BlockMissing'), target: like('blocks/7') }),
  },
  dataStoreId: like(STORE),
  remainingBlockCount: integer(12),
  totalBlockCount: integer(12),
  state: like('Created'),
  uploadCompletionDateTime: dateTime('2024-05-14T08:31:05Z'),
  processingCompletionDateTime: dateTime('2024-05-14T08:40:12Z'),
  totalJobCount: integer(3),
  remainingJobCount: integer(3),
  uploadAgentId: like('1f0c8e4a-90f5-4d2c-9b1e-5f8a8f5e2c47'),
  fields: eachLike('mrn'),
  fileName: like('patients.tsv'),
  checksum: like('9b74c9897bac770ffc029102a200c5de'),
  dataUploadURI: like('https://edm.blob.core.windows.net/upload/4f1d?sv=2023-11-03&sig=rX0Fz2'),
  rowsPerBlock: integer(50_000),
  salt: like('5fG1kQm2rZ9TtB8yLw0xNA=='),
} as const satisfies Record<Exclude<keyof CreateExactMatchSessionRequest, MadeByService>, unknown>;

/** What the service makes of a session by itself: where to upload, in what pieces, hashed how. */
export const made = {
  id: like(SESSION),
  state: like('Created'),
  dataStoreId: like(STORE),
  dataUploadURI: regex('^https://.+$', 'https://edm.blob.core.windows.net/upload/4f1d?sig=rX0Fz2'),
  rowsPerBlock: integer(50_000),
  salt: like('5fG1kQm2rZ9TtB8yLw0xNA=='),
  totalBlockCount: integer(12),
  remainingBlockCount: integer(12),
  creationDateTime: dateTime('2024-05-14T08:20:31.5172918Z'),
};

/** What the uploader reads of a session that it has named. */
export const session = { ...made, fields: eachLike('mrn'), fileName: like('patients.tsv') };

/** What the uploader shows of a session in a list. */
export const listed = {
  id: like(SESSION),
  state: like('Created'),
  fileName: like('patients.tsv'),
  creationDateTime: dateTime('2024-05-14T08:20:31.5172918Z'),
};

/** What the client reads of a failure. */
export function failure(code: string, message: string) {
  return { error: { code: like(code), message: like(message) } };
}
