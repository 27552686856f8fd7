import { execFileSync } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { freePort, missingRedis, startRedis } from '../mock/store/redis-server.ts';
import { type MockProcess, refusal, startProcess } from './mock-process.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 60_000 });

const missing = missingRedis();
const collection = '/dataClassification/exactMatchDataStores/patients/sessions';

interface Answer {
  readonly status: number | undefined;
  readonly body: unknown;
}

/** Asks by a connection of its own: connections go to the workers in turn. */
function ask(mock: MockProcess, method: string, path: string, body = ''): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
  request(`${mock.url}${path}`, { method, headers, agent: false }, async (response) => {
    const status = response.statusCode;
    resolve({ status, body: status === 204 ? undefined : await json(response).catch(String) });
  })
    .on('error', reject)
    .end(body);
  return promise;
}

async function create(mock: MockProcess): Promise<string> {
  const { status, body } = await ask(mock, 'POST', collection, '{}');
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function list(mock: MockProcess): Promise<string[]> {
  const { body } = await ask(mock, 'GET', collection);
  return (body as { value: { id: string }[] }).value.map(({ id }) => id);
}

/** The processes that a process has started. */
function workersOf({ process: { pid } }: MockProcess): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return rows
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child);
}

test.skipIf(missing)('several workers are one mock, also when one of them is killed', async () => {
  await using redis = await startRedis();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'seed.json');
  await writeFile(file, JSON.stringify({ [collection]: [{ id: 'seeded' }] }));
  const argv = ['--workers', '3', '--store', redis.url, '--seed-data', file, '--log', 'none'];
  await using mock = await startProcess(argv);
  expect(mock.banner.match(/^Mock of .* on http:\/\/127\.0\.0\.1:\d+, 3 workers$/gm)).toHaveLength(
    1,
  );
  const first = workersOf(mock);
  expect(first).toHaveLength(3);

  const ids = await Promise.all(Array.from({ length: 12 }, () => create(mock)));
  for (let client = 0; client < 6; client += 1) {
    expect((await list(mock)).sort()).toEqual(['seeded', ...ids].sort());
  }
  expect((await ask(mock, 'DELETE', `${collection}/seeded`)).status).toBe(204);

  const [victim = 0] = first;
  process.kill(victim, 'SIGKILL');
  await mock.told(new RegExp(`Worker ${victim} has ended \\(SIGKILL\\)\\. Another one takes its`));
  ids.push(await create(mock));
  await expect.poll(() => workersOf(mock).length, { timeout: 10_000 }).toBe(3);
  expect(workersOf(mock)).not.toContain(victim);
  // What was seeded once and removed stays away, whoever answers.
  for (let client = 0; client < 6; client += 1) {
    expect((await list(mock)).sort()).toEqual(ids.toSorted());
  }
  // Ends when all streams are closed, those of the workers as well.
  expect(await mock.stop('SIGTERM')).toBe(0);
  expect(mock.banner.match(/Mock of/g)).toHaveLength(1);
});

test.skipIf(missing)('all workers share one certificate, and end at SIGINT', async () => {
  await using redis = await startRedis();
  const argv = ['--workers', '2', '--store', redis.url, '--https'];
  await using mock = await startProcess(argv);
  expect(mock.banner).toMatch(/^Certificate \(made for this run\), SHA-256 [\dA-F:]{95}$/m);
  expect(await mock.stop('SIGINT')).toBe(0);
  expect(mock.stderr()).toBe('');
});

/** A document of one operation, which answers with that text. */
const documentOf = (text: string) => `openapi: 3.1.0
info: { title: Ping, version: '1' }
paths:
  /ping:
    get:
      operationId: ping
      responses:
        '200':
          description: Pong
          content: { application/json: { schema: { type: string }, example: ${text} } }
`;

test.skipIf(missing)('all workers follow the document', async () => {
  await using redis = await startRedis();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  await writeFile(file, documentOf('one'));
  const argv = [file, '--watch', '--workers', '2', '--store', redis.url, '--log', 'json'];
  await using mock = await startProcess(argv);
  const answers = async () => {
    const asked = Array.from({ length: 4 }, () => ask(mock, 'GET', '/ping'));
    return (await Promise.all(asked)).map(({ body }) => body);
  };
  expect(await answers()).toEqual(['one', 'one', 'one', 'one']);
  await writeFile(file, documentOf('two'));
  const [line] = await mock.told(/\{[^\n]*"event":"reloaded"[^\n]*\}\n/);
  expect(JSON.parse(line)).toMatchObject({ file, added: [], removed: [], changed: ['ping'] });
  await expect.poll(answers).toEqual(['two', 'two', 'two', 'two']);
});

test.skipIf(missing)('a worker that cannot be replaced ends them all', async () => {
  await using redis = await startRedis();
  await using mock = await startProcess(['--workers', '2', '--store', redis.url]);
  await redis.kill();
  const [victim = 0] = workersOf(mock);
  process.kill(victim, 'SIGKILL');
  await mock.told(/exactmatch: The store "redis:\/\/127\.0\.0\.1:\d+" cannot be reached: /);
  expect(await mock.ended).toBe(2);
});

test('workers that cannot start are one clear line and exit code 2', async () => {
  const port = await freePort();
  const store = `redis://127.0.0.1:${port}`;
  expect(await refusal(['--workers', '3', '--store', store])).toEqual({
    code: 2,
    stdout: '',
    stderr: `exactmatch: The store "${store}" cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.\n`,
  });
});

test.skipIf(missing)('a taken port is one clear line as well', async () => {
  await using redis = await startRedis();
  await using other = await startMock();
  const argv = ['--workers', '3', '--store', redis.url, '--port', String(other.port)];
  const { code, stderr } = await refusal(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^exactmatch: Failed to listen on \S+ the port is taken\. [^\n]+\n$/);
});
