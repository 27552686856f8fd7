import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { headers, sessions } from '../mock/mock.ts';

const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
/** Writes the address of every module that is loaded, one a line. */
const hook = `import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) { writeSync(2, url + '\\n'); return next(url, context); } });`;

test('mocks the shipped document without Prism, Ajv, TypeScript and a parser of YAML', async () => {
  const traced = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
  const server = spawn(process.execPath, [
    ...traced,
    program,
    'mock',
    '--port',
    '0',
    '--log',
    'none',
  ]);
  let loaded = '';
  server.stderr.on('data', (chunk) => {
    loaded += String(chunk);
  });
  try {
    const [banner] = await once(server.stdout, 'data');
    const url = /http:\S+/.exec(String(banner))?.[0];
    const response = await fetch(url + sessions, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(201);
    const packages = [...loaded.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(packages)].sort()).toEqual([
      '@remix-run/headers',
      '@remix-run/multipart-parser',
    ]);
  } finally {
    server.kill('SIGKILL');
  }
});
