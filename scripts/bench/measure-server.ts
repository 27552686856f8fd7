import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { type Subject, sessionBody, sessionsPath } from './subjects.ts';

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
}

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
  try {
    await firstAnswer(port, server);
    const first = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const idle = memoryOf(server);
    await load(port, Math.ceil(requests / 4), connections);
    const before = cpuOf(server);
    const times = await load(port, requests, connections);
    const cpu = (cpuOf(server) - before) / requests;
    times.sort((left, right) => left - right);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    return { firstAnswer: first, idle, cpu, p50: at(0.5), p99: at(0.99) };
  } finally {
    server.kill('SIGKILL');
  }
}

async function firstAnswer(port: number, server: ChildProcess): Promise<void> {
  const agent = new Agent();
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}`);
    try {
      await post(port, agent);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error('No answer in 30 s');
}

async function load(port: number, requests: number, connections: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      await post(port, agent);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return times;
}

function post(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: 'Bearer token',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request({
      port,
      host: '127.0.0.1',
      path: sessionsPath,
      method: 'POST',
      headers,
      agent,
    });
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 201 ? resolve() : reject(new Error(`Got ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Microseconds of user and system time of a process; the kernel counts in hundredths of a second. */
export function cpuOf(server: ChildProcess): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Resident memory of a process, in MiB. */
export function memoryOf(server: ChildProcess): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
