import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

/** What Jest prints with `--json`, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Why each test of the fixture failed, by its title; an empty text where it passed. */
const failures = new Map<string, string>();

// What a user of Jest sets up is Node's flag, since this package is made of ES modules:
// `NODE_OPTIONS=--experimental-vm-modules jest`. The test files themselves may be either: ES modules
// (any Jest 30), or CommonJS, also when Babel or ts-jest makes it (from Jest 30.4 on).
// What the fixture configures beyond that is there because it imports our sources, not `dist/`.
beforeAll(async () => {
  const bin = fileURLToPath(import.meta.resolve('jest/bin/jest'));
  const config = fileURLToPath(new URL('fixtures/jest/jest.config.json', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--experimental-vm-modules',
    bin,
    ...['--config', config, '--json'],
  ]).catch((failed: { stdout: string }) => failed);
  for (const { assertionResults, message } of (JSON.parse(stdout) as Report).testResults) {
    expect(assertionResults, message).not.toEqual([]);
    for (const { title, failureMessages } of assertionResults) {
      failures.set(title, stripVTControlCharacters(failureMessages.join('\n')));
    }
  }
}, 120_000);

test('passes in Jest what keeps the promise, in ES modules and in CommonJS', () => {
  const passed = [...failures].filter(([, failure]) => failure === '').map(([title]) => title);
  expect(passed.sort()).toEqual([
    'a broken response does not satisfy it',
    'a response of a mock satisfies the document',
    'sessions are told from other values',
    'the global expect of a CommonJS file has the matchers',
    'what is misspelled is no matcher, and does not compile',
  ]);
});

test.for([
  [
    'a broken response',
    /^Error: expected the response to satisfy the document\n\n {2}× .*\n {2}× `id` must be a string, got 5\.\n {4}response\.body\.type, \S+\.yaml:\d+:\d+\n/s,
  ],
  [
    'a broken response of a CommonJS file',
    /^Error: expected the response to satisfy the document\n\n {2}× .*\n {2}× `id` must be a string, got 5\.\n/s,
  ],
  ['not, for a good response', /^Error: expected the response not to satisfy the document\n/],
  [
    'a value that is no session',
    /^Error: expected the value to be an exactMatchSession\n\n {2}× `state` must be a string or null, got 5\.\n/,
  ],
  ['not, for a session', /^Error: expected the value not to be an exactMatchSession\n/],
  // Errors of the platform come from another realm than the classes of a test file.
  [
    'a document that is not there',
    /^ExactMatchError: Failed to read "\S+such\.yaml": there is no such file\.\n/,
  ],
  ['a charset that nobody knows', /no charset is called klingon/],
] as const)('fails in Jest with the findings: %s', ([title, message]) => {
  expect(failures.get(`fails: ${title}`)).toMatch(message);
});
