import type { Json } from '../json.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isValid } from './judge.ts';
import { partsOf, schemasOfItem, schemasOfProperty } from './members.ts';
import { isConstrained, type JsonType, typesOf } from './types.ts';
import type { Direction } from './violation.ts';

/**
 * What was read from a text that has no types of its own: a URL, a header, a form.
 *
 * `{ value }` is a part whose types are known already, such as JSON inside a form.
 */
export type Decoded =
  | string
  | readonly Decoded[]
  | ReadonlyMap<string, Decoded>
  | { readonly value: Json };

/** How a decoded value can be laid out. */
export type Layout = 'primitive' | 'array' | 'object';

/**
 * The JSON readings of a decoded value, the most typed first; never none, and never more than three.
 *
 * A text is read as a number, `true`, `false` or null only where the schema takes one, and stays a
 * string where nothing else fits. Where a schema takes a string as well, the reading with strings
 * comes second, and the one that asks each such text's own schema last.
 */
export function* coercions(spec: Spec, schema: Node, decoded: Decoded): Iterable<Json> {
  const reader: Reader = { spec, isAmbiguous: false };
  const first = read(reader, [schema], decoded, typed);
  yield first;
  if (!reader.isAmbiguous) return;
  yield read(reader, [schema], decoded, loose);
  if (typeof decoded === 'string') return;
  yield read(reader, [schema], decoded, byItsOwnSchema);
}

/** The JSON reading that a schema takes, or the most typed one when it takes none. */
export function typedValue(spec: Spec, schema: Node, decoded: Decoded, direction: Direction): Json {
  let first: Json | undefined;
  for (const value of coercions(spec, schema, decoded)) {
    if (isValid(spec, schema, value, { direction, strict: false })) return value;
    first ??= value;
  }
  return first ?? null;
}

/**
 * The layouts that a schema takes; by `properties` and `items` where it says no type. `null` is one of
 * its own: what may be null as well is not therefore laid out as a primitive.
 */
export function layoutsOf(spec: Spec, schema: Node): ReadonlySet<Layout | 'null'> {
  const types = typesOf(spec, schema);
  const layouts = new Set<Layout | 'null'>();
  if (isConstrained(types)) {
    for (const type of types) {
      const isLaidOut = type === 'array' || type === 'object' || type === 'null';
      layouts.add(isLaidOut ? type : 'primitive');
    }
  } else {
    for (const part of partsOf(spec, schema)) {
      if (says(part, ['properties', 'patternProperties', 'required'])) layouts.add('object');
      if (says(part, ['items', 'prefixItems', 'minItems', 'maxItems'])) layouts.add('array');
    }
  }
  if (layouts.size === 0) layouts.add('primitive');
  return layouts;
}

/** Tells whether a text stands for null, where a schema takes that. */
export function isNullText(text: string): boolean {
  return text === '' || text === 'null';
}

interface Reader {
  readonly spec: Spec;
  /** Whether some text could be a string and something else. */
  isAmbiguous: boolean;
}

/** Chooses among the readings of one text, of which there is at least one. */
type Choose = (reader: Reader, readings: readonly Json[], schemas: readonly Node[]) => Json;

const typed: Choose = (_reader, readings) => readings[0] as Json;

const loose: Choose = (_reader, readings) => readings.at(-1) as Json;

function byItsOwnSchema(
  { spec }: Reader,
  readings: readonly Json[],
  schemas: readonly Node[],
): Json {
  let best = readings[0] as Json;
  let most = 0;
  if (readings.length === 1) return best;
  for (const reading of readings) {
    const options = { direction: 'request', strict: false } as const;
    const count = schemas.filter((schema) => isValid(spec, schema, reading, options)).length;
    if (count > most) [best, most] = [reading, count];
  }
  return best;
}

function read(reader: Reader, schemas: readonly Node[], decoded: Decoded, choose: Choose): Json {
  if (typeof decoded === 'string') return readText(reader, schemas, decoded, choose);
  if (isList(decoded)) return readItems(reader, schemas, decoded, choose);
  if (!isMap(decoded)) return decoded.value;
  const indexed = listOf(decoded);
  if (indexed && isOnlyArray(reader.spec, schemas)) {
    return readItems(reader, schemas, indexed, choose);
  }
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(
    [...decoded].map(([name, member]) => {
      const inner = schemas.flatMap((schema) => schemasOfProperty(reader.spec, schema, name));
      return [name, read(reader, inner, member, choose)];
    }),
  );
}

function readItems(
  reader: Reader,
  schemas: readonly Node[],
  items: readonly Decoded[],
  choose: Choose,
): Json {
  return items.map((item, index) => {
    const inner = schemas.flatMap((schema) => schemasOfItem(reader.spec, schema, index));
    return read(reader, inner, item, choose);
  });
}

function readText(reader: Reader, schemas: readonly Node[], text: string, choose: Choose): Json {
  const types = typesOfText(reader.spec, schemas);
  // One text where a list is wanted is a list of one.
  const isList = types.has('array') && [...types].every((type) => STRUCTURED.has(type));
  if (isList && !(types.has('null') && isNullText(text))) {
    return readItems(reader, schemas, [text], choose);
  }
  const readings = isList
    ? [null, readItems(reader, schemas, [text], choose)]
    : readingsOf(text, types);
  if (readings.length > 1) reader.isAmbiguous = true;
  return choose(reader, readings, schemas);
}

const STRUCTURED: ReadonlySet<JsonType> = new Set<JsonType>(['array', 'object', 'null']);
const STRING: ReadonlySet<JsonType> = new Set<JsonType>(['string']);
const NUMBER: ReadonlySet<JsonType> = new Set<JsonType>(['number', 'integer']);

/** What a text could be: where no schema says a type, a number for a numeric rule, or else a string. */
function typesOfText(spec: Spec, schemas: readonly Node[]): ReadonlySet<JsonType> {
  const [only] = schemas;
  if (schemas.length === 1 && only) {
    const types = typesOf(spec, only);
    if (isConstrained(types)) return types;
  }
  let types: ReadonlySet<JsonType> | undefined;
  for (const schema of schemas) {
    const found = typesOf(spec, schema);
    if (isConstrained(found)) types = new Set([...(types ?? []), ...found]);
  }
  if (types) return types;
  return schemas.some((schema) => isNumeric(spec, schema)) ? NUMBER : STRING;
}

const NUMERIC = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const NUMERIC_FORMATS: ReadonlySet<unknown> = new Set(['int32', 'int64', 'float', 'double']);

function isNumeric(spec: Spec, schema: Node): boolean {
  return partsOf(spec, schema).some(
    (part) => says(part, NUMERIC) || NUMERIC_FORMATS.has(child(part, 'format')?.value),
  );
}

function says(part: Node, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => child(part, keyword) !== undefined);
}

function readingsOf(text: string, types: ReadonlySet<JsonType>): readonly Json[] {
  const readings: Json[] = [];
  const number = types.has('integer') ? numberOf(text) : undefined;
  if (number !== undefined) {
    const isFit = types.has('number') || Number.isInteger(number) || !types.has('string');
    if (isFit) readings.push(number);
  }
  if (types.has('boolean') && (text === 'true' || text === 'false')) readings.push(text === 'true');
  if (types.has('null') && isNullText(text)) readings.push(null);
  if (types.has('string') || readings.length === 0) readings.push(text);
  return readings;
}

/** A number as JSON writes it: no `+1`, no `05`, no `0x1F`, and none too large to be one. */
const NUMBER_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function numberOf(text: string): number | undefined {
  if (!NUMBER_TEXT.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function isOnlyArray(spec: Spec, schemas: readonly Node[]): boolean {
  const types = typesOfText(spec, schemas);
  return types.has('array') && !types.has('object');
}

/** The items of an object whose names are `0`, `1`, `2`, … */
function listOf(map: ReadonlyMap<string, Decoded>): readonly Decoded[] | undefined {
  const names = [...map.keys()];
  return names.length > 0 && names.every((name, index) => name === String(index))
    ? [...map.values()]
    : undefined;
}

function isList(decoded: Exclude<Decoded, string>): decoded is readonly Decoded[] {
  return Array.isArray(decoded);
}

function isMap(
  decoded: ReadonlyMap<string, Decoded> | { readonly value: Json },
): decoded is ReadonlyMap<string, Decoded> {
  return decoded instanceof Map;
}
