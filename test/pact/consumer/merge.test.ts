import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { type FileRun, mergeRun, type TestOutcome } from '../../../src/pact/consumer/merge.ts';

/** An interaction of that description, from these tests; two of one `version` are the same. */
function interaction(description: string, tests: readonly string[] = [], version = 1): JsonObject {
  const [testname] = tests;
  const origins = { ...(testname ? { testname } : {}), ...(tests.length > 1 ? { tests } : {}) };
  return { description, comments: origins, response: { status: 200 + version } };
}

/** What is left of a pact, each as `description version: tests`. */
function left(interactions: readonly JsonObject[]): readonly string[] {
  return interactions.map(({ description, comments, response }) => {
    const { testname = '', tests = [testname] } = comments as JsonObject;
    const { status } = response as { status: number };
    return `${description} ${status - 200}: ${(tests as string[]).join(' + ')}`;
  });
}

/** A run of `a.test.ts`: what became of its tests, and what they recorded. */
function run(
  outcomes: Readonly<Record<string, TestOutcome>>,
  recorded: readonly (readonly [name: string, description: string, version?: number])[] = [],
): FileRun {
  return {
    file: 'a.test.ts',
    outcomes: new Map(Object.entries(outcomes)),
    recorded: recorded.map(([name, description, version]) => ({
      name,
      interaction: interaction(description, [], version),
    })),
  };
}

const everyFile = { exists: () => true, isCurrent: () => true };

test.for<[what: string, before: readonly JsonObject[], run: FileRun, after: readonly string[]]>([
  ['a new test adds what it has', [], run({ t: 'passed' }, [['t', 'x']]), ['x 1: a.test.ts > t']],
  [
    'a test that passed has what it has now',
    [interaction('x', ['a.test.ts > t']), interaction('y', ['a.test.ts > t'])],
    run({ t: 'passed' }, [['t', 'x', 2]]),
    ['x 2: a.test.ts > t'],
  ],
  [
    'a test that failed keeps what it had',
    [interaction('x', ['a.test.ts > t'])],
    run({ t: 'failed' }, [
      ['t', 'x', 2],
      ['t', 'y'],
    ]),
    ['x 1: a.test.ts > t'],
  ],
  [
    'a test that did not run keeps what it had',
    [interaction('x', ['a.test.ts > t']), interaction('y', ['a.test.ts > u'])],
    run({ t: 'open', u: 'passed' }, [['u', 'y']]),
    ['x 1: a.test.ts > t', 'y 1: a.test.ts > u'],
  ],
  [
    'a test that is gone takes what it had with it, whatever runs',
    [interaction('x', ['a.test.ts > gone']), interaction('y', ['a.test.ts > u'])],
    run({ u: 'open' }),
    ['y 1: a.test.ts > u'],
  ],
  [
    'other files are left alone',
    [interaction('x', ['b.test.ts > t']), interaction('y', ['c/d.test.js > t'])],
    run({}),
    ['x 1: b.test.ts > t', 'y 1: c/d.test.js > t'],
  ],
  [
    'what nobody is named for stays',
    [interaction('x'), interaction('y', ['written by hand'])],
    run({ t: 'passed' }),
    ['x 1: ', 'y 1: written by hand'],
  ],
  [
    'the same from several tests is one, and has all their names',
    [interaction('x', ['b.test.ts > u'])],
    run({ t: 'passed' }, [['t', 'x']]),
    ['x 1: a.test.ts > t + b.test.ts > u'],
  ],
  [
    'of several tests one may go',
    [interaction('x', ['a.test.ts > gone', 'b.test.ts > u'])],
    run({}),
    ['x 1: b.test.ts > u'],
  ],
  [
    'what a hook records stays while a test is open',
    [interaction('x', ['a.test.ts'])],
    run({ t: 'open' }),
    ['x 1: a.test.ts'],
  ],
  ['and goes when all have run', [interaction('x', ['a.test.ts'])], run({ t: 'passed' }), []],
])('%s', ([, before, done, after]) => {
  const { interactions, conflicts } = mergeRun(before, done, everyFile);
  expect(conflicts).toEqual([]);
  expect(left(interactions)).toEqual(after);
});

test('where a file is gone, so is what it wrote', () => {
  const before = [interaction('x', ['b.test.ts > t']), interaction('y', ['c.test.ts > t'])];
  const others = { ...everyFile, exists: (file: string) => file !== 'b.test.ts' };
  expect(left(mergeRun(before, run({}), others).interactions)).toEqual(['y 1: c.test.ts > t']);
});

test('a runner that does not tell outcomes loses nothing', () => {
  const before = [interaction('x', ['a.test.ts > t']), interaction('y', ['a.test.ts > u'])];
  const done = { ...run({}, [['u', 'y', 2]]), outcomes: undefined };
  expect(left(mergeRun(before, done, everyFile).interactions)).toEqual([
    'x 1: a.test.ts > t',
    'y 2: a.test.ts > u',
  ]);
});

test('two tests that differ are a conflict, and the pact keeps what it had', () => {
  const before = [interaction('x', ['b.test.ts > u'])];
  const done = run({ t: 'passed' }, [
    ['t', 'x', 2],
    ['t', 'y'],
  ]);
  const { interactions, conflicts } = mergeRun(before, done, everyFile);
  expect(conflicts).toEqual([
    {
      description: 'x',
      one: { file: 'b.test.ts', name: 'u' },
      other: { file: 'a.test.ts', name: 't' },
    },
  ]);
  expect(left(interactions)).toEqual(['x 1: b.test.ts > u', 'y 1: a.test.ts > t']);
});

test('a file that has changed since it wrote is not held against another: it will be run', () => {
  const before = [interaction('x', ['b.test.ts > u'])];
  const others = { ...everyFile, isCurrent: () => false };
  const { interactions, conflicts } = mergeRun(
    before,
    run({ t: 'passed' }, [['t', 'x', 2]]),
    others,
  );
  expect(conflicts).toEqual([]);
  expect(left(interactions)).toEqual(['x 2: a.test.ts > t']);
});

test('interactions of one description in different states are different ones', () => {
  const given = { ...interaction('x', ['b.test.ts > u'], 2), providerStates: [{ name: 'empty' }] };
  const { interactions } = mergeRun([given], run({ t: 'passed' }, [['t', 'x']]), everyFile);
  expect(left(interactions)).toEqual(['x 2: b.test.ts > u', 'x 1: a.test.ts > t']);
});
