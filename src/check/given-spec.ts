import { ExactMatchError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import { describeGiven } from './unreadable.ts';

/**
 * Passes when a document has been loaded.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for anything else, such as a `loadSpec()` without `await`.
 */
export function requireSpec(given: Spec): void {
  if (isSpec(given)) return;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The document must be a loaded one, got ${describeGiven(given)}. Give what \`await loadSpec()\` returns.`,
  );
}

/** Tells a document that has been loaded from one that is given as an object, and from anything else. */
export function isSpec(given: unknown): given is Spec {
  return (
    typeof given === 'object' &&
    given !== null &&
    (given as { readonly sources?: unknown }).sources instanceof Map
  );
}
