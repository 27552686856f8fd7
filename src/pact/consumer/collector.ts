import type { JsonObject } from '../../json.ts';
import { conflictError } from './conflict.ts';
import { contentOf } from './origin.ts';
import { type PactFile, pactFile } from './pact-file.ts';
import { keyOf } from './pact-text.ts';
import type { Parties } from './serve.ts';
import { findTestRunner, type Outcomes, type RunningTest, type TestRunner } from './test-runner.ts';

/** Collects the interactions of the tests of this process, for one pact. */
export interface Collector {
  /** The test that is running, to record for it what it does later. */
  readonly current: () => RunningTest | undefined;
  /**
   * Takes an interaction of a test that Pact has been asked for.
   *
   * @throws {ExactMatchError} `PACT_CONFLICT` when another test of the same file has one of that name.
   */
  readonly record: (interaction: JsonObject, test: RunningTest | undefined) => void;
  /**
   * Writes what has been recorded into the pact.
   *
   * @throws {ExactMatchError} `PACT_CONFLICT`, `PACT_MALFORMED`, `OPTION_INVALID`, `FILE_UNREADABLE`.
   */
  readonly write: () => void;
}

/** Several definitions of one pact, in one process, are one. */
const collectors = new Map<string, Collector>();

/**
 * The collector of a pact: it writes when the test file ends, or, where no runner is known, when the
 * process does.
 */
export function collectorFor(dir: string, parties: Parties): Collector {
  const file = pactFile(dir, parties);
  let collector = collectors.get(file.path);
  if (!collector) {
    collector = newCollector(file);
    collectors.set(file.path, collector);
  }
  // Of a file that defines a pact and records nothing, what it had goes.
  collector.current();
  return collector;
}

interface Entry {
  readonly interaction: JsonObject;
  readonly file: string;
  readonly name: string;
}

/** What stands for the test file where no runner is known. */
const PROGRAM = process.argv[1] ?? 'program.js';

function newCollector(pact: PactFile): Collector {
  let entries: Entry[] = [];
  /** The first of each name, so that a record costs the same however many there are. */
  const named = new Map<string, Entry>();
  /** The files at whose end they are written. */
  const awaited = new Set<string>();
  let isExitAwaited = false;
  const write = (file: string, outcomes: Outcomes | undefined) => {
    pact.join({ file, outcomes, recorded: entries.filter((entry) => entry.file === file) });
  };
  const writeAll = () => {
    const outcomes = findTestRunner()?.outcomes();
    for (const file of new Set(entries.map((entry) => entry.file))) write(file, outcomes);
  };
  const awaitEnd = (runner: TestRunner, { file }: RunningTest) => {
    if (awaited.has(file)) return;
    const isAwaited = runner.onFileEnd((outcomes) => {
      awaited.delete(file);
      try {
        write(file, outcomes);
      } finally {
        entries = entries.filter((entry) => entry.file !== file);
        for (const [key, entry] of named) if (entry.file === file) named.delete(key);
      }
    });
    if (isAwaited) awaited.add(file);
  };
  const awaitExit = () => {
    if (isExitAwaited) return;
    isExitAwaited = true;
    process.once('exit', writeAll);
  };
  return {
    current: () => {
      const runner = findTestRunner();
      const test = runner?.current();
      if (runner && test) awaitEnd(runner, test);
      return test;
    },
    record: (interaction, test) => {
      const { file, name } = test ?? { file: PROGRAM, name: '' };
      const entry = { interaction, file, name };
      const key = keyOf(interaction);
      const rival = named.get(key);
      if (rival && contentOf(rival.interaction) !== contentOf(interaction)) {
        throw conflicting(pact, rival, entry);
      }
      if (!rival) named.set(key, entry);
      entries.push(entry);
      if (!test) awaitExit();
      else if (!awaited.has(file)) write(file, findTestRunner()?.outcomes());
    },
    write: writeAll,
  };
}

function conflicting(pact: PactFile, rival: Entry, entry: Entry): Error {
  const originOf = ({ file, name }: Entry) => ({ file: pact.nameOf(file), name });
  const description = String(entry.interaction['description']);
  return conflictError(pact.parties, [
    { description, one: originOf(rival), other: originOf(entry) },
  ]);
}
