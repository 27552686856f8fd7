import { isArray, type Json, show } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { condense } from './condense.ts';
import { describeEnum, got, joinWords } from './describe.ts';
import { keywordsOf } from './dialect.ts';
import { emptyOutcome, merge, mergeEvaluated, type Outcome } from './outcome.ts';
import type { Violation } from './violation.ts';

/** An alternative of `anyOf` or `oneOf` and what a value breaks of it. */
export interface Alternative {
  readonly schema: Node;
  readonly outcome: Outcome;
}

interface Place {
  /** The `anyOf` or `oneOf`. */
  readonly rule: Node;
  readonly pointer: string;
  readonly value: Json;
}

/**
 * Says why a value fits none of several alternatives: what it breaks of the one that was meant, if
 * one stands out, else one violation that names them all.
 */
export function explainAlternatives(
  spec: Spec,
  tried: readonly Alternative[],
  place: Place,
): Outcome {
  const outcome = emptyOutcome();
  const ranked = tried
    .map((one) => ({ one, rank: rankOf(condense(one.outcome.violations), place.pointer) }))
    .sort((left, right) => left.rank - right.rank);
  const [first, second] = ranked;
  if (first && first.rank < WRONG_KIND && (!second || first.rank < second.rank)) {
    merge(outcome, first.one.outcome);
    return outcome;
  }
  // What any of them looked at is not unknown: the value fits none, and that is said once.
  for (const { one } of ranked) mergeEvaluated(outcome, one.outcome);
  outcome.violations.push(summarize(spec, tried, place));
  return outcome;
}

/** From here on the value is not of the alternative's kind: its type or its tag says so. */
const WRONG_TAG = 1_000;
const WRONG_KIND = 1_000_000;

function rankOf(violations: readonly Violation[], pointer: string): number {
  if (violations.some((one) => one.pointer === pointer && isKind(one))) return WRONG_KIND;
  const tags = violations.filter(
    (one) => one.problem === 'enum' && !one.pointer.slice(pointer.length + 1).includes('/'),
  );
  return tags.length * WRONG_TAG + violations.length;
}

function isKind({ problem }: Violation): boolean {
  return problem === 'type' || problem === 'enum' || problem === 'forbidden';
}

function summarize(spec: Spec, tried: readonly Alternative[], place: Place): Violation {
  const { rule, pointer, value } = place;
  const types = new Set<string>();
  const phrases = new Set<string>();
  const values: Json[] = [];
  for (const { schema, outcome } of tried) {
    const [first] = condense(outcome.violations);
    if (first?.pointer === pointer && first.problem === 'type') {
      for (const type of [first.expected].flat()) types.add(String(type));
      phrases.add(first.text.replace(/^must be /, '').replace(/, got .*$/s, ''));
    }
    const { enum: list, const: constant } = objectOf(keywordsOf(spec, schema));
    if (isArray(list)) values.push(...list);
    else if (constant !== undefined) values.push(constant);
  }
  const at = { rule, pointer, actual: value };
  if (phrases.size > 0 && types.size >= phrases.size && allAre(tried, pointer, 'type')) {
    const text = `must be ${joinWords([...phrases])}, ${got(value)}`;
    return { ...at, problem: 'type', text, expected: [...types] };
  }
  if (values.length > 0 && allAre(tried, pointer, 'enum')) {
    const text = `must be ${describeEnum(values)}, ${got(value)}`;
    return { ...at, problem: 'enum', text, expected: values };
  }
  const reasons = tried.map(({ outcome }, index) => `${index + 1}. ${reason(outcome, pointer)}`);
  const text = `must fit one of ${tried.length} alternatives and fits none: ${reasons.join('; ')}`;
  return { ...at, problem: 'alternatives', text };
}

function objectOf(keywords: ReturnType<typeof keywordsOf>): Exclude<typeof keywords, boolean> {
  return typeof keywords === 'boolean' ? {} : keywords;
}

function allAre(tried: readonly Alternative[], pointer: string, problem: string): boolean {
  return tried.every(({ outcome }) => {
    const [first] = condense(outcome.violations);
    return first?.pointer === pointer && first.problem === problem;
  });
}

function reason(outcome: Outcome, pointer: string): string {
  const [first, ...more] = condense(outcome.violations);
  if (!first) return '';
  const where = first.pointer.slice(pointer.length + 1);
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  return `${where ? `${show(where)} ` : ''}${first.text}${rest}`;
}
