import type { ValueProblem } from '../finding.ts';
import type { Violation } from './violation.ts';

/** What says most about a mistake, first; the rest at the same place is its consequence. */
const WEIGHT: readonly ValueProblem[] = [
  'malformed',
  'readOnly',
  'writeOnly',
  'type',
  'discriminator',
  'enum',
  'range',
  'format',
  'pattern',
  'length',
  'alternatives',
  'forbidden',
  'unknown',
  'required',
  'items',
  'properties',
];

/**
 * Keeps one violation a mistake: of those at one place the most telling, and none below a place
 * whose value is of the wrong type.
 */
export function condense(violations: readonly Violation[]): readonly Violation[] {
  if (violations.length < 2) return violations;
  const best = new Map<string, Violation>();
  for (const violation of violations) {
    const known = best.get(violation.pointer);
    if (!known || weigh(violation) < weigh(known)) best.set(violation.pointer, violation);
  }
  const kept = [...best.values()];
  const wholes = kept.filter(({ problem }) => problem === 'type' || problem === 'discriminator');
  return kept.filter(
    (inner) =>
      !wholes.some((whole) => inner !== whole && inner.pointer.startsWith(`${whole.pointer}/`)),
  );
}

function weigh(violation: Violation): number {
  return WEIGHT.indexOf(violation.problem);
}
