import type { Decoded } from '../schema/coerce.ts';
import type { KnownNames } from '../schema/members.ts';
import {
  decodeText,
  malformed,
  type Reading,
  type Style,
  type Target,
  toList,
} from './parameter-style.ts';
import { cut, type Decode } from './percent-encoding.ts';

/** The texts of each name, still encoded, in the order in which they travelled; names are decoded. */
export type Pairs = ReadonlyMap<string, readonly string[]>;

/** Objects of `deepObject` style lie at most this deep in each other. */
const DEPTH = 64;

/**
 * Reads `name=value` pairs, as of a query, a form or a cookie header.
 *
 * @returns the pairs, and the first name whose encoding is broken, which is left out.
 */
export function readPairs(
  text: string,
  separator: string | RegExp,
  decode: Decode,
): { readonly pairs: Pairs; readonly broken: string | undefined } {
  const pairs = new Map<string, string[]>();
  let broken: string | undefined;
  for (const part of text.split(separator)) {
    if (part === '') continue;
    const end = part.indexOf('=');
    const written = end === -1 ? part : part.slice(0, end);
    const name = decode(written);
    if (name === undefined) {
      broken ??= written;
      continue;
    }
    const value = end === -1 ? '' : part.slice(end + 1);
    const known = pairs.get(name);
    if (known) known.push(value);
    else pairs.set(name, [value]);
  }
  return { pairs, broken };
}

/** The names that an object spread over several names takes, beside those of others. */
export interface Spread {
  readonly known: KnownNames;
  /** Tells whether a name belongs to somebody else. */
  readonly isTaken: (name: string) => boolean;
}

/**
 * Reads a parameter, or a property of a form, out of the pairs; `undefined` when it is not there.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-examples
 */
export function readNamed(
  pairs: Pairs,
  style: Style,
  target: Target,
  spread: Spread,
): Reading | undefined {
  const { name, layout, decode } = target;
  if (style.name === 'deepObject') return readDeep(pairs, target);
  if (layout === 'object' && style.explode && style.name === 'form') {
    return readSpread(pairs, decode, spread);
  }
  const texts = pairs.get(name);
  if (!texts) return undefined;
  if (layout === 'array' && style.explode) return toList(texts, decode);
  const [text = '', ...others] = texts;
  if (others.length === 0) return decodeText(text, style, target);
  return malformed(
    layout === 'primitive'
      ? 'is given twice: it takes one value'
      : 'is given twice: all its items travel in one value',
  );
}

/** Tells whether an object spread over several names takes one of them. */
export function takes({ known, isTaken }: Spread, name: string): boolean {
  if (known.names.has(name)) return true;
  if (isTaken(name)) return false;
  return known.takesOthers || known.patterns.some((pattern) => pattern.test(name));
}

function readSpread(pairs: Pairs, decode: Decode, spread: Spread): Reading | undefined {
  const members = new Map<string, Decoded>();
  for (const [name, texts] of pairs) {
    if (!takes(spread, name)) continue;
    const items = toList(texts, decode);
    if (items.kind === 'malformed') return items;
    members.set(name, soleOf(items.decoded));
  }
  return members.size === 0 ? undefined : { kind: 'decoded', decoded: members };
}

function soleOf(decoded: Decoded): Decoded {
  if (!Array.isArray(decoded) || decoded.length !== 1) return decoded;
  return decoded[0] as Decoded;
}

type Tree = Map<string, Decoded>;

/** `filter[a][b]=1`; a name given several times, or ending in `[]`, is a list. */
function readDeep(pairs: Pairs, { name, decode }: Target): Reading | undefined {
  const tree: Tree = new Map();
  for (const [key, texts] of pairs) {
    if (key === name) return malformed(`must be written as ${name}[property]=value (deepObject)`);
    if (!key.startsWith(`${name}[`)) continue;
    const path = pathOf(key.slice(name.length));
    if (!path) return malformed(`cannot be read: "${cut(key)}" has brackets that do not match`);
    if (path.length > DEPTH) return malformed(`is nested deeper than ${DEPTH} levels`);
    const isList = path.length > 1 && path.at(-1) === '';
    const items = toList(texts, decode);
    if (items.kind === 'malformed') return items;
    const value = isList ? items.decoded : soleOf(items.decoded);
    if (!plant(tree, isList ? path.slice(0, -1) : path, value)) {
      return malformed(`cannot be read: "${cut(key)}" contradicts another of its names`);
    }
  }
  return tree.size === 0 ? undefined : { kind: 'decoded', decoded: tree };
}

/** The names between brackets, `[a][b]`; `undefined` when there is anything else. */
function pathOf(brackets: string): readonly string[] | undefined {
  if (!/^(?:\[[^[\]]*\])+$/.test(brackets)) return undefined;
  return brackets.slice(1, -1).split('][');
}

/** Puts a value at its place; false when something else is there. */
function plant(tree: Tree, path: readonly string[], value: Decoded): boolean {
  let at = tree;
  for (const name of path.slice(0, -1)) {
    const next = at.get(name) ?? new Map();
    if (!(next instanceof Map)) return false;
    at.set(name, next);
    at = next;
  }
  const last = path.at(-1) ?? '';
  if (at.has(last)) return false;
  at.set(last, value);
  return true;
}
