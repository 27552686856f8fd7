import { spawn } from 'node:child_process';
import { startMock } from '../../src/mock.ts';
import { bareCommand, freePort, sessionBody, sessionsPath, untilReady } from './subjects.ts';
import { median, type Row } from './table.ts';

const REQUESTS = 1_500;
const body = JSON.stringify(sessionBody);
const init = {
  method: 'POST',
  headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
  body,
};

/** Requests a second of the mock without a socket, and of `fetch` to the fastest server there can be. */
export async function measureFetch(rounds: number): Promise<readonly Row[]> {
  const port = await freePort();
  const server = spawn(process.execPath, [...bareCommand(port)], { stdio: 'ignore' });
  await using mock = await startMock({ listen: false });
  const url = `http://127.0.0.1:${port}${sessionsPath}`;
  const subjects: Readonly<Record<string, () => Promise<Response>>> = {
    'fetch to bare node:http': () => fetch(url, init),
    'mock.fetch': () => mock.fetch(sessionsPath, init),
  };
  const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, [] as Figure[]]));
  try {
    await untilReady(() => fetch(url, init));
    for (const ask of Object.values(subjects)) await time(ask);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, ask] of Object.entries(subjects)) times[name]?.push(await time(ask));
    }
  } finally {
    server.kill('SIGKILL');
  }
  const of = (name: string, pick: (figure: Figure) => number) =>
    median((times[name] ?? []).map(pick));
  const slowest = of('fetch to bare node:http', ({ rate }) => rate);
  return Object.keys(subjects).map((name) => ({
    name,
    'requests a second': of(name, ({ rate }) => rate).toFixed(0),
    'CPU µs a request, of the caller': of(name, ({ cpu }) => cpu).toFixed(0),
    ratio: (of(name, ({ rate }) => rate) / slowest).toFixed(1),
  }));
}

interface Figure {
  readonly rate: number;
  readonly cpu: number;
}

/** One request after another, as a test makes them. */
async function time(ask: () => Promise<Response>): Promise<Figure> {
  const start = performance.now();
  const before = process.cpuUsage();
  for (let index = 0; index < REQUESTS; index += 1) {
    const response = await ask();
    await response.text();
    if (response.status !== 201) throw new Error(`Got ${response.status}`);
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  return { rate: REQUESTS / seconds, cpu: (user + system) / REQUESTS };
}
