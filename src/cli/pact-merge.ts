import { join } from 'node:path';
import { ExactMatchError } from '../errors.ts';
import { countOf } from '../report/count.ts';
import { type Args, type ExitCode, textOf, textsOf } from './command.ts';
import type { Io } from './io.ts';

/**
 * Runs `exactmatch pact merge`.
 *
 * @throws {ExactMatchError} `PACT_CONFLICT`, `PACT_NOT_FOUND`, `PACT_MALFORMED`, `FILE_UNREADABLE`,
 * `OPTION_INVALID`.
 */
export async function mergePactFiles(
  paths: readonly string[],
  args: Args,
  io: Io,
): Promise<ExitCode> {
  const output = textOf(args, 'output');
  if (output === undefined) {
    throw new ExactMatchError('OPTION_INVALID', 'pact merge needs a folder to write to: -o DIR.');
  }
  // Loaded here: the other commands start without them.
  const { findPacts } = await import('../pact/verify/sources.ts');
  const { mergePacts } = await import('../pact/merge-pacts.ts');
  const { local, urls } = await findPacts(paths);
  if (urls[0]) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `"${urls[0]}" is no file. Give pact files and folders of them.`,
    );
  }
  if (local.length === 0) {
    throw new ExactMatchError(
      'PACT_NOT_FOUND',
      `There is no pact in ${paths.join(', ')}. Give pact files, or folders with them.`,
    );
  }
  const base = await findPacts(textsOf(args, 'base'));
  // All of them first, so that a conflict leaves everything as it was.
  const merged = mergePacts(local, base.local);
  await io.makeFolder(output);
  for (const { name, text, interactions, files } of merged) {
    const path = join(output, name);
    await io.write(path, text);
    io.stderr(
      `Wrote to ${path}: ${countOf(interactions, 'interaction')} of ${countOf(files, 'file')}.\n`,
    );
  }
  return 0;
}
