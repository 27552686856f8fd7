import { quantile, type Running, startServer } from './measure-server.ts';
import { type Subject, subjects } from './subjects.ts';
import { median, type Row } from './table.ts';

/** How the servers are asked: each is warm before it is measured, and has many short turns. */
export const LOAD = {
  // V8 still compiles for tens of thousands of requests, on threads that are measured too.
  warmUp: 40_000,
  turns: 16,
  requests: 1_500,
  connections: 10,
  crowd: 50,
} as const;

/** What one server gave. */
interface Figures {
  readonly firstAnswer: number[];
  readonly idle: number[];
  readonly cpu: number[];
  readonly times: number[];
  readonly crowded: number[];
}

/** The servers against each other by turns, all alive at once: figures, and ratios to the bare one. */
export async function measureServers(rounds: number): Promise<readonly Row[]> {
  const all = new Map<Subject, Figures>();
  for (const subject of subjects)
    all.set(subject, { firstAnswer: [], idle: [], cpu: [], times: [], crowded: [] });
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    await measureRound(all);
  }
  const cpuOf = (subject: Subject | undefined) => median((subject && all.get(subject)?.cpu) ?? []);
  return [...all].map(([subject, figures]) => {
    // What is read as well is held against the bare server that is read as well.
    const ceiling = subjects.find(({ isRead }) => isRead === subject.isRead);
    return {
      name: subject.name,
      'CPU µs a request': median(figures.cpu).toFixed(0),
      'ratio to bare': (median(figures.cpu) / cpuOf(ceiling)).toFixed(2),
      'p50 ms': quantile(figures.times, 0.5).toFixed(2),
      'p99 ms': quantile(figures.times, 0.99).toFixed(1),
      'p99 ms, 50 connections': quantile(figures.crowded, 0.99).toFixed(1),
      'start to first 201, ms': median(figures.firstAnswer).toFixed(0),
      'idle MiB': median(figures.idle).toFixed(0),
    };
  });
}

async function measureRound(all: ReadonlyMap<Subject, Figures>): Promise<void> {
  const running: Running[] = [];
  try {
    for (const [subject, figures] of all) {
      const server = await startServer(subject);
      figures.firstAnswer.push(server.firstAnswer);
      figures.idle.push(server.idle);
      running.push(server);
    }
    for (const server of running) await server.ask(share(server, LOAD.warmUp), LOAD.connections);
    for (let turn = 0; turn < LOAD.turns; turn += 1) {
      for (const server of running) await takeTurn(server, all.get(server.subject));
    }
  } finally {
    for (const server of running) server[Symbol.dispose]();
  }
}

async function takeTurn(server: Running, figures: Figures | undefined): Promise<void> {
  const { cpu, times } = await server.ask(share(server, LOAD.requests), LOAD.connections);
  const crowded = await server.ask(share(server, LOAD.requests), LOAD.crowd);
  figures?.cpu.push(cpu);
  figures?.times.push(...times);
  figures?.crowded.push(...crowded.times);
}

/** Slow servers are asked less. */
function share({ subject }: Running, requests: number): number {
  return Math.ceil(requests / (subject.slowness ?? 1));
}
