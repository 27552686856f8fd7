import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './io.ts';

/** A pact whose interactions are by description: the test that each is from, and what it is answered with. */
function pactOf(
  interactions: Readonly<Record<string, readonly [test: string, body: unknown]>>,
  consumer = 'web',
) {
  return {
    consumer: { name: consumer },
    provider: { name: 'pets' },
    interactions: Object.entries(interactions).map(([description, [test, content]]) => ({
      type: 'Synchronous/HTTP',
      description,
      pending: false,
      comments: { testname: test },
      request: { method: 'GET', path: '/pets' },
      response: { status: 200, body: { content, contentType: 'application/json', encoded: false } },
    })),
    metadata: { pactSpecification: { version: '4.0' }, 'pact-js': { version: '17.1.4' } },
  };
}

/** A folder with files, and a command line that runs there. */
async function folderWith(files: Readonly<Record<string, unknown>>) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'merge-'));
  const at = (name: string) => join(folder.path, name);
  const bare = (text: string) => text.replaceAll(`${folder.path}/`, '');
  for (const [name, value] of Object.entries(files)) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return {
    /** Runs the command on paths in the folder. */
    merge: async (...argv: readonly string[]) => {
      const words = argv.map((word) => (word.startsWith('-') ? word : at(word)));
      const { code, stdout, stderr } = await run(['pact', 'merge', ...words]);
      return { code, stdout, stderr: bare(stderr) };
    },
    read: (name: string) => readFile(at(name), 'utf8'),
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

/** The tests that a pact names, and what is answered, by description. */
function told(text: string) {
  const { interactions } = JSON.parse(text) as {
    interactions: {
      description: string;
      comments: { testname: string; tests?: string[] };
      response: { body: { content: unknown } };
    }[];
  };
  return Object.fromEntries(
    interactions.map(({ description, comments, response }) => [
      description,
      [comments.tests ?? comments.testname, response.body.content],
    ]),
  );
}

test('merges the pacts of shards by consumer and provider, the same in any order', async () => {
  await using folder = await folderWith({
    '1/web-pets.json': pactOf({ b: ['a.test.ts > b', 1], shared: ['a.test.ts > s', 2] }),
    '2/web-pets.json': pactOf({ a: ['b.test.ts > a', 3], shared: ['b.test.ts > s', 2] }),
    '2/app-pets.json': pactOf({ a: ['c.test.ts > a', 4] }, 'app'),
    '2/package.json': '{}',
  });
  const { code, stdout, stderr } = await folder.merge('1', '2', '-o', 'one');
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toBe(
    'Wrote to one/app-pets.json: 1 interaction of 1 file.\nWrote to one/web-pets.json: 3 interactions of 2 files.\n',
  );
  const merged = await folder.read('one/web-pets.json');
  expect(Object.entries(told(merged))).toEqual([
    ['a', ['b.test.ts > a', 3]],
    ['b', ['a.test.ts > b', 1]],
    ['shared', [['a.test.ts > s', 'b.test.ts > s'], 2]],
  ]);
  await folder.merge('2', '1/web-pets.json', 'one', '-o', 'other');
  expect(await folder.read('other/web-pets.json')).toBe(merged);
  expect(merged).not.toContain('17.1.4');
});

test('names the tests and files of two interactions that differ, and writes nothing', async () => {
  await using folder = await folderWith({
    '1.json': pactOf({ a: ['a.test.ts > x', 1] }),
    '2.json': pactOf({ a: ['b.test.ts > y', 2] }),
  });
  const { code, stderr } = await folder.merge('1.json', '2.json', '-o', 'one');
  expect(code).toBe(2);
  expect(stderr).toContain(
    '"a" of a.test.ts > x in 1.json\n  and of b.test.ts > y in 2.json\nGive one of them another',
  );
  await expect(folder.read('one/web-pets.json')).rejects.toThrow('ENOENT');
});

test('takes what a part has changed of the pact that it began from', async () => {
  await using folder = await folderWith({
    'pacts/web-pets.json': pactOf({
      kept: ['a.test.ts > kept', 1],
      changed: ['a.test.ts > changed', 1],
      gone: ['b.test.ts > gone', 1],
      moved: ['a.test.ts > moved', 1],
    }),
    '1/web-pets.json': pactOf({
      kept: ['a.test.ts > kept', 1],
      changed: ['a.test.ts > changed', 2],
      gone: ['b.test.ts > gone', 1],
    }),
    '2/web-pets.json': pactOf({
      kept: ['a.test.ts > kept', 1],
      changed: ['a.test.ts > changed', 1],
      moved: ['b.test.ts > moved', 1],
      made: ['b.test.ts > made', 1],
    }),
  });
  const { code } = await folder.merge('1', '2', '--base', 'pacts', '-o', 'pacts');
  expect(code).toBe(0);
  expect(told(await folder.read('pacts/web-pets.json'))).toEqual({
    changed: ['a.test.ts > changed', 2],
    kept: ['a.test.ts > kept', 1],
    made: ['b.test.ts > made', 1],
    moved: ['b.test.ts > moved', 1],
  });
});

test('merges pacts of older specifications, with messages, and leaves their numbers as they are', async () => {
  const metadata = (version: string) => ({ pactSpecification: { version } });
  const old = (providerState: string, price: string) =>
    `{"consumer":{"name":"web"},"provider":{"name":"pets"},"interactions":[{"description":"a pet","providerState":"${providerState}","request":{"method":"GET","path":"/"},"response":{"status":200,"body":{"price":${price}}}}],"metadata":{"pactSpecification":{"version":"2.0.0"}}}`;
  const message = (description: string) => ({
    consumer: { name: 'app' },
    provider: { name: 'pets' },
    messages: [{ description, contents: {} }],
    metadata: metadata('3.0.0'),
  });
  await using folder = await folderWith({
    '1/a.json': old('one', '1.0'),
    '2/b.json': old('two', '12345678901234567890'),
    '1/m.json': message('sold'),
    '2/m.json': message('born'),
    '3/web-pets.json': pactOf({}),
  });
  expect((await folder.merge('1', '2', '-o', 'one')).code).toBe(0);
  const text = await folder.read('one/web-pets.json');
  expect(text.match(/"price": .*|"version".*/g)).toEqual([
    '"price": 1.0',
    '"price": 12345678901234567890',
    '"version": "2.0.0"',
  ]);
  expect(JSON.parse(await folder.read('one/app-pets.json'))).toEqual({
    ...message(''),
    messages: [...message('born').messages, ...message('sold').messages],
  });
  const mixed = await folder.merge('1', '3', '-o', 'one');
  expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining('specification 2 and 4')]);
});

test.for([
  [['', '-o', 'out'], 'There is no pact in '],
  [['a.json'], 'pact merge needs a folder to write to'],
  [['a.json', '-o', 'out', '--consumer=web'], 'pact merge has no --consumer'],
  [['a.json', '-o', 'out'], 'there is no such file'],
] as const)('refuses %j', async ([argv, message]) => {
  await using folder = await folderWith({ 'package.json': '{}' });
  const { code, stderr } = await folder.merge(...argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
