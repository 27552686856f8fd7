import { Readable } from 'node:stream';
import { processIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** What a command did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as it is, with real files, and keeps what it prints; with those variables alone. */
export async function run(
  argv: readonly string[],
  stdin = '',
  env?: Readonly<Record<string, string>>,
): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const real = processIo(process);
  const code = await main(argv, {
    ...real,
    ...(env ? { env: (name: string) => env[name] || undefined } : {}),
    read: (path) => (path === '-' ? Promise.resolve(stdin) : real.read(path)),
    stream: (path) => (path === '-' ? Readable.from([Buffer.from(stdin)]) : real.stream(path)),
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    // Servers stop at once; what comes to an end by itself is not stopped.
    untilStopped: () => (argv[0] === 'check' ? new Promise(() => {}) : Promise.resolve()),
  });
  return { code, ...printed };
}

/**
 * Runs a command that goes on until it is stopped, and stops it when the work is done. The work may wait
 * for what is told on standard error.
 */
export async function runWhile(
  argv: readonly string[],
  work: (told: (pattern: RegExp) => Promise<string>) => Promise<void>,
): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const stop = Promise.withResolvers<void>();
  let hear = () => {};
  const running = main(argv, {
    ...processIo(process),
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
      hear();
    },
    untilStopped: () => stop.promise,
  });
  const told = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      hear = () => {
        if (pattern.test(printed.stderr)) resolve(printed.stderr);
      };
      running.then(() => reject(new Error(`It has ended: ${printed.stderr}`)), reject);
      hear();
    });
  await work(told).finally(stop.resolve);
  return { code: await running, ...printed };
}
