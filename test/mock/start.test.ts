import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** The modules of Node that a mock has loaded once it listens. */
async function loaded(options: object): Promise<readonly string[]> {
  const mock = fileURLToPath(new URL('../../src/mock.ts', import.meta.url));
  const code = `
    const { startMock } = await import(${JSON.stringify(mock)});
    await startMock(${JSON.stringify(options)});
    process.stdout.write(JSON.stringify(process.moduleLoadList));
    process.exit();`;
  const argv = ['--input-type=module', '-e', code];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

test('a mock that listens has not loaded the HTTP client of Node, which is half of its start', async () => {
  const modules = await loaded({});
  expect(modules).toContain('NativeModule _http_server');
  expect(modules.filter((name) => /undici|NativeModule (?:https|tls)$/.test(name))).toEqual([]);
});

test('a mock that speaks HTTPS loads what that takes', async () => {
  expect(await loaded({ tls: true })).toContain('NativeModule https');
});
