import { ExactMatchError } from '../errors.ts';
import { show } from '../json.ts';

/** The error for something given as a message, or a part of one, that cannot be read as such. */
export function unreadable(
  what: string,
  reason: string,
  advice: string,
  cause?: unknown,
): ExactMatchError {
  const options = cause === undefined ? {} : { cause };
  return new ExactMatchError(
    'MESSAGE_UNREADABLE',
    `Failed to read the ${what}: ${reason}. ${advice}`,
    options,
  );
}

/** What a value is, in words that fit behind "got". */
export function describeGiven(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value === undefined || typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return show(value, 60);
  if (isPromise(value)) return 'a Promise that nobody has awaited';
  if (Array.isArray(value)) return 'an array';
  const names = Object.keys(value);
  const listed = names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
  return names.length === 0 ? 'an object without members' : `an object with ${listed}`;
}

/** Tells whether a value has a method of that name. */
export function hasMethod<N extends PropertyKey>(
  value: unknown,
  name: N,
): value is Readonly<Record<N, (...given: never[]) => unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<PropertyKey, unknown>)[name] === 'function'
  );
}

function isPromise(value: object): boolean {
  return hasMethod(value, 'then');
}
