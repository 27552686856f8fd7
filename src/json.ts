/** Any value that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Tells whether a value is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is an array, keeping `readonly`. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own property of an object, so that `toString` and `__proto__` are names like any other. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The own property of an object, if it is a string. */
export function ownString(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** A value as a person would write it, cut to a length that fits in a sentence. */
export function show(value: unknown, length = 80): string {
  const text = write(value);
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function write(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Nested too deep for the stack or without end, or of what JSON cannot say.
    if (typeof value !== 'object') return String(value);
    return isArray(value) ? '[…]' : '{…}';
  }
}
