import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';

/** The names of JSON types in a sentence. */
const NOUNS: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  number: 'a number',
  integer: 'a whole number',
  string: 'a string',
};

/** What formats ask for, in a sentence; a format that is not listed is named. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a date and time (RFC 3339), such as "2024-05-01T09:30:00Z"',
  date: 'a date (RFC 3339), such as "2024-05-01"',
  time: 'a time (RFC 3339), such as "09:30:00Z"',
  duration: 'a duration (ISO 8601), such as "P3DT4H"',
  email: 'an email address',
  uri: 'an absolute URI',
  uuid: 'a UUID, such as "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  hostname: 'a host name',
  byte: 'base64 text',
  int32: 'a whole number from -2147483648 to 2147483647',
  int64: 'a whole number of 64 bits',
  float: 'a number of single precision',
  regex: 'a regular expression (ECMA-262)',
};

/** What a format asks for: `a date (RFC 3339), such as "2024-05-01"`. */
export function describeFormat(format: string): string {
  return FORMATS[format] ?? `of the format "${format}"`;
}

/** What the types and limits of a schema ask for: `a whole number from 1 to 5 or null`. */
export function describeTypes(types: readonly string[], keywords: JsonObject): string {
  return joinWords(types.map((type) => describeType(type, keywords)));
}

function describeType(type: string, keywords: JsonObject): string {
  const noun = NOUNS[type] ?? type;
  if (type === 'integer' || type === 'number') return `${noun}${describeRange(keywords)}`;
  const format = keywords['format'];
  if (type === 'string' && typeof format === 'string' && FORMATS[format]) return FORMATS[format];
  if (type === 'string' && isArray(keywords['enum'])) return describeEnum(keywords['enum']);
  return noun;
}

/** The limits of a number, behind its noun: ` from 1 to 5`, ` of at least 1`, ` below 10`, or nothing. */
export function describeRange(keywords: JsonObject): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, format, multipleOf } = keywords;
  const isInt32 = format === 'int32';
  const low = minimum ?? (isInt32 && exclusiveMinimum === undefined ? -2147483648 : undefined);
  const high = maximum ?? (isInt32 && exclusiveMaximum === undefined ? 2147483647 : undefined);
  const parts: string[] = [];
  if (low !== undefined && high !== undefined) parts.push(`from ${show(low)} to ${show(high)}`);
  else if (low !== undefined) parts.push(`of at least ${show(low)}`);
  else if (high !== undefined) parts.push(`of at most ${show(high)}`);
  if (exclusiveMinimum !== undefined) parts.push(`above ${show(exclusiveMinimum)}`);
  if (exclusiveMaximum !== undefined) parts.push(`below ${show(exclusiveMaximum)}`);
  if (multipleOf !== undefined) parts.push(`that is a multiple of ${show(multipleOf)}`);
  return parts.length > 0 ? ` ${parts.join(', ')}` : '';
}

/** The values of an enumeration, ten at most. */
export function describeEnum(values: readonly Json[]): string {
  if (values.length === 0) return 'one of no values at all';
  if (values.length === 1) return show(values[0]);
  const shown = values.slice(0, 10).map((value) => show(value, 40));
  const more = values.length > 10 ? `, … (${values.length} in all)` : '';
  return `one of ${shown.join(', ')}${more}`;
}

/** Words in a list with `or` before the last. */
export function joinWords(words: readonly string[], conjunction = 'or'): string {
  if (words.length < 2) return words.join();
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** What was found, in a sentence: short values as they are, long ones by their kind. */
export function got(value: Json): string {
  if (isArray(value) && show(value, 61).length > 60) return `got an array of ${value.length}`;
  if (isObject(value) && show(value, 61).length > 60) {
    return `got an object with ${Object.keys(value).length} properties`;
  }
  return `got ${show(value, 60)}`;
}
