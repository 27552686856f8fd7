import { type Operation, operationsOf } from './operation.ts';
import type { Spec } from './spec.ts';

/** So many are named: enough to see a slip, few enough to be read. */
const MOST = 5;

/** The operations whose paths come nearest to a path that is none, the nearest first; at most five. */
export function nearestOperations(spec: Spec, path: string): readonly Operation[] {
  const asked = segmentsOf(path);
  return operationsOf(spec)
    .map((operation) => ({ operation, likeness: likenessOf(segmentsOf(operation.path), asked) }))
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, MOST)
    .map(({ operation }) => operation);
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

/** A segment that is the same counts most, one that a parameter takes a little less; length counts too. */
function likenessOf(template: readonly string[], asked: readonly string[]): number {
  const shared = template.reduce((sum, segment, index) => {
    const given = asked[index];
    if (given === undefined) return sum;
    if (segment.includes('{')) return sum + 0.9;
    return sum + prefixOf(segment, given) / Math.max(segment.length, given.length, 1);
  }, 0);
  return shared - Math.abs(template.length - asked.length) / 4;
}

function prefixOf(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
