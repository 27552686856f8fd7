import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isExactMatchSession } from '../../src/index.ts';
import facts from './facts.json' with { type: 'json' };

// Stock Prism, started as its users start it, serves the same file.
const prism = fileURLToPath(
  new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url),
);
const document = fileURLToPath(
  new URL('../../spec/exact-match-sessions.openapi.yaml', import.meta.url),
);
let url = '';
let stop = () => {};

beforeAll(async () => {
  const port = await freePort();
  const server = spawn(process.execPath, [prism, 'mock', '--port', String(port), document]);
  stop = () => server.kill();
  url = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('listening') && resolve());
  });
}, 60_000);
afterAll(() => stop());

test.for(facts.operations)('stock Prism answers $method $path with $success', async (row) => {
  const path = row.path
    .replace('{exactMatchDataStoreId}', 'patients')
    .replace('{exactMatchSessionId}', 's1');
  const ask = (prefer: string) =>
    fetch(url + path, {
      method: row.method,
      headers: { authorization: 'Bearer token', 'content-type': 'application/json', prefer },
      ...(row.bodyIn === null ? {} : { body: JSON.stringify(row.body ?? {}) }),
    });
  const response = await ask('respond-async');
  expect(response.status).toBe(row.success);
  if (row.bodyOut === 'exactMatchSession')
    expect(isExactMatchSession(await response.json())).toBe(true);
  const failed = await ask('code=404');
  expect(failed.status).toBe(404);
  expect(await failed.json()).toMatchObject({ error: { code: 'itemNotFound' } });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
