import { type DefinedPact, definePact } from '../src/pact.ts';
import type { operations } from '../src/types.ts';
import { PACTS } from './pact-files.ts';
import {
  createSessionsClient,
  type SessionsClient,
  type SessionsClientOptions,
} from './sessions-client.ts';

/** What the uploader and the service have agreed on. */
export const pact: DefinedPact<operations> = definePact({
  consumer: 'exact-match-uploader',
  provider: 'microsoft-graph',
  dir: PACTS,
});

const STORE = 'patients';
const SESSION = 'ab8cf3ab-36b0-b07a-e010-dfbc942fe48b';

/** The path parameters of what the contracts speak of. */
export const store = { exactMatchDataStoreId: STORE };
export const session = { ...store, exactMatchSessionId: SESSION };

/** The client under test: it has a token and does not wait, unless a test says otherwise. */
export function clientOf(
  { url }: { readonly url: string },
  options: Partial<SessionsClientOptions> = {},
): SessionsClient {
  return createSessionsClient({
    baseUrl: url,
    getToken: () => 'eyJ0eXAiOiJKV1QifQ',
    sleep: () => Promise.reject(new Error('Nothing here has to be waited for.')),
    ...options,
  });
}
