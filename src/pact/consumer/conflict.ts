import { ExactMatchError } from '../../errors.ts';
import type { Conflict } from './merge.ts';
import { originText } from './origin.ts';
import type { Parties } from './serve.ts';

/** The error for interactions of one name that differ, with both tests of each. */
export function conflictError(
  { consumer, provider }: Parties,
  conflicts: readonly Conflict[],
): ExactMatchError {
  const each = conflicts.map(
    ({ description, one, other }) =>
      `  "${description}" of ${originText(one)}\n  and of ${originText(other)}`,
  );
  return new ExactMatchError(
    'PACT_CONFLICT',
    `Failed to write the pact of ${consumer} with ${provider}: tests have different interactions of one description and state:\n${each.join('\n')}\nGive one of them another \`description\` or \`given\`.`,
  );
}
