import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startMock } from '../../src/mock.ts';
import { run } from './io.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

interface Mock {
  readonly process: ChildProcess;
  readonly banner: string;
  readonly url: string;
  readonly stderr: () => string;
}

/** Starts the mock as a user does, and waits for what it prints. */
async function start(...argv: string[]): Promise<Mock> {
  const process_ = spawn(process.execPath, [cli, 'mock', '--port', '0', ...argv]);
  let [banner, stderr] = ['', ''];
  process_.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  process_.stdout.on('data', (chunk) => {
    banner += String(chunk);
  });
  await once(process_.stdout, 'data');
  const url = /on (http:\S+)/.exec(banner)?.[1] ?? '';
  return { process: process_, banner, url, stderr: () => stderr };
}

async function stop({ process: process_ }: Mock, signal: NodeJS.Signals): Promise<unknown> {
  const exited = once(process_, 'exit');
  process_.kill(signal);
  return (await exited)[0];
}

test('prints a curl line that works when pasted', async () => {
  const mock = await start();
  const line = /^ {2}(curl .*)$/m.exec(mock.banner)?.[1] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl', 'curl -s')]);
  expect(stdout).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  expect(stdout).toContain('"state":"Created"');
  expect(await stop(mock, 'SIGTERM')).toBe(0);
  expect(mock.stderr()).toMatch(/^POST \S+ createExactMatchSession 201 [\d.]+ ms\n$/);
});

test.for(['SIGINT', 'SIGTERM'] as const)('closes cleanly at %s', async (signal) => {
  const mock = await start('--log', 'none');
  await fetch(`${mock.url}/nothing`);
  expect(await stop(mock, signal)).toBe(0);
  expect(mock.stderr()).toBe('');
});

test('logs JSON lines on stderr', async () => {
  const mock = await start('--log', 'json', '--cors');
  const response = await fetch(`${mock.url}/nothing`, {
    headers: { origin: 'https://app.example' },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  await stop(mock, 'SIGTERM');
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

test('the same seed makes the same data', async () => {
  const bodies: string[] = [];
  for (const seed of ['5', '5', '6']) {
    const mock = await start('--stateless', '--dynamic', '--seed', seed, '--log', 'none');
    const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
    const path = '/beta/dataClassification/exactMatchDataStores/patients/sessions';
    const response = await fetch(mock.url + path, { method: 'POST', headers, body: '{}' });
    bodies.push(await response.text());
    await stop(mock, 'SIGTERM');
  }
  expect(bodies[1]).toBe(bodies[0]);
  expect(bodies[2]).not.toBe(bodies[0]);
});
