import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of this test alone; it forgets all when it ends. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Kills it, as the system would that is short of memory. */
  readonly kill: () => Promise<void>;
  /** Starts it again where it was, without what it had. */
  readonly start: () => Promise<void>;
  /** Has it keep its connections and answer nobody. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Why there is no Redis to test with, as a sentence; `undefined` when there is one.
 *
 * @throws {Error} With that sentence, in CI.
 */
export function missingRedis(): string | undefined {
  if (spawnSync('redis-server', ['--version']).status === 0) return undefined;
  const sentence =
    'redis-server is not installed: apt-get install redis-server, or brew install redis';
  if (process.env['CI']) throw new Error(sentence);
  return sentence;
}

/** Starts a Redis on a free port of the loopback interface, with arguments of its command line. */
export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'exactmatch-redis-'));
  const port = await freePort();
  let child = await spawnRedis(port, folder, options);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    start: async () => {
      child = await spawnRedis(port, folder, options);
    },
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** What a Redis answers to a command, as its protocol writes it. */
export async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [reply] = await once(socket, 'data');
  socket.destroy();
  return String(reply).trim();
}

async function spawnRedis(
  port: number,
  folder: string,
  options: readonly string[],
): Promise<ChildProcess> {
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...settings, '--dir', folder, ...options]);
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (!output.includes('Ready to accept connections')) continue;
    // Else it would stop when the pipe is full.
    child.stdout.resume();
    return child;
  }
  throw new Error(`redis-server has ended: ${output}`);
}

/** A port of the loopback interface where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
