import { jestRunner } from './jest-runner.ts';
import type { TestOutcome } from './merge.ts';
import { vitestRunner } from './vitest-runner.ts';

/** A test that is running. */
export interface RunningTest {
  /** The absolute path of its file. */
  readonly file: string;
  /** Its name after those of its suites, ` > ` between them; empty outside of tests. */
  readonly name: string;
}

/** What became of the tests of a file, by name. */
export type Outcomes = ReadonlyMap<string, TestOutcome>;

/** What is asked of the program that runs the tests. */
export interface TestRunner {
  /** The test that is running, or the file that is being read. */
  readonly current: () => RunningTest | undefined;
  /** What has become so far of the tests of the file that is running. */
  readonly outcomes: () => Outcomes | undefined;
  /** Has a function called when the file that is running ends; tells whether it will be. */
  readonly onFileEnd: (end: (outcomes: Outcomes) => void) => boolean;
  /** Has a function called before the tests of the file that is being read, outside of their time limits. */
  readonly onFileStart: (start: () => Promise<void>) => void;
}

/** The runner of the tests: Vitest or Jest; `undefined` for any other program. */
export function findTestRunner(): TestRunner | undefined {
  return vitestRunner() ?? jestRunner();
}
