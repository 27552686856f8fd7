// Measures the mock and the checks against their ceiling and their peer, in one run: `npm run bench`.
import { availableParallelism, cpus } from 'node:os';
import { measureCheck } from './bench/measure-check.ts';
import { measureFetch } from './bench/measure-fetch.ts';
import { measure, type Round } from './bench/measure-server.ts';
import { measureStores } from './bench/measure-store.ts';
import { soak } from './bench/soak.ts';
import { subjects } from './bench/subjects.ts';
import { median, type Row, toMarkdown } from './bench/table.ts';

if (process.argv[2] === 'soak') {
  await soak(Number(process.argv[3] ?? 600));
  process.exit();
}

const ROUNDS = Number(process.argv[2] ?? 3);
const REQUESTS = 6_000;
const CONNECTIONS = 10;

const rounds = new Map<string, Round[]>(subjects.map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const subject of subjects) {
    process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${subject.name}\n`);
    rounds.get(subject.name)?.push(await measure(subject, REQUESTS, CONNECTIONS));
  }
}

const figures = new Map([...rounds].map(([name, all]) => [name, summarize(all)]));
const ceiling = figures.get(subjects[0]?.name ?? '');
const rows: Row[] = [...figures].map(([name, figure]) => ({
  name,
  'CPU µs a request': figure.cpu.toFixed(0),
  'ratio to bare': (figure.cpu / (ceiling?.cpu ?? 1)).toFixed(2),
  'p50 ms': figure.p50.toFixed(2),
  'p99 ms': figure.p99.toFixed(1),
  'p99 ms, 50 connections': figure.p99Crowded.toFixed(1),
  'start to first 201, ms': figure.firstAnswer.toFixed(0),
  'idle MiB': figure.idle.toFixed(0),
}));

console.log(
  `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, ${ROUNDS} rounds, medians\n`,
);
console.log(`POST of a full session, ${CONNECTIONS} connections, ${REQUESTS} requests\n`);
console.log(`${toMarkdown(rows)}\n`);
console.log('Checking one full session response\n');
console.log(`${toMarkdown(await measureCheck(ROUNDS * 3))}\n`);
console.log('The same creation without a socket, one after another\n');
console.log(`${toMarkdown(await measureFetch(ROUNDS * 3))}\n`);
console.log('Where the mock remembers: create then get, 20 connections\n');
console.log(toMarkdown(await measureStores(ROUNDS)));

function summarize(all: readonly Round[]): Round {
  const of = (pick: (round: Round) => number) => median(all.map(pick));
  return {
    cpu: of((round) => round.cpu),
    p50: of((round) => round.p50),
    p99: of((round) => round.p99),
    p99Crowded: of((round) => round.p99Crowded),
    firstAnswer: of((round) => round.firstAnswer),
    idle: of((round) => round.idle),
  };
}
