import type { Json, JsonObject } from '../../json.ts';

/** The order in which objects have their members. */
export interface Order {
  readonly names: readonly string[];
  /** The place of each name. */
  readonly places: ReadonlyMap<string, number>;
  /** Objects with nothing but null, by which of the names they have. */
  readonly blanks: Map<number | string, JsonObject>;
}

/** So many sets of names are remembered. */
const REMEMBERED = 1_000;

/** The order of some names. */
export function toOrder(names: readonly string[]): Order {
  const places = new Map(names.map((name, index) => [name, index]));
  return { names, places, blanks: new Map() };
}

/**
 * An object with a value for each name, without those that have none.
 *
 * It is a filled in copy of one that was parsed: an object that gets two dozen members one by one
 * becomes a table to the engine, which is slow to write and large.
 */
export function inOrder(
  { names, blanks }: Order,
  values: readonly (Json | undefined)[],
): Record<string, Json> {
  const pattern = patternOf(values);
  let blank = blanks.get(pattern);
  if (!blank) {
    const present = names.filter((_, index) => values[index] !== undefined);
    const text = `{${present.map((name) => `${JSON.stringify(name)}:null`).join()}}`;
    blank = JSON.parse(text) as JsonObject;
    if (blanks.size >= REMEMBERED) blanks.clear();
    blanks.set(pattern, blank);
  }
  const item: Record<string, Json> = { ...blank };
  for (let index = 0; index < names.length; index += 1) {
    const value = values[index];
    if (value !== undefined) item[names[index] as string] = value;
  }
  return item;
}

/** A number has room for so many bits. */
const BITS = 52;

/** Which values are there. */
function patternOf(values: readonly (Json | undefined)[]): number | string {
  if (values.length > BITS) return values.map((value) => Number(value !== undefined)).join('');
  let pattern = 0;
  for (const value of values) pattern = pattern * 2 + (value === undefined ? 0 : 1);
  return pattern;
}
