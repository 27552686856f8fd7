import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** A mock that runs as a user runs it. */
export interface MockProcess {
  readonly process: ChildProcess;
  /** What it printed when it listened. */
  readonly banner: string;
  readonly url: string;
  readonly stderr: () => string;
  /** Waits until standard error has something, and gives what matches. */
  readonly told: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Its exit code, when it ends by itself. */
  readonly ended: Promise<number | null>;
  /** Ends it, and gives its exit code. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts the mock on a free port, and waits for what it prints. */
export async function startProcess(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<MockProcess> {
  const child = spawn(process.execPath, [cli, 'mock', '--port', '0', ...argv], {
    env: { ...process.env, ...env },
  });
  // Its workers hold its streams too.
  const exited = once(child, 'close');
  let [banner, stderr] = ['', ''];
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdout.on('data', (chunk) => {
    banner += String(chunk);
  });
  // Where it is comes first, and a line to try it with a turn later.
  while (!/^ {2}curl .*\n/m.test(banner)) {
    const more = await Promise.race([once(child.stdout, 'data'), exited]);
    if (typeof more[0] === 'number' || more[0] === null) break;
  }
  const ended = exited.then(([code]) => code as number | null);
  const stop = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    process: child,
    banner,
    url: /on (https?:\/\/[^\s,]+)/.exec(banner)?.[1] ?? '',
    stderr: () => stderr,
    told: async (pattern) => {
      for (;;) {
        const found = pattern.exec(stderr);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`The mock has ended: ${stderr}`);
        await Promise.race([once(child.stderr, 'data'), exited]);
      }
    },
    ended,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('SIGKILL');
    },
  };
}

/** What a process does that cannot start. */
export async function refusal(
  argv: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const mock = await startProcess(argv);
  const code = await mock.stop('SIGKILL');
  return { code, stdout: mock.banner, stderr: mock.stderr() };
}
