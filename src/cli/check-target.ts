import { ExactMatchError } from '../errors.ts';
import { type Args, textOf } from './command.ts';
import type { Io } from './io.ts';

/** What a target of `check` can be. */
export type TargetKind = 'body';

/**
 * Tells what a target is, by its name and by what it holds.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when it is nothing that can be judged.
 */
export async function findTargetKind(target: string, args: Args, io: Io): Promise<TargetKind> {
  if (target !== '-') await io.kindOf(target);
  if (textOf(args, 'operation') !== undefined) return 'body';
  throw new ExactMatchError(
    'OPTION_INVALID',
    'check needs --operation ID, such as --operation createExactMatchSession.',
  );
}
