import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type Load, load } from './client.ts';
import { freePort, type Subject } from './subjects.ts';

/** A server that runs. */
export interface Running extends Disposable {
  readonly subject: Subject;
  /** Milliseconds from the start of the process to its first 201. */
  readonly firstAnswer: number;
  /** Resident memory after the first answer, in MiB. */
  readonly idle: number;
  /** Asks it many times over so many connections. */
  readonly ask: (requests: number, connections: number) => Promise<Asked>;
}

/** What it took to answer. */
export interface Asked {
  /** Microseconds of CPU, of all threads, a request. */
  readonly cpu: number;
  /** Milliseconds from request to answer, of each. */
  readonly times: readonly number[];
}

/** Starts a server and waits for its first answer. */
export async function startServer(subject: Subject): Promise<Running> {
  const asked: Load = { port: await freePort(), isRead: subject.isRead === true };
  const start = performance.now();
  const server = spawn(process.execPath, [...subject.command(asked.port)], { stdio: 'ignore' });
  const stop = () => server.kill('SIGKILL');
  try {
    await answered(asked, server);
  } catch (cause) {
    stop();
    throw cause;
  }
  const firstAnswer = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return {
    subject,
    firstAnswer,
    idle: memoryOf(server),
    ask: async (requests, connections) => {
      const before = cpuOf(server);
      const times = await load(asked, requests, connections);
      return { cpu: (cpuOf(server) - before) / times.length, times };
    },
    [Symbol.dispose]: stop,
  };
}

async function answered({ port }: Load, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}`);
    try {
      await load({ port, isRead: false }, 1, 1);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error('No answer in 30 s');
}

/** The figure that a share of all figures does not exceed. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** Microseconds that all threads have had a processor. */
export function cpuOf(server: ChildProcess): number {
  const tasks = `/proc/${server.pid}/task`;
  const times = readdirSync(tasks).map((task) => {
    const [nanoseconds] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds);
  });
  return times.reduce((sum, time) => sum + time, 0) / 1000;
}

/** Resident memory of a process, in MiB. */
export function memoryOf(server: ChildProcess): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
