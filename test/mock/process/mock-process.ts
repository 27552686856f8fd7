import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MockOptions } from '../../../src/mock.ts';

/** A mock in a process of its own that tells what it holds. */
export interface MockProcess {
  /** Where it listens, without base path. */
  readonly url: string;
  /** What it holds, in bytes, after it has collected its garbage. */
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a mock in a process of its own; the options must be JSON. */
export async function startProcess(options: MockOptions): Promise<MockProcess> {
  const file = fileURLToPath(new URL('./mock-server.ts', import.meta.url));
  const execArgv = ['--expose-gc'];
  const child: ChildProcess = fork(file, [JSON.stringify(options)], { execArgv });
  const end = once(child, 'exit');
  const early = end.then(() => {
    throw new Error('The process of the mock has ended');
  });
  // Whoever waits for an answer hears of it; nobody else has to.
  early.catch(() => {});
  const told = async () => (await Promise.race([once(child, 'message'), early]))[0];
  const kill = async () => {
    child.kill('SIGKILL');
    await end;
  };
  return {
    url: await told(),
    memory: async () => {
      child.send('memory');
      return told();
    },
    [Symbol.asyncDispose]: kill,
  };
}
