import { isArray, isObject, type Json } from '../json.ts';
import { isEqual } from '../schema/equal.ts';
import { readDatePattern } from './date-pattern.ts';
import { patternOf } from './pattern.ts';
import type { Rule, RuleList } from './rule.ts';

/** @see https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const SEMVER =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*)?(?:\+[\da-z-]+(?:\.[\da-z-]+)*)?$/i;

/**
 * Tells whether a value satisfies a rule, as Pact's verifier would say; what cannot be told counts
 * as satisfied.
 *
 * Of arrays and objects, only their number of items is looked at: what they hold is compared apart.
 */
export function satisfies(rule: Rule, expected: Json, actual: Json): boolean {
  switch (rule.match) {
    case 'equality':
      return isEqual(expected, actual);
    case 'type':
      return kindOf(expected) === kindOf(actual) && hasSize(rule, actual);
    case 'regex':
      return patternOf(rule.regex)?.test(textOf(actual)) ?? true;
    case 'include':
      return textOf(actual).includes(rule.value);
    case 'integer':
      return Number.isInteger(actual);
    case 'decimal':
      return typeof actual === 'number' && !Number.isInteger(actual);
    case 'number':
      return typeof actual === 'number';
    case 'boolean':
      return typeof actual === 'boolean' || actual === 'true' || actual === 'false';
    case 'null':
      return actual === null;
    case 'date':
    case 'time':
    case 'datetime':
      return readDatePattern(rule.match, rule.format)?.expression.test(textOf(actual)) ?? true;
    case 'notEmpty':
      return !isNothing(actual);
    case 'semver':
      return typeof actual === 'string' && SEMVER.test(actual);
    default:
      return true;
  }
}

/** Tells whether a value satisfies the rules of a place, all of them or one, as they are combined. */
export function satisfiesAll(
  { rules, combine }: Pick<RuleList, 'rules' | 'combine'>,
  expected: Json,
  actual: Json,
): boolean {
  const isSatisfied = (rule: Rule) => satisfies(rule, expected, actual);
  return combine === 'OR' ? rules.some(isSatisfied) : rules.every(isSatisfied);
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return isArray(value) ? 'array' : typeof value;
}

function hasSize(
  { min = 0, max = Number.POSITIVE_INFINITY }: Extract<Rule, { readonly match: 'type' }>,
  value: Json,
): boolean {
  return !isArray(value) || (value.length >= min && value.length <= max);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isNothing(value: Json): boolean {
  if (isArray(value)) return value.length === 0;
  return value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
}
