import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionBody } from './subjects.ts';
import { median, type Row } from './table.ts';
import { writeHar } from './write-har.ts';

/** The entries of the capture that is judged. */
export const ENTRIES = 100_000;

const cli: string = new URL('../../dist/cli.js', import.meta.url).pathname;
/** Has a process tell at its end what it took. */
const TELL = `data:text/javascript,process.on('exit', () => process.stderr.write('\\n' + JSON.stringify({ cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS })))`;

/** Processor time and memory of judging a large capture, and of parsing the same bytes and no more. */
export async function measureCaptures(rounds: number): Promise<readonly Row[]> {
  return inFolder((folder) => {
    const file = join(folder, 'large.har');
    const size = writeHar(file, ENTRIES);
    const parse = `JSON.parse(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
    const subjects = {
      'JSON.parse': ['-e', parse],
      'exactmatch check': [cli, 'check', file, '--format', 'json'],
    };
    const taken = Object.entries(subjects).map(([name, argv]) => ({
      name,
      argv,
      cpu: [] as number[],
      rss: [] as number[],
    }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { argv, cpu, rss } of taken) {
        const told = take(argv);
        cpu.push(told.cpu);
        rss.push(told.rss);
      }
    }
    const peer = median(taken[0]?.cpu ?? []);
    return taken.map(({ name, cpu, rss }) => ({
      name,
      'CPU s': median(cpu).toFixed(2),
      'MB a CPU s': (size / 1e6 / median(cpu)).toFixed(0),
      'speed, of JSON.parse': (peer / median(cpu)).toFixed(2),
      'peak MiB': median(rss).toFixed(0),
    }));
  });
}

/** Time from the start of a process to its end, of checking one file and of doing nothing. */
export async function measureStart(rounds: number): Promise<readonly Row[]> {
  return inFolder((folder) => {
    const file = join(folder, 'session.json');
    writeFileSync(file, JSON.stringify({ id: 's1', ...sessionBody }));
    const subjects = {
      'node -e 0': ['-e', '0'],
      'exactmatch check FILE': [
        cli,
        'check',
        file,
        '--operation',
        'createExactMatchSession',
        '--status',
        '201',
      ],
    };
    const times = Object.entries(subjects).map(([name, argv]) => ({
      name,
      argv,
      all: [] as number[],
    }));
    // The first rounds fill the caches of the system, and of the compiler.
    for (let round = -2; round < rounds * 7; round += 1) {
      for (const { argv, all } of times) {
        const start = performance.now();
        execFileSync(process.execPath, argv, { stdio: 'ignore' });
        if (round >= 0) all.push(performance.now() - start);
      }
    }
    const peer = median(times[0]?.all ?? []);
    return times.map(({ name, all }) => ({
      name,
      ms: median(all).toFixed(0),
      ratio: (median(all) / peer).toFixed(2),
    }));
  });
}

function take(argv: readonly string[]): { readonly cpu: number; readonly rss: number } {
  const all = ['--import', TELL, ...argv];
  const { stderr, status } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')} failed: ${stderr}`);
  const { cpu, rss } = JSON.parse(stderr.slice(stderr.lastIndexOf('\n')));
  return { cpu: (cpu.user + cpu.system) / 1e6, rss: rss / 1024 };
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'exactmatch-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
