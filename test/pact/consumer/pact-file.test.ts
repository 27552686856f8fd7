import { execFile } from 'node:child_process';
import { mkdir, mkdtempDisposable, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { pactFile } from '../../../src/pact/consumer/pact-file.ts';

const parties = { consumer: 'web shop', provider: 'stock' };

function recorded(description: string, name = 't', status = 200) {
  const comments = { references: { openapi: { method: 'GET', path: '/' } } };
  const interaction = { type: 'Synchronous/HTTP', description, comments, response: { status } };
  return { interaction, name };
}

async function newFolder() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-test-'));
  await writeFile(join(folder.path, 'package.json'), '{}');
  const tests = Object.fromEntries(
    ['a', 'b'].map((name) => [name, join(folder.path, `test/${name}.test.ts`)]),
  ) as Record<'a' | 'b', string>;
  await mkdir(join(folder.path, 'test'));
  for (const [name, file] of Object.entries(tests)) await writeFile(file, `// ${name}`);
  const dir = join(folder.path, 'pacts');
  return {
    root: folder.path,
    tests,
    dir,
    file: join(dir, 'web shop-stock.json'),
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

test('writes the same bytes in whatever order the tests end, and names tests from the package', async () => {
  await using first = await newFolder();
  await using second = await newFolder();
  const outcomes = new Map([['t', 'passed'] as const]);
  for (const [folder, order] of [
    [first, ['a', 'b']],
    [second, ['b', 'a']],
  ] as const) {
    for (const name of order) {
      const run = { file: folder.tests[name], outcomes, recorded: [recorded(`of ${name}`)] };
      pactFile(folder.dir, parties).join(run);
    }
  }
  const text = await readFile(first.file, 'utf8');
  expect(await readFile(second.file, 'utf8')).toBe(text);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual({
    consumer: { name: 'web shop' },
    provider: { name: 'stock' },
    interactions: ['a', 'b'].map((name) => ({
      ...recorded(`of ${name}`).interaction,
      comments: { references: expect.anything(), testname: `test/${name}.test.ts > t` },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  });
  expect(await readdir(first.dir)).toEqual(['web shop-stock.json']);
});

test('a pact of which no interaction is left goes', async () => {
  await using folder = await newFolder();
  const pact = pactFile(folder.dir, parties);
  const [file, outcomes] = [folder.tests.a, new Map([['t', 'passed'] as const])];
  pact.join({ file, outcomes, recorded: [recorded('x')] });
  pact.join({ file, outcomes, recorded: [] });
  expect(await readdir(folder.dir)).toEqual([]);
});

test('a conflict names both tests; a file that has changed since is not held against another', async () => {
  await using folder = await newFolder();
  const pact = pactFile(folder.dir, parties);
  const outcomes = new Map([['t', 'passed'] as const]);
  const end = (name: 'a' | 'b', status: number) =>
    pact.join({ file: folder.tests[name], outcomes, recorded: [recorded('x', 't', status)] });
  end('a', 200);
  expect(() => end('b', 404)).toThrow(
    expect.objectContaining({
      code: 'PACT_CONFLICT',
      message: expect.stringMatching(/"x" of test\/a\.test\.ts > t\n.*of test\/b\.test\.ts > t\n/),
    }),
  );
  await writeFile(folder.tests.a, '// changed');
  end('b', 404);
  // It is run in its turn, and now it is the one that differs.
  expect(() => end('a', 200)).toThrow(/of test\/b\.test\.ts > t\n.*of test\/a\.test\.ts > t\n/);
});

test.for([
  ['no JSON', '<<<<<<< HEAD', 'PACT_MALFORMED', /it is no JSON/],
  [
    'of another consumer',
    '{"consumer":{"name":"web"}}',
    'OPTION_INVALID',
    /consumer is web, not web shop/,
  ],
  [
    'of an older version',
    JSON.stringify({
      consumer: { name: 'web shop' },
      provider: { name: 'stock' },
      interactions: [],
      metadata: { pactSpecification: { version: '2.0.0' } },
    }),
    'OPTION_INVALID',
    /specification 2\.0\.0, not 4/,
  ],
] as const)('refuses a file that is %s', async ([, text, code, message]) => {
  await using folder = await newFolder();
  await mkdir(folder.dir);
  await writeFile(folder.file, text);
  const run = { file: folder.tests.a, outcomes: undefined, recorded: [recorded('x')] };
  expect(() => pactFile(folder.dir, parties).join(run)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
  expect(await readFile(folder.file, 'utf8')).toBe(text);
});

test.for(['', ' ', 'a/b', 'a\\b', undefined])('%j is no name of a consumer', (consumer) => {
  expect(() => pactFile('pacts', { consumer: consumer as string, provider: 'p' })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID' }),
  );
});

const source = fileURLToPath(new URL('../../../src/pact/consumer/pact-file.ts', import.meta.url));

test('processes that write at the same time lose nothing of each other', async () => {
  await using folder = await newFolder();
  const script = join(folder.root, 'write.js');
  await writeFile(
    script,
    `import { pactFile } from ${JSON.stringify(source)};
    const [worker] = process.argv.slice(2);
    const pact = pactFile(${JSON.stringify(folder.dir)}, ${JSON.stringify(parties)});
    for (let index = 0; index < 12; index += 1) {
      const interaction = { type: 'Synchronous/HTTP', description: worker + ' ' + index };
      const file = ${JSON.stringify(folder.root)} + '/test/' + worker + '-' + index + '.test.ts';
      (await import('node:fs')).writeFileSync(file, '');
      pact.join({ file, outcomes: undefined, recorded: [{ interaction, name: 't' }] });
    }`,
  );
  const run = promisify(execFile);
  const workers = Array.from({ length: 4 }, (_, worker) =>
    run(process.execPath, [script, String(worker)]),
  );
  await Promise.all(workers);
  const { interactions } = JSON.parse(await readFile(folder.file, 'utf8'));
  expect(interactions).toHaveLength(48);
});

test('a lock that a killed process has left is broken', async () => {
  await using folder = await newFolder();
  const lock = `${folder.file}.lock`;
  await mkdir(lock, { recursive: true });
  const before = new Date(Date.now() - 60_000);
  await utimes(lock, before, before);
  const run = { file: folder.tests.a, outcomes: undefined, recorded: [recorded('x')] };
  pactFile(folder.dir, parties).join(run);
  expect(await readdir(folder.dir)).toEqual(['web shop-stock.json']);
});
