import type { Json } from '../json.ts';

/** The values of a body lie at most so deep in each other. */
export const DEEPEST = 400;

/** Tells whether a value is nested more deeply than what calls itself for each level can bear. */
export function isTooDeep(value: Json, levels: number = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) {
    if (isTooDeep((value as Readonly<Record<string, Json>>)[name] ?? null, levels - 1)) return true;
  }
  return false;
}
