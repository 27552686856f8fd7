import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { append } from '../spec/pointer.ts';
import { type ApplyingRules, isMapRule, rulesAt } from './body-rules.ts';
import { satisfies, satisfiesAll } from './match-value.ts';
import type { BodyRule, Rule, Variant } from './rule.ts';

/** A place of a body that Pact would call a mismatch. */
export interface Mismatch {
  /** JSON Pointer into the actual body. */
  readonly pointer: string;
  /** The rules that it fails; `undefined` where the example itself is expected. */
  readonly rules: ApplyingRules | undefined;
}

/** How a body is compared. */
export interface MatchOptions {
  readonly rules: readonly BodyRule[];
  /** Whether members that the expected body does not name are mismatches, as in requests. */
  readonly isClosed: boolean;
}

/**
 * Lists where a body is not what a pact expects, as Pact's verifier would; none when it is.
 *
 * Where Pact's libraries differ, or a rule cannot be read, this takes the actual body's side.
 *
 * @see https://github.com/pact-foundation/pact-specification/tree/version-4
 */
export function findMismatches(
  expected: Json,
  actual: Json,
  options: MatchOptions,
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  compare({ ...options, found }, expected, actual, { way: [], pointer: '' });
  return found;
}

interface Comparison extends MatchOptions {
  readonly found: Mismatch[];
}

interface Place {
  readonly way: readonly string[];
  readonly pointer: string;
}

function inside({ way, pointer }: Place, key: string): Place {
  return { way: [...way, key], pointer: append(pointer, key) };
}

function compare(comparison: Comparison, expected: Json, actual: Json, place: Place): void {
  const applying = rulesAt(comparison.rules, place.way);
  // Pact itself has no way to expect an object or null; who wrote such rules means it.
  if (actual === null && applying?.combine === 'OR' && applying.rules.some(isNullRule)) return;
  if (isArray(expected) && isArray(actual)) {
    compareLists(comparison, expected, actual, place, applying);
  } else if (isObject(expected) && isObject(actual)) {
    compareMaps(comparison, expected, actual, place, applying);
  } else if (isArray(expected) || isObject(expected)) {
    report(comparison, place, applying);
  } else if (!isAccepted(applying, expected, actual)) {
    report(comparison, place, applying);
  }
}

function isNullRule({ match }: Rule): boolean {
  return match === 'null';
}

function isAccepted(applying: ApplyingRules | undefined, expected: Json, actual: Json): boolean {
  return satisfiesAll(applying ?? EXACT, expected, actual);
}

const EXACT = { combine: 'AND', rules: [{ match: 'equality' }] } as const;

function report({ found }: Comparison, { pointer }: Place, rules: ApplyingRules | undefined): void {
  found.push({ pointer, rules });
}

function compareMaps(
  comparison: Comparison,
  expected: JsonObject,
  actual: JsonObject,
  place: Place,
  applying: ApplyingRules | undefined,
): void {
  compareKeys(comparison, Object.keys(actual), place, applying);
  const isMap = isMapRule(applying);
  const [template] = Object.values(expected);
  const inner = isMap ? withItemRules(comparison, applying, place) : comparison;
  for (const [name, value] of Object.entries(actual)) {
    const wanted = Object.hasOwn(expected, name) ? expected[name] : isMap ? template : undefined;
    if (wanted !== undefined) compare(inner, wanted, value, inside(place, name));
    else if (comparison.isClosed && !isMap) report(comparison, inside(place, name), applying);
  }
  if (isMap) return;
  for (const name of Object.keys(expected)) {
    if (!Object.hasOwn(actual, name)) report(comparison, inside(place, name), applying);
  }
}

/** `eachKey` speaks of the names of members. */
function compareKeys(
  comparison: Comparison,
  names: readonly string[],
  place: Place,
  applying: ApplyingRules | undefined,
): void {
  for (const rule of applying?.isCascaded === false ? applying.rules : []) {
    if (rule.match !== 'eachKey') continue;
    for (const name of names) {
      if (rule.rules.every((one) => satisfies(one, '', name))) continue;
      report(comparison, inside(place, name), applying);
    }
  }
}

/** `eachValue` brings its own rules for what lies inside. */
function withItemRules(
  comparison: Comparison,
  applying: ApplyingRules | undefined,
  { way }: Place,
): Comparison {
  const rules = applying?.rules.flatMap((rule) => (rule.match === 'eachValue' ? rule.rules : []));
  if (!applying || !rules || rules.length === 0) return comparison;
  const path = [...way.map((name) => ({ kind: 'field', name }) as const), { kind: 'any' } as const];
  const { pointer } = applying;
  const own: BodyRule = { path, expression: '', combine: 'AND', rules, pointer };
  return { ...comparison, rules: [...comparison.rules, own] };
}

function compareLists(
  comparison: Comparison,
  expected: readonly Json[],
  actual: readonly Json[],
  place: Place,
  applying: ApplyingRules | undefined,
): void {
  const variants = applying?.isCascaded === false ? applying.rules.flatMap(variantsOf) : [];
  if (variants.length > 0) {
    const isLacking = variants.some((one) => !hasVariant(comparison, expected, actual, one));
    if (isLacking) report(comparison, place, applying);
    return;
  }
  const isExact = !applying || applying.rules.every(({ match }) => match === 'equality');
  if (isExact && expected.length !== actual.length) report(comparison, place, applying);
  else if (!isExact && applying.isCascaded === false && !isAccepted(applying, expected, actual)) {
    report(comparison, place, applying);
  }
  const inner = withItemRules(comparison, applying, place);
  for (const [index, item] of actual.entries()) {
    const wanted = index < expected.length || isExact ? expected[index] : expected[0];
    if (wanted !== undefined) compare(inner, wanted, item, inside(place, String(index)));
  }
}

function variantsOf(rule: Rule): readonly Variant[] {
  return rule.match === 'arrayContains' ? rule.variants : [];
}

function hasVariant(
  { isClosed }: Comparison,
  expected: readonly Json[],
  actual: readonly Json[],
  { index, rules }: Variant,
): boolean {
  const wanted = expected[index];
  if (wanted === undefined) return true;
  return actual.some((item) => findMismatches(wanted, item, { rules, isClosed }).length === 0);
}
