import { isArray, type Json } from '../../json.ts';
import { type Moment, readDate, readDateTime, readDuration } from './moment.ts';
import type { PropertyType } from './property-type.ts';

/** The type of an expression. */
export type Type = PropertyType | 'time' | 'null';

/**
 * What an expression comes to. A date is its days from 1970-01-01, a GUID its lower-case text;
 * `undefined` is a value of an item that is not of the type it should have: it equals nothing.
 */
export type Value = null | boolean | number | string | Moment | undefined;

/** Each type as a sentence names it. */
export const TYPE_NAMES: Readonly<Record<Type, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  'date-time': 'a DateTimeOffset',
  date: 'a Date',
  time: 'a TimeOfDay',
  guid: 'a GUID',
  duration: 'a Duration',
  object: 'an object',
  collection: 'a collection',
  any: 'a value of any type',
  null: 'null',
};

type ReadValue = (value: Json | Value) => Value;

const READERS: Readonly<Record<Type, ReadValue>> = {
  string: (value) => (typeof value === 'string' ? value : missing(value)),
  number: (value) => (typeof value === 'number' ? value : missing(value)),
  integer: (value) => (Number.isInteger(value) ? READERS.number(value) : missing(value)),
  boolean: (value) => (typeof value === 'boolean' ? value : missing(value)),
  'date-time': (value) => (typeof value === 'string' ? readDateTime(value) : missing(value)),
  date: (value) => (typeof value === 'string' ? readDate(value) : missing(value)),
  time: missing,
  guid: (value) => (typeof value === 'string' ? value.toLowerCase() : missing(value)),
  duration: (value) => (typeof value === 'string' ? readDuration(value) : missing(value)),
  object: missing,
  collection: missing,
  any: (value) => (typeof value === 'object' || value === undefined ? missing(value) : value),
  null: () => null,
};

/** How a value of an item is read as a type; one that the item lacks is null. */
export function readerOf(type: Type): ReadValue {
  return READERS[type];
}

function missing(value: Json | Value): null | undefined {
  return value === undefined || value === null ? null : undefined;
}

/** Less than, equal to or greater than 0; NaN when one of them is null or they cannot be compared. */
export function compare(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return order(left, right);
  if (typeof left === 'number' && typeof right === 'number') return order(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return order(Number(left), Number(right));
  }
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return Number.NaN;
  return order(left.seconds, right.seconds) || order(left.pico, right.pico);
}

/** Null equals null, and nothing else does. */
export function isEqual(left: Value, right: Value): boolean {
  return left === null ? right === null : compare(left, right) === 0;
}

function order<T extends string | number>(left: T, right: T): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left === right ? 0 : Number.NaN;
}

/** The elements of a value; a collection is never null (OData CSDL, 7.2), so that null has none. */
export function elementsOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
