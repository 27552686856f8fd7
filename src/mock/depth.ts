import { isArray, type Json, type JsonObject } from '../json.ts';

/** The values of a body lie at most so deep in each other. */
export const DEEPEST = 400;

/** Tells whether a value is nested more deeply than what calls itself for each level can bear. */
export function isTooDeep(value: Json): boolean {
  return isNested(value) && isDeeper(value, DEEPEST);
}

function isDeeper(value: readonly Json[] | JsonObject, levels: number): boolean {
  if (levels === 0) return true;
  // Most members are no values to go into: to call for each would cost more than the rest.
  for (const inner of isArray(value) ? value : Object.values(value)) {
    if (isNested(inner) && isDeeper(inner, levels - 1)) return true;
  }
  return false;
}

function isNested(value: Json | undefined): value is readonly Json[] | JsonObject {
  return typeof value === 'object' && value !== null;
}
