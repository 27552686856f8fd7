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
  const key = keyOf(schemas, direction);
  let shape = known.get(key);
  if (!shape) {
    shape = build({ spec, direction, places: [], within: new Set() }, schemas);
    known.set(key, shape);
  }
  return shape;
}

function keyOf(schemas: readonly Node[], direction: Direction): string {
  return [direction, ...schemas.map(addressOf)].join('\n');
}

interface Building {
  readonly spec: Spec;
  readonly direction: Direction;
  readonly places: Place[];
  /** The addresses of the schemas that what is being built lies in. */
  readonly within: Set<string>;
}

function build(building: Building, schemas: readonly Node[]): Shape {
  const root = placeOf(building, schemas, { path: undefined, prefix: '', depth: 0 });
  const { places } = building;
  return { root, places, properties: places.filter(({ path }) => path !== undefined).length };
}

interface Above {
  readonly path: string | undefined;
  /** What the paths of its members begin with. */
  readonly prefix: string;
  readonly depth: number;
}

type OpenPlace = { -readonly [Key in keyof Place]: Place[Key] } & { readonly members: Member[] };

function placeOf(building: Building, schemas: readonly Node[], above: Above): Place {
  const { places, within } = building;
  const { path, depth } = above;
  const place: OpenPlace = {
    ...{ index: places.length, path, members: [], items: undefined, others: undefined },
  };
  places.push(place);
  const layout = layoutOf(building, schemas);
  if (depth >= DEPTH || layout.addresses.some((address) => within.has(address))) return place;
  for (const address of layout.addresses) within.add(address);
  fill(building, place, layout, above);
  for (const address of layout.addresses) within.delete(address);
  return place;
}

/** Adds what lies inside a place, as long as there is room. */
function fill(
  building: Building,
  place: OpenPlace,
  { properties, items, others }: Layout,
  { prefix, depth: above }: Above,
): void {
  const { places } = building;
  const depth = above + 1;
  const named = (name: string) => (prefix === '' ? name : `${prefix}.${name}`);
  for (const [name, found] of properties) {
    if (places.length >= SIZE) return;
    const path = named(name);
    place.members.push({ name, place: placeOf(building, found, { path, prefix: path, depth }) });
  }
  if (items.length > 0 && places.length < SIZE) {
    const inside = { path: undefined, prefix: `${prefix}[]`, depth };
    place.items = placeOf(building, items, inside);
  }
  if (others.length > 0 && places.length < SIZE) {
    const path = named('*');
    place.others = placeOf(building, others, { path, prefix: path, depth });
  }
}

/** What lies directly inside the values of schemas. */
interface Layout {
  /** Of the schemas, and of all that they apply to the same value. */
  readonly addresses: readonly string[];
  readonly properties: ReadonlyMap<string, readonly Node[]>;
  readonly items: readonly Node[];
  readonly others: readonly Node[];
}

/** A schema lies in many bodies: what is worked out of it stays. */
const layouts = remembered(() => new Map<string, Layout>());

function layoutOf({ spec, direction }: Building, schemas: readonly Node[]): Layout {
  const known = layouts(spec);
  const key = keyOf(schemas, direction);
  let layout = known.get(key);
  if (!layout) {
    const parts = partsOf(spec, schemas);
    layout = {
      addresses: parts.map(addressOf),
      properties: propertiesOf(spec, direction, parts),
      items: itemsOf(parts),
      others: childrenOf(parts, 'additionalProperties').filter(({ value }) => isObject(value)),
    };
    known.set(key, layout);
  }
  return layout;
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
  spec: Spec,
  direction: Direction,
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
