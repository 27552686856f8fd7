import type { Difference } from '../change/difference.ts';
import { loadPact, readPact } from '../pact/file.ts';
import { findImpact, type Impact } from './impact.ts';

export type { Impact };

/**
 * Tells which interactions of which consumers use what differs: by what each of them sends and reads,
 * and by what the new document finds wrong in them that the old one did not.
 *
 * @param differences what `diffSpecs` returned, or some of it.
 * @param pacts the paths of pact files, or what their JSON says.
 * @throws {ExactMatchError} `FILE_UNREADABLE`, `PACT_MALFORMED`; `OPTION_INVALID` for differences that
 * `diffSpecs` did not make; `SPEC_*` when a document is broken where an interaction needs it.
 */
export async function impactOf(
  differences: readonly Difference[],
  pacts: readonly (string | object)[],
): Promise<Impact> {
  const read = await Promise.all(
    pacts.map((pact) =>
      typeof pact === 'string'
        ? loadPact(pact)
        : readPact(JSON.stringify(pact, null, 2), '(inline)'),
    ),
  );
  return findImpact(differences, read);
}
