import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { freePort, type Subject, sessionBody, sessionsPath } from './subjects.ts';

/** What one round of one server gave. */
export interface Round {
  /** Milliseconds from the start of the process to its first 201. */
  readonly firstAnswer: number;
  /** Resident memory after the first answer, in MiB. */
  readonly idle: number;
  /** Microseconds of CPU, of all threads, a request. */
  readonly cpu: number;
  /** Milliseconds from request to answer. */
  readonly p50: number;
  readonly p99: number;
  /** The same with 50 connections. */
  readonly p99Crowded: number;
}

const CROWD = 50;
const body = JSON.stringify(sessionBody);

/** Starts a server, waits for its first answer, asks it many times, and stops it. */
export async function measure(
  subject: Subject,
  requests: number,
  connections: number,
): Promise<Round> {
  const port = await freePort();
  const start = performance.now();
  const server = spawn(process.execPath, [...subject.command(port)], { stdio: 'ignore' });
  const asked = { port, isRead: subject.isRead === true };
  try {
    await firstAnswer(port, server);
    const first = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const idle = memoryOf(server);
    await load(asked, Math.ceil(requests / 2), connections);
    const before = cpuOf(server);
    const times = await load(asked, requests, connections);
    const cpu = (cpuOf(server) - before) / times.length;
    const crowded = await load(asked, Math.ceil(requests / 2), CROWD);
    return {
      firstAnswer: first,
      idle,
      cpu,
      p50: at(times, 0.5),
      p99: at(times, 0.99),
      p99Crowded: at(crowded, 0.99),
    };
  } finally {
    server.kill('SIGKILL');
  }
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

async function firstAnswer(port: number, server: ChildProcess): Promise<void> {
  const agent = new Agent();
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}`);
    try {
      await send({ port, agent, path: sessionsPath, method: 'POST' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error('No answer in 30 s');
}

/** Asks many times, each connection one request after another; gives the time of each. */
export async function load(
  { port, isRead }: { readonly port: number; readonly isRead: boolean },
  requests: number,
  connections: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = requests;
  const timed = async (method: 'POST' | 'GET', path: string) => {
    left -= 1;
    const start = performance.now();
    const location = await send({ port, agent, path, method });
    times.push(performance.now() - start);
    return location;
  };
  const worker = async () => {
    while (left > 0) {
      const location = await timed('POST', sessionsPath);
      if (isRead) await timed('GET', location.replace(/^https?:\/\/[^/]*/, ''));
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return times;
}

function send(asked: {
  readonly port: number;
  readonly agent: Agent;
  readonly path: string;
  readonly method: 'POST' | 'GET';
}): Promise<string> {
  return new Promise((resolve, reject) => {
    const isPost = asked.method === 'POST';
    const content = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request({
      ...asked,
      host: '127.0.0.1',
      headers: { authorization: 'Bearer token', ...(isPost ? content : {}) },
    });
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === (isPost ? 201 : 200)
          ? resolve(response.headers.location ?? '')
          : reject(new Error(`Got ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(isPost ? body : undefined);
  });
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
