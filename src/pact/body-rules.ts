import type { BodyRule, Rule, RuleList } from './rule.ts';
import { weightOf } from './rule-path.ts';

/** The rules that hold for one value of a body. */
export interface ApplyingRules extends RuleList {
  /** Whether they are those of a value further out, which hold for all that it has inside. */
  readonly isCascaded: boolean;
}

/** Rules that speak of the value that they stand at, and of nothing inside it. */
const OWN: ReadonlySet<Rule['match']> = new Set(['values', 'eachKey', 'eachValue', 'unknown']);

/**
 * The rules of a body that hold for the value that a way leads to: those of the most exact path, or
 * `undefined` where none speaks of it, so that the value itself is expected.
 *
 * @param way names of members and indices, from the whole body.
 * @see https://github.com/pact-foundation/pact-specification/tree/version-3#matcher-selection-algorithm
 */
export function rulesAt(
  rules: readonly BodyRule[],
  way: readonly string[],
): ApplyingRules | undefined {
  let best: BodyRule | undefined;
  let most = 0;
  for (const rule of rules) {
    const weight = weightOf(rule.path, way);
    if (weight <= most || (rule.path.length < way.length && isOwn(rule))) continue;
    best = rule;
    most = weight;
  }
  if (!best) return undefined;
  const { combine, pointer, path } = best;
  return { combine, rules: best.rules, pointer, isCascaded: path.length < way.length };
}

function isOwn({ rules }: RuleList): boolean {
  return rules.every(({ match }) => OWN.has(match));
}

/** Tells whether a value stands for all members of a map, whatever their names. */
export function isMapRule(rules: ApplyingRules | undefined): boolean {
  if (!rules || rules.isCascaded) return false;
  return rules.rules.some(({ match }) => match === 'values' || match.startsWith('each'));
}
