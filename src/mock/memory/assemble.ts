import { isObject, type Json, type JsonObject } from '../../json.ts';
import { evaluate } from '../../schema/evaluate.ts';
import { isValid } from '../../schema/judge.ts';
import { partsOf, schemasOfProperty } from '../../schema/members.ts';
import { sample } from '../../schema/sample.ts';
import { child } from '../../spec/node.ts';
import { tokens } from '../../spec/pointer.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { completeInside } from './complete.ts';
import { dateTime } from './fill.ts';
import { type Properties, propertiesOf } from './item-properties.ts';
import { inOrder } from './order.ts';

const RESPONSE = { direction: 'response', strict: false } as const;

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
  const mixed = arranged(properties, [made, completed]);
  if (isValid(spec, schema, mixed, RESPONSE)) return mixed;
  // What a request may say and no answer: all but the members with which it is wrong.
  const wrong = evaluate(spec, schema, mixed, RESPONSE).map(({ pointer }) => tokens(pointer)?.[0]);
  const right = Object.entries(completed).filter(([name]) => !wrong.includes(name));
  const rest = arranged(properties, [made, Object.fromEntries(right)]);
  return isValid(spec, schema, rest, RESPONSE) ? rest : undefined;
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
