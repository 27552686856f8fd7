import { expect, test } from 'vitest';
import { definePact } from '../src/pact.ts';
import { countSessions } from './dashboard-client.ts';
import { PACTS } from './pact-files.ts';

const pact = definePact({ consumer: 'session-dashboard', provider: 'microsoft-graph', dir: PACTS });

/** What the dashboard asks, in whatever state the data store is. */
const counting = {
  operation: 'listExactMatchSessions',
  description: 'a request for the states of all sessions',
  path: { exactMatchDataStoreId: 'patients' },
  status: 200,
} as const;

test('counts sessions by their state', () =>
  pact.interaction(
    {
      ...counting,
      query: { $select: ['state'] },
      given: 'the data store has more sessions than a page',
      uses: ['value[].state'],
      like: { value: [{ state: 'Created' }, { state: 'Completed' }, { state: 'Created' }] },
    },
    async ({ url }) => {
      const counts = await countSessions(url, 'patients');
      expect(Object.fromEntries(counts)).toEqual({ Created: 2, Completed: 1 });
    },
  ));

test('counts nothing where there is nothing', () =>
  pact.interaction(
    {
      ...counting,
      query: { $select: ['state'] },
      given: 'the data store has no sessions',
      equals: { value: [] },
    },
    async ({ url }) => {
      expect(await countSessions(url, 'patients')).toEqual(new Map());
    },
  ));
