import { isArray, type Json } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { keywordsOf } from './dialect.ts';
import { typeOf } from './outcome.ts';

/** A type of JSON Schema. */
export type JsonType = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'integer' | 'string';

/** Every type: what a schema accepts that speaks of none. */
const ANY_TYPE: ReadonlySet<JsonType> = new Set<JsonType>([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'integer',
  'string',
]);

const caches = remembered(() => new WeakMap<object, ReadonlySet<JsonType>>());

/**
 * The JSON types that a schema could accept, by `type`, `enum` and `const` and by what it applies to
 * the same value; all of them when it says none. A schema of numbers has `integer` as well.
 *
 * `if`, `not` and `$dynamicRef`'s dynamic scope are not looked at: the set may be too wide, never too
 * narrow.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED` when the schema is broken.
 */
export function typesOf(spec: Spec, schema: Node): ReadonlySet<JsonType> {
  return typesWithin(spec, schema, new Set());
}

/** `applying` holds the schemas that are being worked out: one that returns adds nothing. */
function typesWithin(spec: Spec, schema: Node, applying: Set<string>): ReadonlySet<JsonType> {
  const { value } = schema;
  if (typeof value !== 'object' || value === null) return work(spec, schema, applying);
  const cache = caches(spec);
  let types = cache.get(value);
  if (!types) {
    const address = addressOf(schema);
    if (applying.has(address)) return ANY_TYPE;
    applying.add(address);
    types = work(spec, schema, applying);
    applying.delete(address);
    cache.set(value, types);
  }
  return types;
}

/** Tells whether a set of types says something: not every type is in it. */
export function isConstrained(types: ReadonlySet<JsonType>): boolean {
  return types.size < ANY_TYPE.size;
}

function work(spec: Spec, schema: Node, applying: Set<string>): ReadonlySet<JsonType> {
  const keywords = keywordsOf(spec, schema);
  if (keywords === true) return ANY_TYPE;
  if (keywords === false) return new Set();
  let types = ANY_TYPE;
  if (keywords['type'] !== undefined) types = named(keywords['type']);
  if (isArray(keywords['enum'])) types = both(types, ofValues(keywords['enum']));
  if (keywords['const'] !== undefined) types = both(types, ofValues([keywords['const']]));
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = keywords[keyword];
    if (typeof reference !== 'string') continue;
    types = both(types, typesWithin(spec, resolveReference(spec, schema, reference), applying));
  }
  for (const part of partsOf(schema, 'allOf'))
    types = both(types, typesWithin(spec, part, applying));
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = partsOf(schema, keyword);
    if (parts.length === 0) continue;
    types = both(types, new Set(parts.flatMap((part) => [...typesWithin(spec, part, applying)])));
  }
  return types;
}

function partsOf(schema: Node, keyword: string): readonly Node[] {
  const list = child(schema, keyword);
  return list && isArray(list.value) ? [...children(list)].map(([, part]) => part) : [];
}

function named(type: Json): ReadonlySet<JsonType> {
  // `keywordsOf` has seen to it that these are names of types.
  const names = (isArray(type) ? type : [type]) as readonly JsonType[];
  return new Set(names.flatMap((name) => (name === 'number' ? [name, 'integer'] : [name])));
}

function ofValues(values: readonly Json[]): ReadonlySet<JsonType> {
  const types = new Set<JsonType>();
  for (const value of values) {
    const type = typeOf(value) as JsonType;
    types.add(type);
    // A list of whole numbers and a `1.5` are both numbers: it is the list that refuses it.
    if (type === 'integer') types.add('number');
    if (type === 'number') types.add('integer');
  }
  return types;
}

function both(one: ReadonlySet<JsonType>, other: ReadonlySet<JsonType>): ReadonlySet<JsonType> {
  if (!isConstrained(one)) return other;
  return isConstrained(other) ? new Set([...one].filter((type) => other.has(type))) : one;
}
