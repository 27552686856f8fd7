import { isArray, type Json } from '../../json.ts';
import type { Branch } from '../../schema/branch.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Constraint, constraintOf } from './constraint.ts';
import { formatPattern } from './format-pattern.ts';
import { numberPattern } from './number-pattern.ts';
import { toPactPattern } from './pact-pattern.ts';

/** A matching rule as a pact file has it. */
export type Matcher =
  | { readonly match: 'type'; readonly min?: number; readonly max?: number }
  | { readonly match: 'integer' | 'number' | 'boolean' | 'null' | 'equality' }
  | { readonly match: 'regex'; readonly regex: string };

/** The matching rules of one place. */
export interface MatcherList {
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly Matcher[];
}

/**
 * The matchers that take what the branches take, as exactly as Pact can say it, and never less; but a
 * list or an object that may be null is asked for here, for Pact cannot say "or null" of what has
 * members.
 *
 * @param example the value that stands in the pact.
 */
export function matchersOf(spec: Spec, branches: readonly Branch[], example: Json): MatcherList {
  const constraints = branches.map((branch) => constraintOf(spec, branch));
  if (typeof example === 'object' && example !== null) return all(structure(constraints, example));
  const values = constraints.flatMap((constraint) => constraint.values ?? []);
  const open = constraints.filter((constraint) => !constraint.values);
  const found = [
    ...open.flatMap((constraint) => alternativesOf(constraint, example)),
    ...ofValues(values, example),
  ];
  const alternatives = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  const [only] = alternatives;
  if (!only) return all({ match: 'type' });
  if (alternatives.length === 1) return { combine: 'AND', matchers: only };
  // Of an alternative that asks for two things, Pact can ask for one only.
  const matchers = alternatives.flatMap(([first]) => first ?? []);
  return { combine: 'OR', matchers: withoutDoubles(nullLast(matchers)) };
}

function all(...matchers: readonly Matcher[]): MatcherList {
  return { combine: 'AND', matchers };
}

function withoutDoubles(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...new Map(matchers.map((one) => [JSON.stringify(one), one])).values()];
}

function nullLast(matchers: readonly Matcher[]): readonly Matcher[] {
  const isNull = ({ match }: Matcher) => match === 'null';
  return [...matchers.filter((one) => !isNull(one)), ...matchers.filter(isNull)];
}

/** A list that is read has at least one item, or there would be nothing to read. */
function structure(constraints: readonly Constraint[], example: object): Matcher {
  if (!isArray(example)) return { match: 'type' };
  const lists = constraints.filter(({ types }) => types.has('array'));
  const max = Math.max(...lists.map(({ maxItems }) => maxItems));
  return {
    match: 'type',
    min: leastItems(lists),
    ...(Number.isFinite(max) && lists.length > 0 ? { max } : {}),
  };
}

function leastItems(lists: readonly Constraint[]): number {
  const least = Math.min(...lists.map(({ minItems }) => minItems));
  return Number.isFinite(least) ? Math.max(least, 1) : 1;
}

/** How many items a list must have by every branch that is one; at least one. */
export function leastItemsOf(spec: Spec, branches: readonly Branch[]): number {
  const constraints = branches.map((branch) => constraintOf(spec, branch));
  return leastItems(constraints.filter(({ types }) => types.has('array')));
}

/** Matchers that all must hold, the most telling first; each list is one way to satisfy a branch. */
type Alternative = readonly Matcher[];

function alternativesOf(constraint: Constraint, example: Json): readonly Alternative[] {
  const { types } = constraint;
  const found: Alternative[] = [];
  if (types.has('string')) found.push(textMatchers(constraint, example));
  if (types.has('number')) found.push(numberMatchers(constraint, 'number'));
  else if (types.has('integer')) found.push(numberMatchers(constraint, 'integer'));
  if (types.has('boolean')) found.push([ofType('boolean', example)]);
  if (types.has('null')) found.push([{ match: 'null' }]);
  // What may be of any type is asked for as the example is.
  return types.size === ANY && !isLimited(constraint) ? [[{ match: 'type' }]] : found;
}

const ANY = 7;

function isLimited({ patterns, formats, minimum, maximum }: Constraint): boolean {
  const isRanged = Number.isFinite(minimum) || Number.isFinite(maximum);
  return patterns.length > 0 || formats.length > 0 || isRanged;
}

/** `type` asks for the type of the example; where that is another one, something else must. */
function ofType(type: 'boolean' | 'string', example: Json): Matcher {
  if (typeof example === type) return { match: 'type' };
  return type === 'boolean' ? { match: 'boolean' } : { match: 'regex', regex: '^[\\s\\S]*$' };
}

function textMatchers({ patterns, formats }: Constraint, example: Json): Alternative {
  const known = [...patterns.map(toPactPattern), ...formats.map(formatPattern)];
  const expressions = new Set(known.filter((one) => one !== undefined));
  if (expressions.size === 0) return [ofType('string', example)];
  return [...expressions].map((regex) => ({ match: 'regex', regex }));
}

/** As wide as an `int32`, limits say nothing that is worth an expression. */
const WIDE = 2 ** 31 - 1;
const WHOLE: ReadonlySet<string> = new Set(['int32', 'int64']);

function numberMatchers(constraint: Constraint, type: 'integer' | 'number'): Alternative {
  const { minimum, maximum, formats } = constraint;
  const isWhole = type === 'integer' || formats.some((format) => WHOLE.has(format));
  const regex = numberPattern({
    ...constraint,
    minimum: minimum < -WIDE ? Number.NEGATIVE_INFINITY : minimum,
    maximum: maximum >= WIDE ? Number.POSITIVE_INFINITY : maximum,
    isWhole,
  });
  const kind: Matcher = { match: isWhole ? 'integer' : 'number' };
  return regex === undefined ? [kind] : [kind, { match: 'regex', regex }];
}

/** What takes the values of enumerations, and constants. */
function ofValues(values: readonly Json[], example: Json): readonly Alternative[] {
  const found: Alternative[] = [];
  const scalars = [...new Set(values.filter((value) => typeof value !== 'object'))];
  const [first] = scalars;
  if (first !== undefined) {
    const texts = scalars.map(textOf);
    const regex = texts.length === 1 ? `^${texts[0]}$` : `^(?:${texts.join('|')})$`;
    const isOneType = scalars.every((value) => typeof value === typeof first);
    // An expression takes the text "1" for the number 1.
    const isTold = isOneType && typeof first !== 'string' && typeof example === typeof first;
    found.push([{ match: 'regex', regex }, ...(isTold ? [{ match: 'type' } as const] : [])]);
  }
  if (values.includes(null)) found.push([{ match: 'null' }]);
  return found;
}

function textOf(value: Json): string {
  const text = String(value).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return typeof value === 'number' && Number.isInteger(value) ? `${text}(?:\\.0+)?` : text;
}
