import { isObject, type Json, type JsonObject } from '../../json.ts';
import { barredProperties } from '../../schema/access.ts';
import { isValid } from '../../schema/judge.ts';
import { namesOf, partsOf, schemasOfProperty } from '../../schema/members.ts';
import { sample } from '../../schema/sample.ts';
import { child } from '../../spec/node.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import { dateTime } from './fill.ts';
import { inOrder, type Order, toOrder } from './order.ts';

const RESPONSE = { direction: 'response', strict: false } as const;

/** What is known of the properties of an item's schema. */
interface Properties {
  readonly names: ReadonlySet<string>;
  readonly order: Order;
  readonly required: readonly string[];
  /** Those that the service alone sets. */
  readonly readOnly: ReadonlySet<string>;
  /** Those that no answer may have. */
  readonly writeOnly: ReadonlySet<string>;
  /** What an item must have, and what the service sets: it is made where nobody gives it. */
  readonly made: readonly string[];
  /** Annotations that are the same for each item: `@odata.type`. */
  readonly constants: Readonly<Record<string, Json>>;
}

const propertiesBySchema = remembered(() => new WeakMap<object, Properties>());

/** What is known of the properties of a schema, worked out once. */
export function propertiesOf(spec: Spec, schema: Node): Properties {
  const cache = propertiesBySchema(spec);
  if (!isObject(schema.value)) return work(spec, schema);
  let properties = cache.get(schema.value);
  if (!properties) {
    properties = work(spec, schema);
    cache.set(schema.value, properties);
  }
  return properties;
}

function work(spec: Spec, schema: Node): Properties {
  const known = [...namesOf(spec, schema).names];
  const isNote = (name: string) => name.startsWith('@');
  // Annotations come first, as OData services write them.
  const names = new Set([...known.filter(isNote), ...known.filter((name) => !isNote(name))]);
  const required = new Set<string>();
  for (const part of partsOf(spec, schema)) {
    const list = child(part, 'required')?.value;
    if (Array.isArray(list) && !part.pointer.match(/\/(?:any|one)Of\/\d+/)) {
      for (const name of list) required.add(String(name));
    }
  }
  const constants: Record<string, Json> = {};
  for (const name of names) {
    if (!name.startsWith('@odata.')) continue;
    const constant = schemasOfProperty(spec, schema, name)
      .map((property) => child(property, 'const'))
      .find((found) => found !== undefined);
    if (constant) constants[name] = constant.value;
  }
  const readOnly = barredProperties(spec, schema, 'request');
  const writeOnly = barredProperties(spec, schema, 'response');
  const made = [...new Set([...required, ...readOnly])].filter((name) => !writeOnly.has(name));
  const order = toOrder([...names].filter((name) => !writeOnly.has(name)));
  return { names, order, required: [...required], readOnly, writeOnly, made, constants };
}

/** What values are made from that nobody gives. */
interface Making {
  readonly now: number;
  readonly seed: number;
  /** Those that an item gets later only: they are made where it cannot be without them. */
  readonly later?: ReadonlySet<string>;
}

/**
 * An item that satisfies the schema of its collection, made of the values that are known, of which
 * later ones win: what is required and not known is sampled. `undefined` when nothing valid could be
 * made.
 */
export function assemble(
  spec: Spec,
  schema: Node,
  known: readonly JsonObject[],
  { now, seed, later }: Making,
): JsonObject | undefined {
  const properties = propertiesOf(spec, schema);
  const layers = [properties.constants, ...known];
  const item = arranged(properties, layers);
  const sampled: Record<string, Json> = {};
  let isWhole = true;
  for (const name of properties.made) {
    if (Object.hasOwn(item, name)) continue;
    if (later?.has(name) && !properties.required.includes(name)) continue;
    const value = sampleProperty(spec, schema, name, now, seed);
    if (value === undefined) continue;
    sampled[name] = value;
    isWhole = false;
  }
  const whole = isWhole ? item : arranged(properties, [sampled, item]);
  if (isValid(spec, schema, whole, RESPONSE)) return whole;
  const completed = completeInside(spec, schema, whole, seed);
  if (isValid(spec, schema, completed, RESPONSE)) return completed;
  const made = sample(spec, schema, { direction: 'response', seed });
  if (!isObject(made)) return undefined;
  const mixed = arranged(properties, [made, whole]);
  return isValid(spec, schema, mixed, RESPONSE) ? mixed : undefined;
}

/** Objects lie at most so deep in an item that is completed. */
const DEEPEST = 8;

/**
 * An item whose inner objects have what an answer must have of them: a client that writes one cannot
 * give what the service alone sets.
 */
export function completeInside(
  spec: Spec,
  schema: Node,
  value: JsonObject,
  seed: number,
  depth = 0,
): JsonObject {
  const whole: Record<string, Json> = { ...value };
  for (const [name, member] of depth < DEEPEST ? Object.entries(value) : []) {
    const [property] = schemasOfProperty(spec, schema, name);
    if (!property || !isObject(member)) continue;
    const inner: Record<string, Json> = { ...member };
    for (const missing of propertiesOf(spec, property).made) {
      const [wanted] = Object.hasOwn(inner, missing)
        ? []
        : schemasOfProperty(spec, property, missing);
      const made = wanted && sample(spec, wanted, { direction: 'response', seed });
      if (made !== undefined) inner[missing] = made;
    }
    whole[name] = completeInside(spec, property, inner, seed, depth + 1);
  }
  return whole;
}

/** The members in the order of the schema, without those that no answer may have; later layers win. */
function arranged(
  { order, writeOnly }: Properties,
  layers: readonly JsonObject[],
): Record<string, Json> {
  const values: (Json | undefined)[] = order.names.map(() => undefined);
  let others: Record<string, Json> | undefined;
  for (const layer of layers) {
    for (const name in layer) {
      const [place, value] = [order.places.get(name), layer[name]];
      if (value === undefined) continue;
      if (place !== undefined) values[place] = value;
      else if (!writeOnly.has(name)) {
        others ??= {};
        // An own property, whatever its name.
        Object.defineProperty(others, name, { ...OWN, value });
      }
    }
  }
  const item = inOrder(order, values);
  return others ? { ...item, ...others } : item;
}

const OWN = { enumerable: true, configurable: true, writable: true } as const;

function sampleProperty(
  spec: Spec,
  schema: Node,
  name: string,
  now: number,
  seed: number,
): Json | undefined {
  const [property] = schemasOfProperty(spec, schema, name);
  if (!property) return undefined;
  const isTime = partsOf(spec, property).some(
    (part) => child(part, 'format')?.value === 'date-time',
  );
  const time = dateTime(now);
  if (isTime && isValid(spec, property, time, RESPONSE)) return time;
  return sample(spec, property, { direction: 'response', seed });
}

/** Some members of an item, those of the names that it has. */
export function membersOf(value: JsonObject, names: Iterable<string>): JsonObject {
  const there = [...names].filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(there.map((name) => [name, value[name] ?? null]));
}

/** What a client may say of an item: all but what the service alone sets. */
export function writableOf(spec: Spec, schema: Node, value: JsonObject): JsonObject {
  const { readOnly } = propertiesOf(spec, schema);
  let isWritable = true;
  for (const name of readOnly) isWritable &&= !Object.hasOwn(value, name);
  if (isWritable) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !readOnly.has(name)));
}

/** An item without what no answer may have, its members in the order of the schema. */
export function shownOf(spec: Spec, schema: Node, value: JsonObject): JsonObject {
  return arranged(propertiesOf(spec, schema), [value]);
}

/** Tells whether an item satisfies the schema of its collection. */
export function isItem(spec: Spec, schema: Node, value: JsonObject): boolean {
  return isValid(spec, schema, value, RESPONSE);
}
