import type { Json } from '../json.ts';
import { append } from '../spec/pointer.ts';
import { describeGiven, hasMethod } from './unreadable.ts';

/** A place of a value that JSON has no word for. */
export interface Loss {
  /** JSON Pointer. */
  readonly at: string;
  /** What is there, in words: `NaN`, `a function`. */
  readonly what: string;
}

/** A value as JSON carries it, or why JSON cannot. */
export type GivenValue =
  | {
      readonly kind: 'value';
      readonly value: Json;
      /** The first place where JSON would silently say something else. */
      readonly loss?: Loss | undefined;
      /** The first place that says itself what its JSON is, as a Date does. */
      readonly conversion?: Loss | undefined;
    }
  | { readonly kind: 'unsayable'; readonly loss: Loss; readonly cause?: unknown }
  /** JSON, as far as anybody can walk. */
  | { readonly kind: 'deep'; readonly cause: unknown };

/**
 * Reads a value as `JSON.stringify` would send it; one that is JSON already is given back as it is.
 *
 * Members that are `undefined` are not there, and a Date is its text. What JSON would silently make
 * null or nothing of (NaN, a Map, `undefined` in a list) is a loss.
 */
export function readValue(value: unknown): GivenValue {
  try {
    if (isJsonValue(value)) return { kind: 'value', value };
  } catch (cause) {
    // Nested too deep for the stack, or a circle: `JSON.stringify` tells them apart.
    if (!(cause instanceof RangeError)) throw cause;
  }
  return isUnread(value) ? { kind: 'unsayable', loss: lossOf('', value) } : serialize(value);
}

function isJsonValue(value: unknown): value is Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || isJsonObject(value);
    default:
      return false;
  }
}

/** An object of another realm, or of no prototype, is none: Ajv compares by constructor. */
function isJsonObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype) return false;
    for (const item of value) if (!isJsonValue(item)) return false;
    return true;
  }
  const members = value as Readonly<Record<string, unknown>>;
  if (prototype !== Object.prototype || typeof members['toJSON'] === 'function') return false;
  for (const name in members) if (!isJsonValue(members[name])) return false;
  return true;
}

/** `JSON.stringify` would make `{}` of these, and a wrong verdict of that. */
function isUnread(value: unknown): boolean {
  if (Array.isArray(value)) return false;
  const methods = ['then', 'pipe', 'getReader', Symbol.iterator, Symbol.asyncIterator];
  return methods.some((name) => hasMethod(value, name));
}

function serialize(value: unknown): GivenValue {
  const places = new Map<unknown, string>();
  let loss: Loss | undefined;
  let conversion: Loss | undefined;
  const note = function (this: unknown, name: string, member: unknown): unknown {
    const holder = places.get(this);
    const at = holder === undefined ? '' : append(holder, name);
    const original = (this as Readonly<Record<string, unknown>>)[name];
    if (original !== member && hasMethod(original, 'toJSON')) conversion ??= lossOf(at, original);
    if (isLost(member, Array.isArray(this))) loss ??= lossOf(at, member);
    if (typeof member === 'object' && member !== null) places.set(member, at);
    return member;
  };
  try {
    const text = JSON.stringify(value, note) as string | undefined;
    if (text === undefined) return { kind: 'unsayable', loss: lossOf('', value) };
    return { kind: 'value', value: JSON.parse(text) as Json, loss, conversion };
  } catch (cause) {
    if (cause instanceof RangeError) return { kind: 'deep', cause };
    return { kind: 'unsayable', loss: loss ?? lossOf('', value), cause };
  }
}

function isLost(member: unknown, isItem: boolean): boolean {
  if (typeof member === 'number') return !Number.isFinite(member);
  if (typeof member === 'object') return isUnread(member);
  if (typeof member === 'string' || typeof member === 'boolean') return false;
  return typeof member === 'bigint' || isItem;
}

function lossOf(at: string, value: unknown): Loss {
  if (typeof value === 'number' || value === undefined) return { at, what: String(value) };
  if (typeof value === 'bigint') return { at, what: `${value}n` };
  if (typeof value === 'symbol') return { at, what: 'a symbol' };
  const name: unknown = typeof value === 'object' ? value?.constructor?.name : undefined;
  const isOwnKind = typeof name === 'string' && name !== '' && name !== 'Object';
  if (!isOwnKind || name === 'Array' || hasMethod(value, 'then')) {
    return { at, what: describeGiven(value) };
  }
  return { at, what: `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}` };
}
