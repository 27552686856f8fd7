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

/** What it calls before or after the tests of a suite. */
interface Hook {
  readonly type: 'beforeAll' | 'afterAll';
  readonly fn: () => void | Promise<void>;
  readonly parent: Suite;
  /** Milliseconds; `undefined` for that of the configuration. */
  readonly timeout: number | undefined;
  readonly asyncError: Error;
  readonly seenDone: false;
}

interface State {
  readonly rootDescribeBlock: Suite & { readonly hooks: Hook[] };
  readonly currentlyRunningTest: Test | null;
  /** Whether hooks of the file come too late. */
  readonly hasStarted: boolean;
}

/** What Jest's `expect` keeps, whether it is a global or imported. */
interface Expecting {
  readonly testPath?: string;
  /** Tells the tests that run at the same time apart. */
  readonly currentTestIdentity?: () => Test | undefined;
}

/** Milliseconds, for a machine whose other processes all load Pact as well. */
const START_TIME = 120_000;

/** Jest as the runner, when it is; its functions need not be global (`injectGlobals: false`). */
export function jestRunner(): TestRunner | undefined {
  const state = stateOf(globalThis);
  const testPath = expecting().testPath;
  if (!state || testPath === undefined) return undefined;
  const { rootDescribeBlock } = state;
  const addHook = (type: Hook['type'], fn: Hook['fn'], timeout?: number) => {
    const asyncError = new Error(`The ${type} of a pact failed.`);
    const hook = { type, fn, parent: rootDescribeBlock, timeout, asyncError, seenDone: false };
    rootDescribeBlock.hooks.push(hook as Hook);
  };
  return {
    current: () => {
      const test = expecting().currentTestIdentity?.() ?? state.currentlyRunningTest;
      return { file: testPath, name: test ? nameOf(test) : '' };
    },
    outcomes: () => new Map(outcomesOf(rootDescribeBlock)),
    onFileEnd: (end) => {
      if (state.hasStarted) return false;
      addHook('afterAll', () => end(new Map(outcomesOf(rootDescribeBlock))));
      return true;
    },
    onFileStart: (start) => {
      if (!state.hasStarted) addHook('beforeAll', start, START_TIME);
    },
  };
}

function expecting(): Expecting {
  const kept = (globalThis as Readonly<Record<symbol, { state?: Expecting } | undefined>>)[
    Symbol.for('$$jest-matchers-object')
  ];
  return kept?.state ?? {};
}

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
