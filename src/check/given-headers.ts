import type { HeaderValues } from './message.ts';
import { describeGiven, hasMethod, unreadable } from './unreadable.ts';

/** The value of a header as clients hold it; `undefined` and `null` mean that there is none. */
export type GivenHeaderValue = string | number | boolean | null | undefined | readonly string[];

/** Headers as clients hold them: `Headers`, a record, pairs, or a map. */
export type GivenHeaders =
  | Iterable<readonly [string, GivenHeaderValue]>
  | { readonly entries: () => Iterable<readonly [string, GivenHeaderValue]> }
  | Readonly<Record<string, GivenHeaderValue>>;

/** What several fields of one name, in lower case, are joined by. */
export function separatorOf(name: string): string {
  return SEPARATORS.get(name) ?? ', ';
}

const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['cookie', '; '],
  // A cookie's date holds a comma: only a line break tells two of them apart.
  ['set-cookie', '\n'],
]);

/**
 * Headers by lower-case name, without space around their values.
 *
 * Fields of one name are joined by `, `, those of `cookie` by `; `, of `set-cookie` by a line break.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when they are no headers.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export function readHeaders(headers: unknown): HeaderValues {
  // Without a prototype, so that `constructor` is a name like any other.
  const values = Object.create(null) as Record<string, string>;
  for (const [given, value] of pairsOf(headers)) {
    if (value === undefined || value === null) continue;
    const name = given.toLowerCase();
    const separator = separatorOf(name);
    const text = (Array.isArray(value) ? value.map(textOf).join(separator) : textOf(value)).trim();
    const known = values[name];
    values[name] = known === undefined ? text : `${known}${separator}${text}`;
  }
  return values;
}

function* pairsOf(headers: unknown): Iterable<readonly [string, unknown]> {
  if (headers === undefined || headers === null) return;
  if (typeof headers !== 'object') throw noHeaders(headers);
  const pairs: Iterable<unknown> = hasMethod(headers, Symbol.iterator)
    ? (headers as Iterable<unknown>)
    : hasMethod(headers, 'entries')
      ? (headers.entries() as Iterable<unknown>)
      : Object.entries(headers);
  for (const pair of pairs) {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string') throw noHeaders(headers);
    yield [pair[0], pair[1]];
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
    throw noHeaders(value);
  }
  return String(value);
}

function noHeaders(given: unknown): Error {
  return unreadable(
    'headers',
    `got ${describeGiven(given)}`,
    'Give Headers, a record of texts, or pairs of name and value.',
  );
}
