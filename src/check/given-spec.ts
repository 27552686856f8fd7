import { ExactMatchError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import { describeGiven } from './unreadable.ts';

/**
 * Passes when a document has been loaded.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for anything else, such as a `loadSpec()` without `await`.
 */
export function requireSpec(given: Spec): void {
  if (typeof given === 'object' && given?.sources instanceof Map) return;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The document must be a loaded one, got ${describeGiven(given)}. Give what \`await loadSpec()\` returns.`,
  );
}
