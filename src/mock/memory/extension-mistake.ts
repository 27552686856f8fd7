import { ExactMatchError } from '../../errors.ts';
import { locate } from '../../spec/locate.ts';
import type { Node } from '../../spec/source.ts';

/** The error for a wrong use of `x-mock`, with file, line and column. */
export function wrong(at: Node, reason: string): ExactMatchError {
  const { file, line, column } = locate(at);
  return new ExactMatchError(
    'SPEC_EXTENSION_INVALID',
    `"x-mock" is used wrongly at ${file}:${line}:${column}: ${reason}.`,
  );
}
