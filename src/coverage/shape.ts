import { ExactMatchError } from '../errors.ts';
import { isObject } from '../json.ts';
import { inPlace, isBarred } from '../schema/access.ts';
import type { Direction } from '../schema/violation.ts';
import { child, children } from '../spec/node.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** A body has at most so many properties, a property so many levels above it. */
const SIZE = 1000;
const DEPTH = 8;

/** A value that a body can hold, and what can lie inside it. */
export interface Place {
  /** Its number among the places of its shape. */
  readonly index: number;
  /** As people write it, such as `value[].id`; `undefined` for what is no property: the whole, an item. */
  readonly path: string | undefined;
  readonly members: readonly Member[];
  /** Any item of a list. */
  readonly items: Place | undefined;
  /** Any property that has no name of its own (`additionalProperties`). */
  readonly others: Place | undefined;
}

/** A property by its name. */
export interface Member {
  readonly name: string;
  readonly place: Place;
}

/** All the properties that a body can have, as a tree: where a schema leads back to itself it ends. */
export interface Shape {
  readonly root: Place;
  /** By number. */
  readonly places: readonly Place[];
  /** How many of the places are properties. */
  readonly properties: number;
}

const shapes = remembered(() => new Map<string, Shape>());

/** What a body of that direction can hold, by the schemas of its media types. */
export function shapeOf(spec: Spec, schemas: readonly Node[], direction: Direction): Shape {
  const known = shapes(spec);
  const key = [direction, ...schemas.map(addressOf)].join('\n');
  let shape = known.get(key);
  if (!shape) {
    shape = build({ spec, direction, places: [] }, schemas);
    known.set(key, shape);
  }
  return shape;
}

interface Building {
  readonly spec: Spec;
  readonly direction: Direction;
  readonly places: Place[];
}

function build(building: Building, schemas: readonly Node[]): Shape {
  const root = placeOf(building, schemas, { path: undefined, prefix: '', depth: 0, within: NONE });
  const { places } = building;
  return { root, places, properties: places.filter(({ path }) => path !== undefined).length };
}

interface Above {
  readonly path: string | undefined;
  /** What the paths of its members begin with. */
  readonly prefix: string;
  readonly depth: number;
  /** The addresses of the schemas that it lies in. */
  readonly within: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function placeOf(building: Building, schemas: readonly Node[], above: Above): Place {
  const { places } = building;
  const { path, prefix, depth, within } = above;
  const members: Member[] = [];
  const place: Place & { items: Place | undefined; others: Place | undefined } = {
    ...{ index: places.length, path, members, items: undefined, others: undefined },
  };
  places.push(place);
  const parts = partsOf(building.spec, schemas);
  const isBack = parts.some((part) => within.has(addressOf(part)));
  if (isBack || depth >= DEPTH) return place;
  const inside = { depth: depth + 1, within: new Set([...within, ...parts.map(addressOf)]) };
  for (const [name, found] of propertiesOf(building, parts)) {
    if (places.length >= SIZE) return place;
    const own = prefix === '' ? name : `${prefix}.${name}`;
    const member = placeOf(building, found, { path: own, prefix: own, ...inside });
    members.push({ name, place: member });
  }
  const items = itemsOf(parts);
  if (items.length > 0 && places.length < SIZE) {
    place.items = placeOf(building, items, { path: undefined, prefix: `${prefix}[]`, ...inside });
  }
  const others = childrenOf(parts, 'additionalProperties').filter(({ value }) => isObject(value));
  if (others.length > 0 && places.length < SIZE) {
    const own = prefix === '' ? '*' : `${prefix}.*`;
    place.others = placeOf(building, others, { path: own, prefix: own, ...inside });
  }
  return place;
}

/** The schemas and all that they apply to the same value; none where the document is broken there. */
function partsOf(spec: Spec, schemas: readonly Node[]): readonly Node[] {
  try {
    return schemas.flatMap((schema) => [...inPlace(spec, schema)]);
  } catch (cause) {
    if (cause instanceof ExactMatchError) return [];
    throw cause;
  }
}

function propertiesOf(
  { spec, direction }: Building,
  parts: readonly Node[],
): ReadonlyMap<string, readonly Node[]> {
  const properties = new Map<string, Node[]>();
  for (const part of parts) {
    const declared = child(part, 'properties');
    for (const [name, property] of declared ? children(declared) : []) {
      if (isKeptOut(spec, property, direction)) continue;
      const known = properties.get(name);
      if (known) known.push(property);
      else properties.set(name, [property]);
    }
  }
  return properties;
}

function isKeptOut(spec: Spec, property: Node, direction: Direction): boolean {
  try {
    return isBarred(spec, property, direction);
  } catch (cause) {
    if (cause instanceof ExactMatchError) return false;
    throw cause;
  }
}

function itemsOf(parts: readonly Node[]): readonly Node[] {
  const first = childrenOf(parts, 'prefixItems').flatMap((list) => [...children(list)]);
  return [...childrenOf(parts, 'items'), ...first.map(([, item]) => item)];
}

function childrenOf(parts: readonly Node[], keyword: string): readonly Node[] {
  return parts.flatMap((part) => child(part, keyword) ?? []);
}
