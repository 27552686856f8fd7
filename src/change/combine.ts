import { isArray } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { commonMultiple } from '../schema/number.ts';
import type { Draft, DraftValue, Form } from './form.ts';
import { setOf, setText, settle, simplified, sorted } from './scalars.ts';

/**
 * Brings a second schema into a first one that the same value must satisfy as well; `false`, and
 * nothing done, where one schema cannot say what the two say.
 *
 * @param isOwn whether the second is what the first was made for: what no part looks at it may refuse.
 */
export function combine(form: Form, into: Draft, other: Draft, isOwn: boolean): boolean {
  if (!isOwn && ('x-unevaluated' in other || 'x-unevaluatedItems' in other)) return false;
  // The forms of two lists are no forms of one.
  if ('x-forms' in into && 'x-forms' in other) return false;
  if (!namesFit(into, other) || !namesFit(other, into)) return false;
  if (GROUPS.some((keys) => !groupFits(into, other, keys))) return false;
  for (const [key, value] of Object.entries(other)) {
    const current = into[key];
    if (current === undefined) into[key] = value;
    else if (canonical(current) !== canonical(value)) into[key] = joined(form, key, current, value);
  }
  return true;
}

/** Keys that say something together: one schema may have them, or both the same. */
const GROUPS: readonly (readonly string[])[] = [
  ['format'],
  ['pattern'],
  ['contains', 'minContains', 'maxContains'],
  ['items', 'x-items', 'x-prefix'],
  ['propertyNames'],
  ['contentEncoding', 'contentMediaType', 'contentSchema'],
  ['not'],
  ['if', 'then', 'else'],
  ['anyOf'],
  ['oneOf', 'x-exclusive'],
  ['x-discriminator', 'x-kinds'],
  ['x-dynamicRef'],
  ['x-broken'],
  ['x-unevaluated', 'unevaluatedProperties'],
  ['x-unevaluatedItems', 'unevaluatedItems'],
  ['x-others', 'additionalProperties'],
];

function groupFits(into: Draft, other: Draft, keys: readonly string[]): boolean {
  if (!keys.some((key) => key in into) || !keys.some((key) => key in other)) return true;
  return keys.every((key) => textOf(into[key]) === textOf(other[key]));
}

function textOf(value: DraftValue | undefined): string {
  return value === undefined ? '' : canonical(value);
}

/** Whether the names of one schema are none that the other one takes for additional. */
function namesFit(one: Draft, other: Draft): boolean {
  if (!('x-others' in one)) return true;
  if (keysOf(other['patternProperties']).length > 0) return false;
  const known = new Set(keysOf(one['properties']));
  return keysOf(other['properties']).every((key) => known.has(key));
}

function keysOf(value: DraftValue | undefined): readonly string[] {
  return isDraft(value) ? Object.keys(value) : [];
}

const HIGHEST: ReadonlySet<string> = new Set([
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'],
]);
const LOWEST: ReadonlySet<string> = new Set([
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'],
]);

/** What two different values of one keyword say together. */
function joined(form: Form, key: string, one: DraftValue, other: DraftValue): DraftValue {
  if (typeof one === 'number' && typeof other === 'number') {
    if (HIGHEST.has(key)) return Math.max(one, other);
    if (LOWEST.has(key)) return Math.min(one, other);
    return key === 'multipleOf' ? commonMultiple(one, other) : one;
  }
  if (key === 'x-dependentRequired') return setText([...setOf(one), ...setOf(other)]);
  if (isArray(one) && isArray(other)) {
    const [texts, others] = [one.map(String), other.map(String)];
    if (key === 'type') return intersection(texts, others);
    if (key === 'enum') return texts.filter((text) => others.includes(text));
    return sorted([...texts, ...others]);
  }
  return isDraft(one) && isDraft(other) ? joinedMaps(form, one, other) : one;
}

function intersection(types: readonly string[], others: readonly string[]): string[] {
  const widened = (list: readonly string[]) =>
    new Set(list.flatMap((type) => (type === 'number' ? [type, 'integer'] : [type])));
  return simplified([...widened(types).intersection(widened(others))]);
}

/** Of what both have, the value must satisfy both; what one of them keeps out, stays out. */
function joinedMaps(form: Form, one: Draft, other: Draft): Draft {
  const map: Draft = { ...one };
  for (const [key, schema] of Object.entries(other)) {
    const current = map[key];
    const isNew = !isDraft(current) || !isDraft(schema) || 'x-barred' in schema;
    if (isNew || canonical(current) === canonical(schema)) map[key] = schema;
    else if (!('x-barred' in current)) map[key] = bothOf(form, current, schema);
  }
  return map;
}

function bothOf(form: Form, one: Draft, other: Draft): Draft {
  const both: Draft = '$ref' in one ? { properties: {}, allOf: [one] } : { ...one };
  if ('$ref' in other || !combine(form, both, other, false)) {
    both['allOf'] = [...(isArray(both['allOf']) ? both['allOf'] : []), other];
  }
  settle(both);
  const entry = form.entries.get(one);
  if (entry) form.entries.set(both, entry);
  return both;
}

function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !isArray(value);
}
