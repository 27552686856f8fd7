import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { keywordsOf } from '../schema/dialect.ts';
import { partsOf, schemasOfItem, schemasOfProperty } from '../schema/members.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Way } from './edit.ts';

/** A place in a value, and what the document says of what stands there. */
export interface Place {
  readonly way: Way;
  readonly value: Json;
  readonly schemas: readonly Node[];
  /** The keywords of all schemas that judge it, alternatives among them. */
  readonly keywords: readonly JsonObject[];
}

/** So many places of one value are looked at. */
const PLACES = 300;
/** Of the items of a list that have no places of their own, so many are looked at: the others are alike. */
const ITEMS = 1;

/** The places of a value, from the outside in. */
export function placesOf(spec: Spec, schema: Node, value: Json): readonly Place[] {
  const places: Place[] = [];
  const waiting: { readonly way: Way; readonly value: Json; readonly schemas: readonly Node[] }[] =
    [{ way: [], value, schemas: [schema] }];
  for (let next = waiting.shift(); next && places.length < PLACES; next = waiting.shift()) {
    const { way, schemas } = next;
    const keywords = schemas
      .flatMap((each) => partsOf(spec, each))
      .map((part) => keywordsOf(spec, part))
      .filter(isObject);
    places.push({ ...next, keywords });
    for (const [step, inner, inside] of insideOf(spec, next.value, schemas, ownPlaces(keywords))) {
      waiting.push({ way: [...way, step], value: inner, schemas: inside });
    }
  }
  return places;
}

/** How many items have places of their own. */
function ownPlaces(keywords: readonly JsonObject[]): number {
  return Math.max(
    0,
    ...keywords.map(({ prefixItems }) => (isArray(prefixItems) ? prefixItems.length : 0)),
  );
}

function* insideOf(
  spec: Spec,
  value: Json,
  schemas: readonly Node[],
  own: number,
): Iterable<readonly [step: string, Json, readonly Node[]]> {
  if (isArray(value)) {
    for (const [index, item] of value.slice(0, own + ITEMS).entries()) {
      yield [String(index), item, schemas.flatMap((each) => schemasOfItem(spec, each, index))];
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    yield [name, member, schemas.flatMap((each) => schemasOfProperty(spec, each, name))];
  }
}
