// Measures the mock and the checks against their ceiling and their peer, in one run: `npm run bench`;
// `npm run bench -- documents --rounds 5` measures one of the tables only.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENTRIES, measureCaptures, measureStart } from './bench/measure-captures.ts';
import { measureCheck } from './bench/measure-check.ts';
import { measureDocuments } from './bench/measure-document.ts';
import { measureFetch } from './bench/measure-fetch.ts';
import { INTERACTIONS, measurePact } from './bench/measure-pact.ts';
import { LOAD, measureServers } from './bench/measure-servers.ts';
import { measureStores } from './bench/measure-store.ts';
import { soak } from './bench/soak.ts';
import { type Row, toMarkdown } from './bench/table.ts';

interface Table {
  readonly title: string;
  readonly measure: (rounds: number) => Promise<readonly Row[]>;
}

const TABLES: Readonly<Record<string, Table>> = {
  servers: {
    title: `POST of a full session, ${LOAD.connections} connections, warm, ${LOAD.turns} turns of ${LOAD.requests} requests a round`,
    measure: measureServers,
  },
  checks: {
    title: 'Checking one full session response',
    measure: (rounds) => measureCheck(rounds * 3),
  },
  captures: {
    title: `A HAR of ${ENTRIES} entries`,
    measure: measureCaptures,
  },
  start: {
    title: 'From the start of a process to its end',
    measure: measureStart,
  },
  pact: {
    title: `${INTERACTIONS} interactions in one pact, in turns`,
    measure: () => measurePact(),
  },
  fetch: {
    title: 'The same creation without a socket, one after another',
    measure: (rounds) => measureFetch(rounds * 3),
  },
  stores: {
    title: 'Where the mock remembers: create then get, 20 connections',
    measure: measureStores,
  },
  documents: {
    title: 'Documents of growing size: from the start of the process, and GET of one resource',
    measure: measureDocuments,
  },
};

if (process.argv[2] === 'soak') {
  await soak(Number(process.argv[3] ?? 600));
  process.exit();
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
});
const rounds = Number(values.rounds);
const names = positionals.length > 0 ? positionals : Object.keys(TABLES);
const unknown = names.find((name) => !Object.hasOwn(TABLES, name));
if (unknown !== undefined) {
  throw new Error(`There is no table "${unknown}". There are ${Object.keys(TABLES).join(', ')}.`);
}

// What is measured is what is published.
const build = fileURLToPath(new URL('build.ts', import.meta.url));
execFileSync(process.execPath, [build], { stdio: 'inherit' });
const processor = `${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}`;
console.log(`Node ${process.version}, ${processor}, ${rounds} rounds, medians`);
for (const [name, { title, measure }] of Object.entries(TABLES)) {
  if (names.includes(name)) console.log(`\n${title}\n\n${toMarkdown(await measure(rounds))}`);
}
