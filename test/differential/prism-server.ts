import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Keywords } from './leaf.ts';

const PRISM = fileURLToPath(
  new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url),
);

/** Stock Prism in a process of its own. */
export interface PrismServer extends AsyncDisposable {
  readonly port: number;
  /** The end of the process. */
  readonly ended: Promise<unknown>;
}

/** Starts `prism mock --errors`, as its users do, with a document. */
export async function startPrismServer(document: Keywords): Promise<PrismServer> {
  const folder = await mkdtemp(join(tmpdir(), 'exactmatch-prism-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const port = await freePort();
  const server = spawn(process.execPath, [PRISM, 'mock', '--errors', '--port', `${port}`, file]);
  const ended = once(server, 'exit');
  // What it logs must be taken off its hands, or it stops.
  server.stderr.resume();
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('listening') && resolve());
  });
  return {
    port,
    ended,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
