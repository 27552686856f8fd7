import createClient from 'openapi-fetch';
import type { paths } from '../src/types.ts';

const SESSIONS = '/dataClassification/exactMatchDataStores/{exactMatchDataStoreId}/sessions';

/**
 * Counts the sessions of a data store by their state, as a dashboard shows them: of a session it reads
 * nothing else.
 */
export async function countSessions(
  baseUrl: string,
  exactMatchDataStoreId: string,
): Promise<ReadonlyMap<string, number>> {
  const client = createClient<paths>({
    baseUrl,
    headers: { authorization: 'Bearer eyJ0eXAiOiJKV1QifQ' },
    querySerializer: { array: { style: 'form', explode: false } },
  });
  const { data, response } = await client.GET(SESSIONS, {
    params: { path: { exactMatchDataStoreId }, query: { $select: ['state'] } },
  });
  if (!data) throw new Error(`The sessions cannot be counted: ${response.status}.`);
  const counts = new Map<string, number>();
  for (const { state } of data.value) {
    const name = state ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
