import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './client.ts';
import { freePort, mockCommand, untilReady } from './subjects.ts';
import { median, type Row } from './table.ts';

const WARM_UP = 6_000;
const REQUESTS = 6_000;
const CONNECTIONS = 20;

/** A way to remember, and in how many processes. */
interface Kept {
  readonly name: string;
  readonly isShared: boolean;
  /** So many by `--workers`; without it, the mock is one process. */
  readonly workers?: number;
}

const ways: readonly Kept[] = [
  { name: 'memory, 1 process', isShared: false },
  { name: 'Redis, 1 process', isShared: true },
  { name: 'Redis, --workers 1', isShared: true, workers: 1 },
  { name: 'Redis, --workers 2', isShared: true, workers: 2 },
];

/** Requests a second, half of them creations and half readings, by where is remembered. */
export async function measureStores(rounds: number): Promise<readonly Row[]> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return [];
  const figures = new Map<string, Figure[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) figures.get(way.name)?.push(await measureWay(way));
  }
  return ways.map(({ name }) => {
    const all = figures.get(name) ?? [];
    return {
      name,
      'requests a second': median(all.map(({ rate }) => rate)).toFixed(0),
      'p50 ms': median(all.map(({ p50 }) => p50)).toFixed(2),
    };
  });
}

interface Figure {
  readonly rate: number;
  readonly p50: number;
}

async function measureWay({ isShared, workers }: Kept): Promise<Figure> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-bench-'));
  const running: ChildProcess[] = [];
  try {
    const redis = await freePort();
    const settings = ['--port', `${redis}`, '--bind', '127.0.0.1', '--save', '', '--dir'];
    if (isShared) running.push(spawn('redis-server', [...settings, folder.path]));
    const port = await freePort();
    const store = isShared ? ['--store', `redis://127.0.0.1:${redis}`] : [];
    const team = workers === undefined ? [] : ['--workers', `${workers}`];
    const command = [...mockCommand(port), ...store, ...team];
    if (isShared) await untilReady(() => reach(redis));
    running.push(spawn(process.execPath, command, { stdio: 'ignore' }));
    const ask = (count: number) => load({ port, isRead: true }, count, CONNECTIONS);
    await untilReady(() => ask(CONNECTIONS * 2));
    await ask(WARM_UP);
    const start = performance.now();
    const times = await ask(REQUESTS);
    const seconds = (performance.now() - start) / 1000;
    return { rate: times.length / seconds, p50: median(times) };
  } finally {
    // The mock first: it has workers to take along.
    for (const child of running.reverse()) await stop(child);
  }
}

/** Fails where nobody listens. */
async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
