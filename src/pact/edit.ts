import { isArray, isObject, type Json } from '../json.ts';
import { tokens } from '../spec/pointer.ts';

/** A value with another one in the place that a JSON Pointer names; `undefined` takes it out. */
export function edited(value: Json, pointer: string, replacement: Json | undefined): Json {
  return put(value, tokens(pointer) ?? [], replacement) ?? null;
}

function put(value: Json, way: readonly string[], replacement: Json | undefined): Json | undefined {
  const [key, ...rest] = way;
  if (key === undefined) return replacement;
  if (isArray(value)) {
    return value.flatMap((item, index) =>
      String(index) === key ? [put(item, rest, replacement)].filter(isThere) : [item],
    );
  }
  if (!isObject(value)) return value;
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const kept = name === key ? put(member, rest, replacement) : member;
      return isThere(kept) ? [[name, kept] as const] : [];
    }),
  );
}

function isThere(value: Json | undefined): value is Json {
  return value !== undefined;
}

/** What a value has in the place that a JSON Pointer names. */
export function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const key of tokens(pointer) ?? []) {
    if (isArray(found)) found = found[Number(key)];
    else found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}
