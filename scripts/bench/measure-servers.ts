import { measure, type Round } from './measure-server.ts';
import { subjects } from './subjects.ts';
import { median, type Row } from './table.ts';

/** How the servers are asked. */
export const LOAD = { requests: 6_000, connections: 10 } as const;

/** The servers against each other, in interleaved rounds: figures, and ratios to the bare one. */
export async function measureServers(rounds: number): Promise<readonly Row[]> {
  const measured = new Map<string, Round[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${subject.name}\n`);
      measured.get(subject.name)?.push(await measure(subject, LOAD.requests, LOAD.connections));
    }
  }
  const figures = new Map([...measured].map(([name, all]) => [name, summarize(all)]));
  const ceiling = figures.get(subjects[0]?.name ?? '');
  return [...figures].map(([name, figure]) => ({
    name,
    'CPU µs a request': figure.cpu.toFixed(0),
    'ratio to bare': (figure.cpu / (ceiling?.cpu ?? 1)).toFixed(2),
    'p50 ms': figure.p50.toFixed(2),
    'p99 ms': figure.p99.toFixed(1),
    'p99 ms, 50 connections': figure.p99Crowded.toFixed(1),
    'start to first 201, ms': figure.firstAnswer.toFixed(0),
    'idle MiB': figure.idle.toFixed(0),
  }));
}

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
