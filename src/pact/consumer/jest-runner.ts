import type { TestOutcome } from './merge.ts';
import type { TestRunner } from './test-runner.ts';

/** A suite of jest-circus, which runs the tests in Jest: the part of it that is read here. */
interface Suite {
  readonly type: 'describeBlock';
  readonly name: string;
  readonly parent?: Suite | undefined;
  readonly children: readonly (Suite | Test)[];
}

interface Test {
  readonly type: 'test';
  readonly name: string;
  readonly parent: Suite;
  readonly status?: string | null;
  readonly errors: readonly unknown[];
}

interface State {
  readonly rootDescribeBlock: Suite;
  readonly currentDescribeBlock: Suite;
  readonly currentlyRunningTest: Test | null;
}

interface JestGlobals {
  readonly expect?: {
    readonly getState?: () => {
      readonly testPath?: string;
      /** Tells the tests that run at the same time apart. */
      readonly currentTestIdentity?: () => Test | undefined;
    };
  };
  readonly afterAll?: (hook: () => void) => void;
  readonly beforeAll?: (hook: () => Promise<void>, timeout: number) => void;
}

/** Jest as the runner, when it is and its functions are global, as they are unless it is told otherwise. */
export function jestRunner(): TestRunner | undefined {
  const jest = globalThis as JestGlobals;
  const state = stateOf(globalThis);
  const testPath = jest.expect?.getState?.().testPath;
  if (!state || testPath === undefined) return undefined;
  const current = () =>
    jest.expect?.getState?.().currentTestIdentity?.() ?? state.currentlyRunningTest;
  return {
    current: () => {
      const test = current();
      return { file: testPath, name: test ? nameOf(test) : '' };
    },
    outcomes: () => new Map(outcomesOf(state.rootDescribeBlock)),
    onFileEnd: (end) => {
      // Inside a suite or a test, a hook is called before the file ends, or not at all.
      const isInside = state.currentDescribeBlock !== state.rootDescribeBlock || current();
      if (!jest.afterAll || isInside) return false;
      jest.afterAll(() => end(new Map(outcomesOf(state.rootDescribeBlock))));
      return true;
    },
    onFileStart: (start) => {
      if (!current()) jest.beforeAll?.(start, START_TIME);
    },
  };
}

/** Milliseconds, for a machine whose other processes all load Pact as well. */
const START_TIME = 120_000;

/** jest-circus keeps what it knows behind a symbol that it does not give away. */
function stateOf(holder: object): State | undefined {
  const symbol = Object.getOwnPropertySymbols(holder).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  return symbol && (holder as Readonly<Record<symbol, State>>)[symbol];
}

function nameOf(test: Test): string {
  const names = [test.name];
  for (let suite: Suite | undefined = test.parent; suite?.parent; suite = suite.parent) {
    names.unshift(suite.name);
  }
  return names.join(' > ');
}

function* outcomesOf(block: Suite | Test): Iterable<readonly [string, TestOutcome]> {
  if (block.type === 'test') yield [nameOf(block), outcomeOf(block)];
  else for (const inner of block.children) yield* outcomesOf(inner);
}

function outcomeOf({ status, errors }: Test): TestOutcome {
  if (errors.length > 0) return 'failed';
  return status === 'done' ? 'passed' : 'open';
}
