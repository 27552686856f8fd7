import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { sampleText } from '../schema/sample-text.ts';
import type { PlacedValue } from './boundary.ts';
import { withMembers } from './edit.ts';
import type { Place } from './place.ts';

/** The kinds of mistakes, those that tell most first. */
export const MISTAKES = [
  'type',
  'enum',
  'range',
  'length',
  'format',
  'pattern',
  'items',
  'unknown',
  'null',
] as const;

/** A value that does not fit its place, as far as one can tell without judging it. */
export interface MistakenValue extends PlacedValue {
  readonly kind: (typeof MISTAKES)[number];
}

/** No text longer than this is made up. */
const LONGEST_TEXT = 5_000;
const LONGEST_LIST = 200;
/** The name of a property that no document has. */
const UNKNOWN = 'exactmatchUnknown';

/**
 * Values that break what the document says of a place, each in one way. Some may fit nevertheless:
 * whoever uses them has them judged.
 */
export function mistakenValues({ keywords, value }: Place): readonly MistakenValue[] {
  const found = new Map<string, MistakenValue>();
  const add = (mistakes: Iterable<MistakenValue>) => {
    for (const mistake of mistakes) {
      const key = canonical(mistake.value);
      if (!found.has(key)) found.set(key, mistake);
    }
  };
  add(wrongTypes(value));
  for (const each of keywords) add(mistakesBy(each, value));
  add([{ kind: 'null', value: null, what: 'as null' }]);
  return [...found.values()];
}

function* wrongTypes(value: Json): Iterable<MistakenValue> {
  const all: readonly Json[] =
    typeof value === 'string'
      ? [12_345, { exactmatch: true }]
      : typeof value === 'number'
        ? ['not a number', 0.5]
        : typeof value === 'boolean'
          ? ['perhaps']
          : isArray(value)
            ? ['not a list']
            : ['not an object'];
  for (const each of all) yield { kind: 'type', value: each, what: `as ${JSON.stringify(each)}` };
}

function* mistakesBy(keywords: JsonObject, value: Json): Iterable<MistakenValue> {
  const { enum: values, const: only } = keywords;
  if (isArray(values) || only !== undefined) {
    const other = typeof value === 'number' ? 987_654_321 : 'exactmatch-none-of-these';
    yield { kind: 'enum', value: other, what: 'as none of its values' };
  }
  if (typeof value === 'number') yield* wrongNumbers(keywords);
  if (typeof value === 'string') yield* wrongTexts(keywords, value);
  if (isArray(value)) yield* wrongLists(keywords, value);
  if (isObject(value)) yield* wrongObjects(keywords, value);
}

function* wrongNumbers(keywords: JsonObject): Iterable<MistakenValue> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = keywords;
  const out = (value: number, what: string) => ({ kind: 'range', value, what }) as const;
  if (typeof minimum === 'number') yield out(minimum - 1, `below its minimum, ${minimum}`);
  if (typeof maximum === 'number') yield out(maximum + 1, `above its maximum, ${maximum}`);
  if (typeof exclusiveMinimum === 'number')
    yield out(exclusiveMinimum, 'at the limit it must exceed');
  if (typeof exclusiveMaximum === 'number')
    yield out(exclusiveMaximum, 'at the limit it must not reach');
  if (typeof multipleOf === 'number')
    yield out(multipleOf * 1.5, `as no multiple of ${multipleOf}`);
  if (format === 'int32') yield out(2 ** 31, 'as more than 32 bits hold');
}

function* wrongTexts(keywords: JsonObject, value: string): Iterable<MistakenValue> {
  const { minLength, maxLength, format, pattern } = keywords;
  if (typeof maxLength === 'number' && maxLength < LONGEST_TEXT) {
    const limits = { minLength: maxLength + 1, maxLength: maxLength + 1 };
    const longer = sampleText({ ...keywords, ...limits }, 0, 0);
    const what = `of ${maxLength + 1} characters, one too many`;
    yield { kind: 'length', value: longer, what };
  }
  if (typeof minLength === 'number' && minLength > 0) {
    const shorter = [...value].slice(0, minLength - 1).join('');
    const what = `of ${minLength - 1} characters, one too few`;
    yield { kind: 'length', value: shorter, what };
  }
  for (const text of typeof format === 'string' ? ['!? exactmatch', '('] : []) {
    yield { kind: 'format', value: text, what: `as no ${format}` };
  }
  if (format === 'date-time') {
    yield { kind: 'format', value: '2024-05-14T08:00:00', what: 'as a time without an offset' };
  }
  if (typeof pattern !== 'string') return;
  for (const text of [`${value}☹`, '!', '', 'a', '0']) {
    yield { kind: 'pattern', value: text, what: 'against its pattern' };
  }
}

function* wrongLists(keywords: JsonObject, value: readonly Json[]): Iterable<MistakenValue> {
  const { minItems, maxItems, uniqueItems, items, unevaluatedItems } = keywords;
  const [first] = value;
  if (typeof minItems === 'number' && minItems > 0) {
    const what = `of ${minItems - 1} items, one too few`;
    yield { kind: 'items', value: value.slice(0, minItems - 1), what };
  }
  if (first === undefined) return;
  if (typeof maxItems === 'number' && maxItems < LONGEST_LIST) {
    const more = Array.from({ length: maxItems + 1 }, (_, index) => value[index] ?? first);
    yield { kind: 'items', value: more, what: `of ${maxItems + 1} items, one too many` };
  }
  if (uniqueItems === true)
    yield { kind: 'items', value: [first, first], what: 'with an item twice' };
  if (items === false || unevaluatedItems === false)
    yield { kind: 'items', value: [...value, first], what: 'with an item too many' };
}

function* wrongObjects(keywords: JsonObject, value: JsonObject): Iterable<MistakenValue> {
  const { additionalProperties, unevaluatedProperties, minProperties, maxProperties } = keywords;
  if (typeof minProperties === 'number' && minProperties > 0) {
    const what = `of ${minProperties - 1} properties, one too few`;
    const fewer = Object.fromEntries(Object.entries(value).slice(0, minProperties - 1));
    yield { kind: 'items', value: fewer, what };
  }
  if (typeof maxProperties === 'number' && maxProperties < LONGEST_LIST) {
    const what = `of ${maxProperties + 1} properties, one too many`;
    yield { kind: 'items', value: withMembers(value, maxProperties + 1), what };
  }
  if (additionalProperties !== false && unevaluatedProperties !== false) return;
  const more = { ...value, [UNKNOWN]: 'x' };
  yield { kind: 'unknown', value: more, what: `with \`${UNKNOWN}\`, which it may not have` };
}
