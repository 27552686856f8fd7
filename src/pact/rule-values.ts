import { isArray, isObject, type Json } from '../json.ts';
import { textOf } from '../schema/pattern-text.ts';
import { readDatePattern } from './date-pattern.ts';
import { patternOf } from './pattern.ts';
import type { Rule, RuleList } from './rule.ts';

const TURNS = 12;
const TEXTS: readonly Json[] = ['', 'a', 'some text', '-1', '2024-05-01'];
const NUMBERS: readonly Json[] = [0, 1, -1, 1.5];

/**
 * Values that rules let somebody send in place of an example, and that differ from it; not all of
 * them, and none where nothing can be said.
 */
export function valuesOfRules({ rules }: Pick<RuleList, 'rules'>, example: Json): readonly Json[] {
  return rules.flatMap((rule) => valuesOf(rule, example));
}

/** Tells whether a rule says which values it means, rather than of what kind they are. */
export function isExplicit({ rules }: Pick<RuleList, 'rules'>): boolean {
  return rules.some(({ match }) => EXPLICIT.has(match));
}

const EXPLICIT: ReadonlySet<Rule['match']> = new Set<Rule['match']>([
  ...(['regex', 'include', 'date', 'time', 'datetime', 'semver'] as const),
]);

function valuesOf(rule: Rule, example: Json): readonly Json[] {
  switch (rule.match) {
    case 'type':
      return ofType(rule, example);
    case 'regex':
      return textsOf(rule.regex);
    case 'include':
      return [rule.value, `${rule.value}x`, `x${rule.value}`];
    case 'integer':
      return NUMBERS.filter(Number.isInteger);
    case 'decimal':
      return [0.5, -0.5, 1.25];
    case 'number':
      return NUMBERS;
    case 'boolean':
      return [true, false];
    case 'null':
      return [null];
    case 'date':
    case 'time':
    case 'datetime': {
      const pattern = readDatePattern(rule.match, rule.format);
      return pattern ? [pattern.example] : [];
    }
    case 'notEmpty':
      return typeof example === 'string' ? TEXTS.filter((text) => text !== '') : [];
    case 'semver':
      return ['1.0.0', '2.1.0-beta.1'];
    default:
      return [];
  }
}

/** The texts that a regular expression makes by itself, without looking for odd or long ones. */
export function textsOf(regex: string): readonly string[] {
  const expression = patternOf(regex);
  if (!expression) return [];
  const limits = { least: 0, most: Number.POSITIVE_INFINITY, isWild: false };
  const texts = Array.from({ length: TURNS }, (_, turn) => textOf(expression, { ...limits, turn }));
  return [...new Set(texts)].filter((text) => expression.test(text));
}

function ofType(
  { min = 0, max }: Extract<Rule, { readonly match: 'type' }>,
  example: Json,
): readonly Json[] {
  if (typeof example === 'string') return TEXTS;
  if (typeof example === 'number') return NUMBERS;
  if (typeof example === 'boolean') return [true, false];
  if (!isArray(example) || isObject(example)) return [];
  const [first] = example;
  const counts = [min, max ?? example.length + 1].filter((count) => count <= 1_000);
  return first === undefined
    ? []
    : counts.map((count) => Array.from({ length: count }, () => first));
}
