import { isArray, isObject, type Json, type JsonObject } from '../json.ts';

/** The names and indexes that lead into a value. */
export type Way = readonly string[];

/** What stands at a place; `undefined` when nothing does. */
export function valueAt(value: Json, way: Way): Json | undefined {
  let found: Json | undefined = value;
  for (const step of way) {
    if (isArray(found)) found = found[Number(step)];
    else found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

/** The value with another one in a place, which is made where it is not there yet. */
export function withValue(value: Json, way: Way, put: Json): Json {
  const [step, ...rest] = way;
  if (step === undefined) return put;
  if (isArray(value)) {
    return value.map((item, index) => (String(index) === step ? withValue(item, rest, put) : item));
  }
  const object = isObject(value) ? value : {};
  return withMember(object, step, withValue(object[step] ?? null, rest, put));
}

/** The value without what stands at a place. */
export function withoutValue(value: Json, way: Way): Json {
  const [step, ...rest] = way;
  if (step === undefined) return value;
  if (isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => String(index) !== step)
      : value.map((item, index) => (String(index) === step ? withoutValue(item, rest) : item));
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  if (rest.length > 0) return withMember(value, step, withoutValue(value[step] ?? null, rest));
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
}

/** `fromEntries` makes an own member of `__proto__` as well. */
function withMember(object: JsonObject, name: string, put: Json): JsonObject {
  return Object.fromEntries([
    ...Object.entries(object).filter(([key]) => key !== name),
    [name, put],
  ]);
}

/** The object with so many members: those that it has, and copies of one of them under other names. */
export function withMembers(object: JsonObject, count: number): JsonObject {
  const members = Object.entries(object);
  const [, copied = 'x'] = members.at(-1) ?? [];
  const names = Array.from({ length: count }, (_, index) => `property${index + 1}`);
  const others = names
    .filter((name) => !Object.hasOwn(object, name))
    .map((name): [string, Json] => [name, copied]);
  return Object.fromEntries([...members, ...others].slice(0, count));
}

/** All places of a value that are inside an object, from the outside in. */
export function* membersOf(value: Json, way: Way = []): Iterable<Way> {
  if (isArray(value)) {
    for (const [index, item] of value.entries()) yield* membersOf(item, [...way, String(index)]);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    yield [...way, name];
    yield* membersOf(member, [...way, name]);
  }
}

/** A place as people write it: `home.town`, `tags[0]`. */
export function nameOfWay(way: Way): string {
  return way
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
