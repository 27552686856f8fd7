import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type MockProcess, startProcess } from '../cli/mock-process.ts';
import { headers, sessions } from './mock.ts';
import { missingRedis, startRedis } from './store/redis-server.ts';

const missing = missingRedis();
/** EXACTMATCH_SECONDS makes it longer. */
const SECONDS = Number(process.env['EXACTMATCH_SECONDS'] ?? 5);
/** At least so often, however slow the machine is. */
const KILLS = 3;
const WRITERS = 4;

/** The file name that each acknowledged session must have; a change without answer may have been made. */
type Acknowledged = Map<string, readonly string[]>;

test.skipIf(missing)(
  'what was acknowledged is there, however often a process is killed',
  { timeout: SECONDS * 1000 + 60_000 },
  async () => {
    await using redis = await startRedis();
    const start = () => startProcess(['--store', redis.url, '--log', 'none']);
    const [victim, survivor] = await Promise.all([start(), start()]);
    const mocks: MockProcess[] = [victim, survivor];
    const end = performance.now() + SECONDS * 1000;
    let kills = 0;
    const isOver = () => kills >= KILLS && performance.now() > end;
    const acknowledged: Acknowledged = new Map();
    const writers = Array.from({ length: WRITERS }, async (_, number) => {
      for (let turn = number; !isOver(); turn += 1) {
        await write(mocks[turn % 2] ?? survivor, acknowledged, `${number}-${turn}`);
      }
    });
    while (!isOver()) {
      const next = start();
      await wait(Math.random() * 300);
      await mocks[0]?.stop('SIGKILL');
      kills += 1;
      mocks[0] = await next;
    }
    await Promise.all(writers);
    for (const mock of mocks) {
      const found = await readAll(mock);
      const lost = [...acknowledged].filter(([id, names]) => !names.includes(found.get(id) ?? ''));
      expect(lost).toEqual([]);
      await mock.stop('SIGKILL');
    }
    expect(acknowledged.size).toBeGreaterThan(SECONDS * 20);
  },
);

/** Creates a session and changes it; whatever fails is not acknowledged. */
async function write(mock: MockProcess, acknowledged: Acknowledged, name: string): Promise<void> {
  const send = (method: string, path: string, fileName: string) =>
    fetch(mock.url + path, { method, headers, body: JSON.stringify({ fileName }) });
  try {
    const made = await send('POST', sessions, name);
    const { id } = (await made.json()) as { id: string };
    expect(made.status).toBe(201);
    acknowledged.set(id, [name, `${name}-changed`]);
    const changed = await send('PATCH', `${sessions}/${id}`, `${name}-changed`);
    await changed.text();
    expect(changed.status).toBe(200);
    acknowledged.set(id, [`${name}-changed`]);
  } catch (cause) {
    // The process is being killed, or is dead: only the connection may say so.
    if (!(cause instanceof TypeError)) throw cause;
    await wait(5);
  }
}

/** The file names of all sessions. */
async function readAll(mock: MockProcess): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const prefer = { prefer: 'odata.maxpagesize=1000' };
  for (let next: string | undefined = mock.url + sessions; next !== undefined; ) {
    const response = await fetch(next, { headers: { ...headers, ...prefer } });
    const page = (await response.json()) as {
      readonly value: readonly { readonly id: string; readonly fileName: string }[];
      readonly '@odata.nextLink'?: string;
    };
    for (const { id, fileName } of page.value) found.set(id, fileName);
    next = page['@odata.nextLink'];
  }
  return found;
}
