import { type Decoded, isNullText, type Layout, layoutsOf } from '../schema/coerce.ts';
import { namesOf } from '../schema/members.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { child, children, objectChild } from '../spec/node.ts';
import type { Parameter } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { readJson } from './json-text.ts';
import type { HeaderValues } from './message.ts';
import { type Pairs, readNamed, type Spread, takes } from './parameter-pairs.ts';
import { decodeText, malformed, type Reading, type Style, styleOf } from './parameter-style.ts';
import {
  brokenEncoding,
  type Decode,
  formDecoded,
  looselyDecoded,
  percentDecoded,
  trimmed,
} from './percent-encoding.ts';

/** The texts of a request that parameters are read from. */
export interface Given {
  /** The path parameters, still percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Pairs;
  readonly headers: HeaderValues;
  readonly cookies: Pairs;
}

/** Reads one parameter out of requests. */
export interface ParameterReader {
  readonly parameter: Parameter;
  /** What its value must satisfy; takes anything when the document says nothing. */
  readonly schema: Node;
  /** What it could be read as, at least one; `undefined` when it is not there. */
  readonly read: (given: Given) => readonly Reading[] | undefined;
  /** For a query parameter: tells whether it takes a name of the query. */
  readonly takesName: (name: string) => boolean;
}

/** Tells whether a parameter takes a name of the query. */
export function takesName(
  { parameter, takesName: takesIt }: ParameterReader,
  name: string,
): boolean {
  return parameter.in === 'query' && takesIt(name);
}

/** Each place's way of taking the encoding off. */
const DECODE: Readonly<Record<Parameter['in'], Decode>> = {
  path: percentDecoded,
  query: formDecoded,
  header: trimmed,
  cookie: looselyDecoded,
};

/**
 * The reader of a parameter; `isTaken` tells whether a name belongs to something else in the place
 * where the parameter travels.
 */
export function readerOf(
  spec: Spec,
  parameter: Parameter,
  isTaken: (name: string) => boolean,
): ParameterReader {
  const content = objectChild(parameter.node, 'content');
  for (const [mediaType, node] of content ? children(content) : []) {
    return contentReader(parameter, mediaType, child(node, 'schema') ?? anything(parameter.node));
  }
  const schema = child(parameter.node, 'schema') ?? anything(parameter.node);
  const style = styleOf(parameter.node.value, parameter.in);
  const layouts = inOrder(layoutsOf(spec, schema));
  const spread: Spread = { known: namesOf(spec, schema), isTaken };
  const decode = DECODE[parameter.in];
  const isSpread = isSpreadOut(style, layouts);
  const { name } = parameter;
  return {
    parameter,
    schema,
    takesName: (asked) => isNameOf(parameter, asked) || (isSpread && takes(spread, asked)),
    read: (given) => {
      const readings: Reading[] = [];
      for (const layout of layouts) {
        const target = { name, layout: layout === 'null' ? 'primitive' : layout, decode } as const;
        const reading = readFrom(given, parameter, style, target, spread);
        if (!reading || (layout === 'null' && layouts.length > 1 && !isNull(reading))) continue;
        readings.push(isVoid(parameter, reading) ? VOID : reading);
        const loose = layout === 'array' && withPlainCommas(given, parameter, style);
        const other = loose && readFrom(loose, parameter, style, target, spread);
        if (other) readings.push(other);
      }
      return readings.length === 0 ? undefined : readings;
    },
  };
}

/** The names that belong to a parameter, so that no object beside it takes them for its members. */
export function claimOf(spec: Spec, parameter: Parameter): (name: string) => boolean {
  const schema = child(parameter.node, 'schema');
  const style = styleOf(parameter.node.value, parameter.in);
  if (!schema || !isSpreadOut(style, [...layoutsOf(spec, schema)])) {
    return (name) => isNameOf(parameter, name);
  }
  const { names } = namesOf(spec, schema);
  return (name) => isNameOf(parameter, name) || names.has(name);
}

/** Tells whether the members of an object travel each under its own name. */
function isSpreadOut({ name, explode }: Style, layouts: readonly (Layout | 'null')[]): boolean {
  return name === 'form' && explode && layouts.includes('object');
}

/** The schema in place of one that is not there. */
function anything(owner: Node): Node {
  return { ...owner, value: {} };
}

/** One value goes before a list of one, and a list before an object. */
function inOrder(layouts: ReadonlySet<Layout | 'null'>): readonly (Layout | 'null')[] {
  return (['null', 'primitive', 'array', 'object'] as const).filter((layout) =>
    layouts.has(layout),
  );
}

/**
 * The query as if no comma of a list were encoded; `undefined` where none is.
 *
 * By RFC 6570 an encoded comma is part of an item, and that is how a list is read first. Most clients
 * build queries with functions that encode those that separate as well, and most services decode
 * before they split: where the schema takes no item with a comma, they separate.
 */
function withPlainCommas(
  given: Given,
  { in: place, name }: Parameter,
  style: Style,
): Given | false {
  if (place !== 'query' || style.name !== 'form' || style.explode) return false;
  const texts = given.query.get(name);
  if (!texts?.some((text) => ENCODED_COMMA.test(text))) return false;
  const plain = texts.map((text) => text.replaceAll(new RegExp(ENCODED_COMMA, 'gi'), ','));
  return { ...given, query: new Map([[name, plain]]) };
}

const ENCODED_COMMA = /%2c/i;

interface Target {
  readonly name: string;
  readonly layout: Layout;
  readonly decode: Decode;
}

function readFrom(
  given: Given,
  parameter: Parameter,
  style: Style,
  target: Target,
  spread: Spread,
): Reading | undefined {
  const pairs = pairsOf(given, parameter);
  if (pairs) return readNamed(pairs, style, target, spread);
  const text = textOf(given, parameter);
  return text === undefined ? undefined : decodeText(text, style, target);
}

function pairsOf(given: Given, parameter: Parameter): Pairs | undefined {
  if (parameter.in === 'query') return given.query;
  return parameter.in === 'cookie' ? given.cookies : undefined;
}

function textOf(given: Given, { in: place, name }: Parameter): string | undefined {
  if (place === 'header') return given.headers[name.toLowerCase()];
  return Object.hasOwn(given.path, name) ? given.path[name] : undefined;
}

/** What `allowEmptyValue` lets through, whatever the schema says: nothing behind the name. */
export const VOID: Reading = { kind: 'decoded', decoded: { value: '' } };

function isVoid({ in: place, node }: Parameter, reading: Reading): boolean {
  if (place !== 'query' || node.value['allowEmptyValue'] !== true) return false;
  return reading.kind === 'decoded' && reading.decoded === '';
}

function isNull(reading: Reading): boolean {
  const text = reading.kind === 'decoded' ? reading.decoded : undefined;
  return typeof text === 'string' && isNullText(text);
}

function isNameOf(parameter: Parameter, name: string): boolean {
  if (parameter.name === name) return true;
  if (parameter.in !== 'query') return false;
  const isDeep = styleOf(parameter.node.value, 'query').name === 'deepObject';
  return isDeep && name.startsWith(`${parameter.name}[`);
}

/** A parameter whose `content` names a media type: it travels as one text of that type. */
function contentReader(parameter: Parameter, mediaType: string, schema: Node): ParameterReader {
  const decode = DECODE[parameter.in];
  const isJsonText = isJson(parseMediaType(mediaType)?.essence ?? '');
  return {
    parameter,
    schema,
    takesName: (name) => name === parameter.name,
    read: (given) => {
      const texts = pairsOf(given, parameter)?.get(parameter.name);
      const text = texts ? texts[0] : textOf(given, parameter);
      if (text === undefined) return undefined;
      if (texts && texts.length > 1) return [malformed('is given twice: it takes one value')];
      const decoded = decode(text);
      if (decoded === undefined) return [malformed(brokenEncoding(text))];
      return [isJsonText ? jsonReading(decoded, mediaType) : { kind: 'decoded', decoded }];
    },
  };
}

function jsonReading(text: string, mediaType: string): Reading {
  const read = readJson(text);
  if (read.kind === 'malformed') return malformed(`cannot be read as ${mediaType}: ${read.reason}`);
  const decoded: Decoded = { value: read.value };
  return { kind: 'decoded', decoded };
}
