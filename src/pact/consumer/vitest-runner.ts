import { AsyncLocalStorage } from 'node:async_hooks';
import type * as Vitest from 'vitest';
import type { TestOutcome } from './merge.ts';
import type { TestRunner } from './test-runner.ts';

type Task = Vitest.RunnerTask;
type Suite = Vitest.RunnerTestSuite | Vitest.RunnerTestFile;

/** Which test an `interaction` belongs to, where several run at the same time. */
const running = new AsyncLocalStorage<Readonly<Vitest.RunnerTestCase>>();

/**
 * Vitest as the runner, when it is; by what it keeps for tests that stand in sources, since it can be
 * imported only in its own time and hooks have to be there when a file has been read.
 */
export function vitestRunner(): TestRunner | undefined {
  const vitest = (globalThis as { __vitest_index__?: typeof Vitest }).__vitest_index__;
  if (!vitest) return undefined;
  return {
    current: () => {
      const test = running.getStore() ?? vitest.TestRunner.getCurrentTest();
      if (test) return { file: test.file.filepath, name: nameOf(test) };
      const { testPath } = vitest.expect.getState();
      return testPath === undefined ? undefined : { file: testPath, name: '' };
    },
    outcomes: () => {
      const test = vitest.TestRunner.getCurrentTest();
      return test && new Map(outcomesOf(test.file));
    },
    onFileEnd: (end) => {
      const hook = (suite: Suite) => {
        if ('filepath' in suite) end(new Map(outcomesOf(suite)));
        // Of a suite in the file: it is not the end of the file.
        else vitest.TestRunner.getSuiteHooks(suite.file).afterAll.push(hook);
      };
      const test = vitest.TestRunner.getCurrentTest();
      // Without isolation a module is read for the first file only, and used by all.
      if (test) vitest.TestRunner.getSuiteHooks(test.file).afterAll.push(hook);
      else {
        vitest.aroundEach((runTest, { task }) => running.run(task, runTest));
        vitest.TestRunner.getCurrentSuite().on('afterAll', hook);
      }
      return true;
    },
    onFileStart: (start) => {
      // By `on`, and not by `beforeAll`, which has a time limit as tests have.
      if (!vitest.TestRunner.getCurrentTest()) {
        vitest.TestRunner.getCurrentSuite().on('beforeAll', start);
      }
    },
  };
}

function nameOf(task: Task): string {
  const names: string[] = [];
  for (
    let current: Task | undefined = task;
    current && !('filepath' in current);
    current = current.suite
  ) {
    names.unshift(current.name);
  }
  return names.join(' > ');
}

function* outcomesOf(task: Task): Iterable<readonly [string, TestOutcome]> {
  if ('tasks' in task) for (const inner of task.tasks) yield* outcomesOf(inner);
  else yield [nameOf(task), outcomeOf(task)];
}

function outcomeOf({ result }: Task): TestOutcome {
  if (result?.state === 'pass') return 'passed';
  return result?.state === 'fail' ? 'failed' : 'open';
}
