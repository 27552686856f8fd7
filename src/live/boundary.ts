import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { sampleText } from '../schema/sample-text.ts';
import { withMembers } from './edit.ts';
import type { Place } from './place.ts';

/** A value for a place, and what is special about it. */
export interface PlacedValue {
  readonly value: Json;
  /** Behind the name of the place: `at its minimum, 0`. */
  readonly what: string;
}

/** No text longer than this is made up. */
const LONGEST_TEXT = 2_000;
/** No list longer than this is made up. */
const LONGEST_LIST = 50;

/**
 * The values at the edges of what a place takes, as far as the document draws them: limits, lengths,
 * sizes, each of a list of values, null. Not every one need fit.
 */
export function boundaryValues({ keywords, value }: Place): readonly PlacedValue[] {
  const found = new Map<string, PlacedValue>();
  for (const each of keywords) {
    for (const placed of boundariesBy(each, value)) {
      const key = canonical(placed.value);
      if (!found.has(key) && key !== canonical(value)) found.set(key, placed);
    }
  }
  return [...found.values()];
}

function* boundariesBy(keywords: JsonObject, value: Json): Iterable<PlacedValue> {
  const { enum: values, default: usual, type } = keywords;
  if (isArray(values))
    for (const each of values) yield { value: each, what: `as ${JSON.stringify(each)}` };
  if (usual !== undefined) yield { value: usual, what: 'as its default' };
  if (typeof value === 'number') yield* numbers(keywords);
  if (typeof value === 'string') yield* texts(keywords);
  if (typeof value === 'boolean') yield { value: !value, what: `as ${!value}` };
  if (isArray(value)) yield* lists(keywords, value);
  if (isObject(value)) yield* objects(keywords, value);
  if (isArray(type) && type.includes('null')) yield { value: null, what: 'as null' };
}

function* numbers(keywords: JsonObject): Iterable<PlacedValue> {
  const { multipleOf, type } = keywords;
  const step = typeof multipleOf === 'number' ? multipleOf : type === 'integer' ? 1 : 0.5;
  for (const [name, side] of LIMITS) {
    const limit = keywords[name];
    if (typeof limit !== 'number') continue;
    const value = name.startsWith('exclusive') ? limit + side * step : limit;
    yield { value, what: `at its ${side > 0 ? 'minimum' : 'maximum'}, ${value}` };
  }
}

/** The keywords of limits, and on which side of them lies what is allowed. */
const LIMITS = [
  ['minimum', 1],
  ['maximum', -1],
  ['exclusiveMinimum', 1],
  ['exclusiveMaximum', -1],
] as const;

function* texts(keywords: JsonObject): Iterable<PlacedValue> {
  const { minLength, maxLength } = keywords;
  for (const [length, edge] of [
    [minLength, 'least'],
    [maxLength, 'most'],
  ] as const) {
    if (typeof length !== 'number' || length > LONGEST_TEXT || length === 0) continue;
    const value = sampleText({ ...keywords, minLength: length, maxLength: length }, 0, 0);
    yield { value, what: `of ${length} characters, the ${edge} it may have` };
  }
}

function* lists(keywords: JsonObject, value: readonly Json[]): Iterable<PlacedValue> {
  const { minItems, maxItems } = keywords;
  const [first] = value;
  for (const [size, edge] of [
    [minItems, 'least'],
    [maxItems, 'most'],
  ] as const) {
    if (typeof size !== 'number' || size > LONGEST_LIST || first === undefined) continue;
    const items = Array.from({ length: size }, (_, index) => {
      return value[index] ?? another(first, index);
    });
    yield { value: items, what: `of ${size} items, the ${edge} it may have` };
  }
}

function* objects({ maxProperties }: JsonObject, value: JsonObject): Iterable<PlacedValue> {
  if (typeof maxProperties !== 'number' || maxProperties > LONGEST_LIST) return;
  const what = `of ${maxProperties} properties, the most it may have`;
  yield { value: withMembers(value, maxProperties), what };
}

/** Something like a value and not equal to it: two items of one list are rarely the same. */
function another(value: Json, turn: number): Json {
  if (typeof value === 'number') return value + turn;
  if (typeof value === 'string') return value + turn;
  const [name] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || name === undefined) return value;
  return { ...value, [name]: another(value[name] ?? null, turn) };
}
