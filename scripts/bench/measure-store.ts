import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './client.ts';
import { freePort, startCommand, untilReady } from './subjects.ts';
import { median, type Row } from './table.ts';

const REQUESTS = 3_000;
const CONNECTIONS = 20;

/** A way to remember, and in how many processes. */
interface Kept {
  readonly name: string;
  readonly isShared: boolean;
  readonly processes: number;
}

const ways: readonly Kept[] = [
  { name: 'memory, 1 process', isShared: false, processes: 1 },
  { name: 'Redis, 1 process', isShared: true, processes: 1 },
  { name: 'Redis, 2 processes', isShared: true, processes: 2 },
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

async function measureWay({ isShared, processes }: Kept): Promise<Figure> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-bench-'));
  const running: ChildProcess[] = [];
  try {
    const redis = await freePort();
    const settings = ['--port', `${redis}`, '--bind', '127.0.0.1', '--save', '', '--dir'];
    if (isShared) running.push(spawn('redis-server', [...settings, folder.path]));
    const options = isShared ? { store: `redis://127.0.0.1:${redis}` } : {};
    const ports: number[] = [];
    for (let number = 0; number < processes; number += 1) {
      const port = await freePort();
      running.push(spawn(process.execPath, [...startCommand(port, options)]));
      ports.push(port);
    }
    const ask = (count: number, connections: number) =>
      Promise.all(
        ports.map((port) =>
          load({ port, isRead: true }, count / processes, connections / processes),
        ),
      );
    await untilReady(() => ask(1, processes));
    await ask(REQUESTS, CONNECTIONS);
    const start = performance.now();
    const times = (await ask(REQUESTS, CONNECTIONS)).flat();
    const seconds = (performance.now() - start) / 1000;
    return { rate: times.length / seconds, p50: median(times) };
  } finally {
    for (const child of running) child.kill('SIGKILL');
  }
}
