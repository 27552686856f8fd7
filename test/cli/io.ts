import { processIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** What a command did. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as it is, with real files, and keeps what it prints. */
export async function run(argv: readonly string[], stdin = ''): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const real = processIo(process);
  const code = await main(argv, {
    ...real,
    read: (path) => (path === '-' ? Promise.resolve(stdin) : real.read(path)),
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    untilStopped: () => Promise.resolve(),
  });
  return { code, ...printed };
}
