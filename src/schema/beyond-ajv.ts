import { isArray, isObject, type JsonObject } from '../json.ts';

/**
 * Tells whether the keywords of a schema are among those that Ajv 8 judges wrongly.
 *
 * The conformance test shows that nothing is left out.
 */
export function isBeyondAjv(keywords: JsonObject): boolean {
  if (namesIn(keywords).some((name) => name === '' || name in Object.prototype)) return true;
  if (keywords['unevaluatedItems'] !== undefined) return true;
  // Of an array without items, Ajv does not look at what comes behind `prefixItems`.
  return keywords['prefixItems'] !== undefined && keywords['contains'] !== undefined;
}

/**
 * The keyword that hands an object back which has a member named as one of every object's: Ajv takes
 * `toString` for evaluated wherever it gathers what was evaluated.
 */
export const PLAIN_NAMES = 'exactmatchPlainNames';

/** Passes for objects whose names Ajv can gather; throws for others, so that `evaluate` judges them. */
export function hasPlainNames(_keyword: boolean, value: object): boolean {
  for (const name in value) if (name in Object.prototype) throw BEYOND;
  return true;
}

const BEYOND = new RangeError('This object is beyond Ajv');

/** The names that Ajv looks up in a value: a prototype's count for it, and that of '' never misses. */
function namesIn(keywords: JsonObject): readonly string[] {
  const { required, properties, dependentRequired, dependentSchemas } = keywords;
  const names = isArray(required) ? required.map(String) : [];
  for (const members of [properties, dependentRequired, dependentSchemas]) {
    if (isObject(members)) names.push(...Object.keys(members));
  }
  const dependents = isObject(dependentRequired) ? Object.values(dependentRequired) : [];
  return [...names, ...dependents.flat().map(String)];
}
