import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processIo } from '../../src/cli/io.ts';
import { parse } from '../../src/cli/main.ts';
import { mockCommand } from '../../src/cli/mock.ts';
import { type MockSettings, readMockSettings } from '../../src/cli/mock-settings.ts';

/** What the mock takes from a command line, and from an environment that has nothing else. */
function read(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<MockSettings> {
  return readMockSettings(parse(mockCommand, argv), {
    ...processIo(process),
    env: (name) => env[name],
  });
}

const usual = {
  ...{ port: 4010, dynamic: false, cors: false, strict: false, stateless: false, frozen: false },
  validate: true,
};

test('takes the usual where nothing is said', async () => {
  expect(await read([])).toEqual({
    ...{ target: undefined, log: 'pretty', isWatched: false, workers: undefined },
    options: usual,
  });
});

test.for([
  [['-p', '0', '--host', '::1'], { port: 0, host: '::1' }],
  [['--dynamic', '--seed', '7'], { dynamic: true, seed: 7 }],
  [['--cors', '--strict', '--stateless'], { cors: true, strict: true, stateless: true }],
  [['--no-validate', '--body-limit', '10'], { validate: false, bodyLimit: 10 }],
  [['--latency', '50..200', '--fail', '5%:503'], { latency: '50..200', fail: '5%:503' }],
  [['--throttle', '100/10s', '--reset', '1%'], { throttle: '100/10s', reset: '1%' }],
  [['--slow', '5%:1000'], { slow: '5%:1000' }],
  [['--now', '2024-05-14T08:20:31Z', '--frozen'], { now: '2024-05-14T08:20:31Z', frozen: true }],
  [['--https'], { tls: true }],
  [['--store', 'redis://r'], { store: 'redis://r' }],
  [['--admin-token', 'secret'], { adminToken: 'secret' }],
] as const)('takes %j', async ([argv, options]) => {
  expect((await read(argv)).options).toEqual({ ...usual, ...options });
});

test('takes secrets from the environment, and the command line before it', async () => {
  const env = { EXACTMATCH_ADMIN_TOKEN: 'secret', EXACTMATCH_STORE: 'redis://:secret@r' };
  const { options } = await read(['--workers', '3'], env);
  expect(options).toMatchObject({ adminToken: 'secret', store: 'redis://:secret@r' });
  const argv = ['--admin-token', 'other', '--store', 'memory'];
  expect((await read(argv, env)).options).toMatchObject({ adminToken: 'other', store: 'memory' });
});

test('reads the files that are named', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const path = (name: string) => join(folder.path, name);
  await writeFile(path('cert.pem'), 'certificate');
  await writeFile(path('key.pem'), 'key');
  await writeFile(path('seed.json'), '{"/pets":[]}');
  const argv = ['--cert', path('cert.pem'), '--key', path('key.pem')];
  const { options } = await read([...argv, '--seed-data', path('seed.json')]);
  expect(options.tls).toEqual({ cert: 'certificate', key: 'key' });
  expect(options.seedData).toEqual({ '/pets': [] });
  expect(options.seedSource).toEqual({ file: path('seed.json'), text: '{"/pets":[]}' });
  await writeFile(path('seed.json'), '{"/pets":[}');
  await expect(read(['--seed-data', path('seed.json')])).rejects.toThrow(
    `Failed to read "${path('seed.json')}", line 1, column 11: `,
  );
});

test('reads the shipped document from its file where that is followed', async () => {
  const { target, isWatched } = await read(['--watch']);
  expect(target).toMatch(/spec.exact-match-sessions\.openapi\.yaml$/);
  expect(isWatched).toBe(true);
  expect((await read(['my.yaml', '--watch'])).target).toBe('my.yaml');
});

test.for([
  [['--latency', 'long'], '--latency must be milliseconds or a range of them'],
  [['--fail', '5%:200'], '--fail must be a share and statuses'],
  [['--throttle', '100'], '--throttle must be requests and a time'],
  [['--reset', '101%'], '--reset must be a share, such as 1%, got "101%".'],
  [['--slow', '0'], '--slow must be bytes a second'],
  [['--now', 'today'], '--now must be a date-time such as 2024-05-14T08:20:31Z, got "today".'],
  [['--now', '2024-02-30T00:00:00Z'], '--now must be a date-time'],
  [['--body-limit', '0'], '--body-limit must be a whole number from 1 to 1073741824, got "0".'],
  [['--workers', '0', '--store', 'redis://r'], '--workers must be a whole number from 1 to 128'],
  [['--workers', '2'], '--workers needs --store redis://HOST:PORT: '],
  [['--workers', '2', '--store', 'memory'], '--workers needs --store redis://HOST:PORT: '],
  [['--cert', 'cert.pem'], '--cert and --key go together. Give both, or --https alone.'],
  [['--cert', 'no/such.pem', '--key', 'k'], 'Failed to read "no/such.pem": there is no such file'],
  [['--seed-data', 'no/such.json'], 'Failed to read "no/such.json": there is no such file'],
  [['--seed-data', 'a.json', '--stateless'], '--seed-data says what to remember, --stateless'],
  [['--watch', 'https://api.example/openapi.yaml'], '--watch follows files, and "https://api'],
  [['--admin-token', ''], '--admin-token must be letters, digits and signs of ASCII'],
  [['--admin-token', 'a secret'], '--admin-token must be letters, digits and signs of ASCII'],
] as const)('refuses %j', async ([argv, reason]) => {
  const error = await read(argv).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ name: 'ExactMatchError' });
  const { message } = error as Error;
  expect(message).toContain(reason);
  expect(message).not.toMatch(/\n|a secret/);
});
