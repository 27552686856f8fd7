import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchersV3, PactV4 } from '@pact-foundation/pact';
import { definePact } from '../../src/pact.ts';
import { median, type Row } from './table.ts';

/** How many interactions one pact has in the end. */
export const INTERACTIONS = 600;
/** The first of them, of which one is as quick as another: the pact is small yet. */
const FIRST = 30;

const NAMES = ['PactV4 by hand', 'pact.interaction'] as const;
const PARTIES = { consumer: 'bench', provider: 'graph' };
const SESSIONS = '/dataClassification/exactMatchDataStores/patients/sessions';
const { eachLike, like, regex } = MatchersV3;

/** Asks for the page that an interaction serves. */
type Ask = (server: { readonly url: string }) => Promise<unknown>;

/** Milliseconds of interactions in one pact, of ours and of PactV4 written by hand, in turns. */
export async function measurePact(): Promise<readonly Row[]> {
  process.env['PACT_DO_NOT_TRACK'] = 'true';
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bench-pact-'));
  const ours = definePact({ ...PARTIES, dir: join(folder.path, 'ours') });
  const subjects = {
    'PactV4 by hand': (index: number, ask: Ask) => byHand(join(folder.path, 'hand'), index, ask),
    'pact.interaction': (index: number, ask: Ask) =>
      ours.interaction(
        {
          operation: 'listExactMatchSessions',
          description: `page ${index}`,
          path: { exactMatchDataStoreId: 'patients' },
          query: { $skip: index },
          status: 200,
          uses: ['value[].id', 'value[].state'],
        },
        ask,
      ),
  };
  const times = { 'PactV4 by hand': [] as number[], 'pact.interaction': [] as number[] };
  for (let index = 0; index < INTERACTIONS; index += 1) {
    for (const name of NAMES) {
      const start = performance.now();
      await subjects[name](index, ({ url }) => read(url, index));
      times[name].push(performance.now() - start);
    }
  }
  // By itself it happens when a test file ends.
  const start = performance.now();
  ours.write();
  times['pact.interaction'].push(performance.now() - start);
  return toRows(times);
}

function byHand(dir: string, index: number, ask: Ask): Promise<unknown> {
  return new PactV4({ ...PARTIES, dir, logLevel: 'error' })
    .addInteraction()
    .uponReceiving(`page ${index}`)
    .withRequest('GET', SESSIONS, (request) => {
      request
        .headers({ Authorization: regex('^Bearer .+$', 'Bearer token') })
        .query({ $skip: String(index) });
    })
    .willRespondWith(200, (response) => {
      response.headers({ 'Content-Type': regex('^application/json(;.*)?$', 'application/json') });
      response.jsonBody({ value: eachLike({ id: like('s1'), state: like('Created') }) });
    })
    .executeTest(ask);
}

async function read(url: string, index: number): Promise<unknown> {
  const headers = { authorization: 'Bearer token' };
  return (await fetch(`${url}${SESSIONS}?$skip=${index}`, { headers })).json();
}

function toRows(times: Readonly<Record<string, readonly number[]>>): readonly Row[] {
  const [hand = []] = Object.values(times);
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  // The first of all loads Pact.
  const one = (list: readonly number[]) => median(list.slice(1, FIRST));
  return Object.entries(times).map(([name, list]) => ({
    name,
    'ms for one, in a small pact': one(list).toFixed(1),
    'ratio of one': (one(list) / one(hand)).toFixed(2),
    'ms for all': sum(list).toFixed(0),
    'ratio of all': (sum(list) / sum(hand)).toFixed(2),
  }));
}
