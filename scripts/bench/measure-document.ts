import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphDocument } from './graph-document.ts';
import { cpuOf, memoryOf } from './measure-server.ts';
import { exactmatch, freePort, prism } from './subjects.ts';
import { median, type Row } from './table.ts';

/** A document, and what of it is asked. */
interface Sample {
  readonly name: string;
  readonly file: string;
  /** The collection in which one item is created first, where there is one. */
  readonly collection?: string;
  /** The resource that is read, where what was created does not say its place. */
  readonly path: string;
}

/** What one round of one server with one document gave. */
interface Round {
  /** Milliseconds from the start of the process until it takes connections. */
  readonly listen: number;
  /** Milliseconds from then until the first answer. */
  readonly first: number;
  /** Milliseconds of CPU until the first answer. */
  readonly start: number;
  /** Microseconds of CPU a request. */
  readonly cpu: number;
  /** MiB after the requests. */
  readonly memory: number;
}

const SIZES = [10, 100, 1_000, 3_000];
/** After so many milliseconds a server that does not answer is given up. */
const PATIENCE = 60_000;
/** A server is asked for this long, and at most this often: once to be warm, and once to be measured. */
const LOAD = { milliseconds: 5_000, requests: 10_000 };

/** Our mock and stock Prism with documents of growing size: how long until they answer, and at what cost. */
export async function measureDocuments(rounds: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'exactmatch-bench-'));
  try {
    const rows: Row[] = [];
    for (const sample of samples(folder)) {
      const parse = median(Array.from({ length: rounds }, () => parseTime(sample.file)));
      for (const [server, command] of Object.entries({ exactmatch, prism })) {
        process.stderr.write(`${sample.name}: ${server}\n`);
        const measured = await measureRounds(rounds, sample, command);
        rows.push({
          document: sample.name,
          'parse ms': parse.toFixed(0),
          server,
          ...cells(measured),
        });
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function samples(folder: string): readonly Sample[] {
  const graphs = SIZES.map((size) => {
    const file = join(folder, `graph-${size}.json`);
    writeFileSync(file, JSON.stringify(graphDocument(size), null, 2));
    const collection = '/entity1s';
    return { name: `graph of ${size} entities`, file, collection, path: `${collection}/1` };
  });
  const github = createRequire(import.meta.url).resolve(
    '@octokit/openapi/generated/api.github.com.json',
  );
  return [...graphs, { name: 'GitHub', file: github, path: '/repos/octocat/hello-world' }];
}

/** Milliseconds of reading and parsing a file in a fresh process. */
function parseTime(file: string): number {
  const code = `const start = performance.now();
    JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
    console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['-e', code, file], { encoding: 'utf8' }));
}

type Command = (file: string, port: number) => readonly string[];

/** One round says that a server does not come up: there is no need to wait again. */
async function measureRounds(
  rounds: number,
  sample: Sample,
  command: Command,
): Promise<readonly Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const found = await measureOnce(sample, command);
    if (!found) return [];
    measured.push(found);
  }
  return measured;
}

async function measureOnce(sample: Sample, command: Command): Promise<Round | undefined> {
  const { file } = sample;
  const port = await freePort();
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const start = performance.now();
  const server = spawn(process.execPath, [...command(file, port)], { stdio: 'ignore' });
  try {
    const deadline = start + PATIENCE;
    if (!(await isListening(port, server, deadline))) return undefined;
    const listen = performance.now() - start;
    const path = await firstAnswer(port, sample, agent, deadline - performance.now());
    if (path === undefined) return undefined;
    const first = performance.now() - start - listen;
    const startCpu = cpuOf(server) / 1_000;
    await load(port, path, agent, LOAD.milliseconds);
    const before = cpuOf(server);
    const count = await load(port, path, agent, LOAD.milliseconds);
    const cpu = (cpuOf(server) - before) / count;
    return { listen, first, start: startCpu, cpu, memory: memoryOf(server) };
  } finally {
    agent.destroy();
    server.kill('SIGKILL');
  }
}

async function isListening(port: number, server: ChildProcess, deadline: number): Promise<boolean> {
  while (performance.now() < deadline && server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

/** Creates an item or, where none can be, reads what there is; the path to read from then on. */
async function firstAnswer(
  port: number,
  { collection, path }: Sample,
  agent: Agent,
  timeout: number,
): Promise<string | undefined> {
  if (collection === undefined) return (await ask(port, path, agent, timeout)) ? path : undefined;
  const created = await fetch(`http://127.0.0.1:${port}${collection}`, {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    body: '{"displayName":"first"}',
    signal: AbortSignal.timeout(Math.max(0, Math.floor(timeout))),
  }).catch(() => undefined);
  await created?.arrayBuffer();
  if (created?.status !== 201) return undefined;
  const location = created.headers.get('location');
  return location === null ? path : new URL(location, created.url).pathname;
}

/** Asks again and again for a while; the number of answers. */
async function load(
  port: number,
  path: string,
  agent: Agent,
  milliseconds: number,
): Promise<number> {
  const end = performance.now() + milliseconds;
  let count = 0;
  const worker = async () => {
    while (performance.now() < end && count < LOAD.requests) {
      count += 1;
      await ask(port, path, agent, PATIENCE);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return count;
}

/** Tells whether there was a success in time. */
function ask(port: number, path: string, agent: Agent, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { authorization: 'Bearer token' };
    const sent = get({ port, host: '127.0.0.1', path, agent, headers, timeout }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    });
    sent.on('timeout', () => sent.destroy(new Error('No answer in time')));
    sent.on('error', () => resolve(false));
  });
}

function cells(rounds: readonly Round[]): Row {
  if (rounds.length === 0) return { 'listens ms': `not up in ${PATIENCE / 1000} s` };
  const of = (pick: (round: Round) => number) => median(rounds.map(pick)).toFixed(0);
  return {
    'listens ms': of((round) => round.listen),
    'first answer, ms later': of((round) => round.first),
    'CPU ms until then': of((round) => round.start),
    'CPU µs a request': of((round) => round.cpu),
    'memory MiB': of((round) => round.memory),
  };
}
