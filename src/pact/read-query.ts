import { isArray, isObject, type Json } from '../json.ts';
import { append } from '../spec/pointer.ts';
import type { PactRequest } from './interaction.ts';
import { type Place, wrongShape } from './malformed.ts';

type Query = Pick<PactRequest, 'query' | 'parameters'>;

/**
 * Reads a query: of V1 and V2 a text, from V3 on by decoded name. Either is written anew: how a text
 * is encoded says what the library that wrote the pact does, not what the consumer sends.
 *
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readQuery(place: Place): Query {
  const { value } = place;
  if (value === undefined || value === null) return { query: '', parameters: new Map() };
  if (typeof value === 'string') return fromText(value.replace(/^\?/, ''));
  if (!isObject(value)) throw wrongShape(place, 'a text or an object of parameters');
  const parameters = new Map(
    Object.entries(value).map(([name, given]) => [name, valuesOf(given, place, name)]),
  );
  return { query: writeQuery(parameters), parameters };
}

/** A query as it travels, of decoded names and values. */
export function writeQuery(parameters: PactRequest['parameters']): string {
  return [...parameters]
    .flatMap(([name, values]) =>
      values.map((value) => (value === null ? encode(name) : `${encode(name)}=${encode(value)}`)),
    )
    .join('&');
}

function fromText(query: string): Query {
  const parameters = new Map<string, (string | null)[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', value] = pair.split(/=(.*)/s, 2).map(decode);
    const known = parameters.get(name);
    if (known) known.push(value ?? null);
    else parameters.set(name, [value ?? null]);
  }
  return { query: writeQuery(parameters), parameters };
}

function valuesOf(given: Json, { file, pointer }: Place, name: string): readonly (string | null)[] {
  const values = isArray(given) ? given : [given];
  if (values.some((value) => typeof value === 'object' && value !== null)) {
    throw wrongShape({ file, pointer: append(pointer, name), value: given }, 'a text or texts');
  }
  return values.map((value) => (value === null ? null : String(value)));
}

/** What a pair cannot hold is encoded; what styles separate by (`,`, `|`, `[`) stays as it is. */
function encode(text: string): string {
  return encodeURI(text.toWellFormed()).replaceAll(/[&=+#?]|%(?:5B|5D|7C)/g, (found) =>
    found.length === 1 ? `%${found.charCodeAt(0).toString(16).toUpperCase()}` : decode(found),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
