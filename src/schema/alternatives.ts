import { isArray, type Json, show } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { condense } from './condense.ts';
import { describeEnum, got, joinWords } from './describe.ts';
import { keywordsOf } from './dialect.ts';
import { canonical } from './equal.ts';
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
    .map((one) => ({ one, ...rank(condense(one.outcome.violations), place.pointer) }))
    .sort((left, right) => left.weight - right.weight);
  const tags = wrongTags(ranked, place);
  const [first, second] = ranked;
  if (first && tags.length === 0 && first.weight < WRONG_KIND) {
    if (!second || first.weight < second.weight) {
      merge(outcome, first.one.outcome);
      return outcome;
    }
  }
  // What any of them looked at is not unknown: the value fits none, and that is said once.
  for (const { one } of ranked) mergeEvaluated(outcome, one.outcome);
  outcome.violations.push(...(tags.length > 0 ? tags : [summarize(spec, tried, place)]));
  return outcome;
}

interface Ranked {
  readonly one: Alternative;
  /** The members that must be another value: by them, the value says that it is of another kind. */
  readonly tags: readonly Violation[];
  readonly weight: number;
}

/** From here on the value is not of the alternative's kind: its type or its tag says so. */
const WRONG_TAG = 1_000;
const WRONG_KIND = 1_000_000;

function rank(violations: readonly Violation[], pointer: string): Omit<Ranked, 'one'> {
  const tags = violations.filter(
    (one) => one.problem === 'enum' && !one.pointer.slice(pointer.length + 1).includes('/'),
  );
  const isWrongKind = violations.some((one) => one.pointer === pointer && isKind(one));
  const weight = isWrongKind ? WRONG_KIND : tags.length * WRONG_TAG + violations.length;
  return { tags: isWrongKind ? [] : tags, weight };
}

/** Where no alternative comes nearer by its tags, a tag that all of them refuse is the mistake. */
function wrongTags(ranked: readonly Ranked[], { rule }: Place): readonly Violation[] {
  const candidates = ranked.filter(({ weight }) => weight < WRONG_KIND);
  const fewest = Math.min(...candidates.map(({ tags }) => tags.length));
  const nearest = candidates.filter(({ tags }) => tags.length === fewest);
  const [first, ...others] = nearest;
  if (!first || others.length === 0) return [];
  const isRefused = ({ tags }: Ranked, pointer: string) =>
    tags.some((tag) => tag.pointer === pointer);
  const common = first.tags.filter(({ pointer }) =>
    others.every((other) => isRefused(other, pointer)),
  );
  return common.map(({ pointer, actual }) => {
    const asked = candidates.flatMap(({ tags }) => tags.filter((tag) => tag.pointer === pointer));
    const values = distinct(asked.flatMap(({ expected }) => expected as Json | readonly Json[]));
    const text = `must be ${describeEnum(values)}, ${got(actual as Json)}`;
    return { problem: 'enum', pointer, rule, text, expected: values, actual };
  });
}

function distinct(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
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
