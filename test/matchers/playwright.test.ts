import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

/** What Playwright's reporter `json` prints, as far as it is read here. */
interface Report {
  readonly errors: readonly { readonly message: string }[];
  readonly suites: readonly {
    readonly specs: readonly {
      readonly title: string;
      readonly tests: readonly {
        readonly results: readonly { readonly errors: readonly { readonly message: string }[] }[];
      }[];
    }[];
  }[];
}

/** Why each test of the fixture failed, by its title; an empty text where it passed. */
const failures = new Map<string, string>();

beforeAll(async () => {
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  const config = fileURLToPath(
    new URL('fixtures/playwright/playwright.config.ts', import.meta.url),
  );
  const { VITEST: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'test', '--config', config],
    { env },
  ).catch((failed: { stdout: string }) => failed);
  const { errors, suites } = JSON.parse(stdout) as Report;
  expect(errors).toEqual([]);
  for (const { title, tests } of suites.flatMap(({ specs }) => specs)) {
    const found = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
    failures.set(title, stripVTControlCharacters(found.map(({ message }) => message).join('\n')));
  }
}, 120_000);

test('passes in Playwright what keeps the promise', () => {
  const passed = [...failures].filter(([, failure]) => failure === '').map(([title]) => title);
  expect(passed.sort()).toEqual([
    'a created session satisfies the document',
    'a refusal satisfies the document',
    'a response of another operation does not',
    'an answer without a body satisfies the document',
    'what is misspelled does not compile',
  ]);
});

test.for([
  [
    'a response of another operation',
    /expected the response to satisfy the document\n\n {2}× GET \S+ declares no response 201/,
  ],
  ['a response that is disposed', /Playwright has no body of it .*before it is disposed/s],
] as const)('fails in Playwright with the findings: %s', ([title, message]) => {
  expect(failures.get(`fails: ${title}`)).toMatch(message);
});
