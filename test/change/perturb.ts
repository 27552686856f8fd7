import fc from 'fast-check';
import type { Part } from './row.ts';

const LEAVES: readonly unknown[] = [
  ...['', 'a', 'b', 'ab', 'abc', 'abcd', 'more 1', '2020-01-01', 'cat', 'dog'],
  ...[-1, 0, 0.5, 1, 2, 3, 6, true, false, null],
];

/** What a value is made into at a random place: the edits of a `Perturbation`, one after another. */
export interface Perturbation {
  readonly where: number;
  readonly what: number;
  readonly how: number;
}

/** A few random edits of one value. */
export const perturbations: fc.Arbitrary<readonly Perturbation[]> = fc.array(
  fc.record({ where: fc.nat(), what: fc.nat(), how: fc.nat() }),
  { minLength: 1, maxLength: 3 },
);

/** A value with some edits: a member less, one more, another one; an item less or twice. */
export function perturb(value: unknown, list: readonly Perturbation[]): unknown {
  const holder: Part = { value: structuredClone(value) };
  for (const { where, what, how } of list) {
    const places = [...placesIn(holder)];
    const [owner, key] = places[where % places.length] ?? [holder, 'value'];
    const current = owner[key];
    const leaf = structuredClone(LEAVES[how % LEAVES.length]);
    if (what % 4 === 0 && owner !== holder && !Array.isArray(owner)) delete owner[key];
    else if (what % 4 === 1 && Array.isArray(current)) {
      if (how % 2) current.pop();
      else current.push(current.length > 0 ? structuredClone(current[0]) : leaf);
    } else if (what % 4 === 2 && isRecord(current)) {
      current[['a', 'b', 'c', 'd', 'kind', 'zz'][how % 6] ?? 'a'] = leaf;
    } else owner[key] = how % 7 === 0 ? [leaf] : leaf;
  }
  return holder.value;
}

function isRecord(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* placesIn(owner: Part): Iterable<readonly [owner: Part, key: string]> {
  for (const [key, value] of Object.entries(owner)) {
    yield [owner, key];
    if (typeof value === 'object' && value !== null) yield* placesIn(value);
  }
}
