import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { run } from './io.ts';
import { startProcess } from './mock-process.ts';

test('prints a curl line that works when pasted', async () => {
  await using mock = await startProcess([]);
  const line = /^ {2}(curl .*)$/m.exec(mock.banner)?.[1] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl', 'curl -s')]);
  expect(stdout).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  expect(stdout).toContain('"state":"Created"');
  expect(await mock.stop('SIGTERM')).toBe(0);
  expect(mock.stderr()).toMatch(/^POST \S+ createExactMatchSession 201 [\d.]+ ms\n$/);
});

test.for(['SIGINT', 'SIGTERM'] as const)('closes cleanly at %s', async (signal) => {
  await using mock = await startProcess(['--log', 'none']);
  await fetch(`${mock.url}/nothing`);
  expect(await mock.stop(signal)).toBe(0);
  expect(mock.stderr()).toBe('');
});

test('logs JSON lines on stderr', async () => {
  await using mock = await startProcess(['--log', 'json', '--cors']);
  const response = await fetch(`${mock.url}/nothing`, {
    headers: { origin: 'https://app.example' },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  await mock.stop('SIGTERM');
  expect(JSON.parse(mock.stderr())).toMatchObject({ method: 'GET', path: '/nothing', status: 404 });
});

test('a taken port is one clear line and exit code 2', async () => {
  await using mock = await startMock();
  const { code, stdout, stderr } = await run(['mock', '--port', String(mock.port)]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    `exactmatch: Failed to listen on 127.0.0.1:${mock.port}: the port is taken. Stop what listens there, or choose another with --port.\n`,
  );
});

// It loads Prism three times.
test('the same seed makes the same data', { timeout: 60_000 }, async () => {
  const bodies: string[] = [];
  for (const seed of ['5', '5', '6']) {
    await using mock = await startProcess([
      '--stateless',
      '--dynamic',
      '--seed',
      seed,
      '--log',
      'none',
    ]);
    const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
    const path = '/beta/dataClassification/exactMatchDataStores/patients/sessions';
    const response = await fetch(mock.url + path, { method: 'POST', headers, body: '{}' });
    bodies.push(await response.text());
    await mock.stop('SIGTERM');
  }
  expect(bodies[1]).toBe(bodies[0]);
  expect(bodies[2]).not.toBe(bodies[0]);
});

test('speaks HTTPS, and prints a curl line and the fingerprint that curl sees', async () => {
  await using mock = await startProcess(['--https', '--log', 'none']);
  expect(mock.url).toMatch(/^https:/);
  const line = /^ {2}(curl .*)$/m.exec(mock.banner)?.[1] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl', 'curl -s')]);
  expect(stdout).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  const printed = /^Certificate \(made for this run\), SHA-256 (\S+)$/m.exec(mock.banner)?.[1];
  const socket = connect({ port: Number(new URL(mock.url).port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(printed).toBe(socket.getPeerX509Certificate()?.fingerprint256);
  socket.destroy();
});

test('remembers, misbehaves and tells the time as it was told', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'seed.json');
  const path = '/dataClassification/exactMatchDataStores/patients/sessions';
  await writeFile(file, JSON.stringify({ [path]: [{ id: 'seeded', state: 'Created' }] }));
  await using mock = await startProcess([
    ...['--seed-data', file, '--now', '2024-05-14T08:20:31Z', '--frozen', '--body-limit', '100'],
    ...['--throttle', '3/1h', '--log', 'none'],
  ]);
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
  const post = (body: string) => fetch(`${mock.url}${path}`, { method: 'POST', headers, body });
  const found = await fetch(`${mock.url}${path}/seeded`, { headers });
  expect(await found.json()).toMatchObject({ id: 'seeded' });
  const created = await post('{}');
  expect(await created.json()).toMatchObject({ creationDateTime: '2024-05-14T08:20:31.000Z' });
  expect((await post(`{"fileName":"${'x'.repeat(100)}"}`)).status).toBe(413);
  expect((await post('{}')).status).toBe(201);
  const throttled = await post('{}');
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3600']);
});

test('follows its document, says what has changed, and remembers', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'openapi.yaml');
  const first = await readFile('spec/exact-match-sessions.openapi.yaml', 'utf8');
  await writeFile(file, first);
  await using mock = await startProcess([file, '--watch']);
  const sessions = `${mock.url}/dataClassification/exactMatchDataStores/patients/sessions`;
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
  const created = await fetch(sessions, { method: 'POST', headers, body: '{}' });
  const { id } = (await created.json()) as { id: string };

  await writeFile(file, first.replace('openapi: 3.1.0', 'openapi: ['));
  await mock.told(
    /openapi\.yaml", line \d+, column \d+: .* The document before it stays in use\.\n/,
  );
  expect((await fetch(`${sessions}/${id}`, { headers })).status).toBe(200);

  await writeFile(
    file,
    first.replaceAll('operationId: getExactMatchSession\n', 'operationId: getIt\n'),
  );
  await mock.told(
    /Reloaded \S+openapi\.yaml: added getIt; removed getExactMatchSession(?:; changed [^\n]+)?\.\n/,
  );
  expect((await fetch(`${sessions}/${id}`, { headers })).status).toBe(200);
  await mock.told(/ getIt 200 /);
  expect(await mock.stop('SIGTERM')).toBe(0);
});
