import { type JsonObject, ownString } from '../json.ts';
import type { Decoded, Layout } from '../schema/coerce.ts';
import type { ParameterPlace } from '../spec/operation.ts';
import { brokenEncoding, cut, type Decode, percentDecoded } from './percent-encoding.ts';

/** How the document has a parameter written. */
export interface Style {
  /** `simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`. */
  readonly name: string;
  readonly explode: boolean;
}

/** What a text was read as; `reason` is the rest of a sentence that the parameter begins. */
export type Reading =
  | { readonly kind: 'decoded'; readonly decoded: Decoded }
  | { readonly kind: 'malformed'; readonly reason: string };

const DEFAULTS: Readonly<Record<ParameterPlace, string>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
};

/**
 * The style of a parameter or header object, or of an encoding object (as in `query`).
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function styleOf(object: JsonObject, place: ParameterPlace): Style {
  const name = ownString(object, 'style') ?? DEFAULTS[place];
  const explode = object['explode'];
  return { name, explode: typeof explode === 'boolean' ? explode : name === 'form' };
}

/** What a text is read as. */
export interface Target {
  readonly name: string;
  readonly layout: Layout;
  /** Takes the encoding off an item, once the items are apart: a delimiter inside one is encoded. */
  readonly decode: Decode;
}

/**
 * Reads one text: of a path segment, of a header, or of a query parameter that is not spread over
 * several names.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-examples
 */
export function decodeText(text: string, style: Style, target: Target): Reading {
  if (style.name === 'matrix') return decodeMatrix(text, style, target);
  if (style.name === 'label' && !text.startsWith('.')) {
    return malformed(`must begin with "." (style label), got "${cut(text)}"`);
  }
  const body = style.name === 'label' ? text.slice(1) : text;
  const { layout, decode } = target;
  if (layout === 'primitive') return toText(body, decode);
  const parts = body === '' ? [] : body.split(delimiterOf(style));
  if (layout === 'array') return toList(parts, decode);
  if (!style.explode || (style.name !== 'simple' && style.name !== 'label')) {
    return fromSequence(parts, decode);
  }
  const bare = parts.find((part) => !part.includes('='));
  if (bare === undefined) return toObject(pairsOf(parts), decode);
  return malformed(`must be written as name=value, and "${cut(bare)}" has no "="`);
}

/** Reads texts of one name as the items of a list. */
export function toList(texts: readonly string[], decode: Decode): Reading {
  const items: string[] = [];
  for (const text of texts) {
    const item = decode(text);
    if (item === undefined) return malformed(brokenEncoding(text));
    items.push(item);
  }
  return { kind: 'decoded', decoded: items };
}

/** Reads a text that is one value. */
function toText(text: string, decode: Decode): Reading {
  const decoded = decode(text);
  return decoded === undefined ? malformed(brokenEncoding(text)) : { kind: 'decoded', decoded };
}

/** The reading of a text that cannot be read; the reason goes on where its subject ends. */
export function malformed(reason: string): Reading {
  return { kind: 'malformed', reason };
}

function delimiterOf({ name, explode }: Style): string | RegExp {
  // No URL may hold a space or a bar, so that clients encode even those that delimit.
  if (name === 'spaceDelimited') return /%20|\+| /;
  if (name === 'pipeDelimited') return /\||%7c/i;
  return name === 'label' && explode ? '.' : ',';
}

function decodeMatrix(text: string, { explode }: Style, target: Target): Reading {
  const { name, layout, decode } = target;
  const start = `must begin with ";${explode && layout === 'object' ? '' : name}" (style matrix)`;
  if (!text.startsWith(';')) return malformed(`${start}, got "${cut(text)}"`);
  const pairs = pairsOf(text.slice(1).split(';'));
  if (explode && layout === 'object') return toObject(pairs, decode);
  if (pairs.some(([key]) => percentDecoded(key) !== name)) {
    return malformed(`${start}, got "${cut(text)}"`);
  }
  const values = pairs.map(([, value]) => value);
  if (explode && layout === 'array') return toList(values, decode);
  const [value = '', ...others] = values;
  if (others.length > 0) return malformed('is given twice: it takes one value');
  const simple = { name: 'simple', explode: false };
  return decodeText(value, simple, target);
}

/** Names and values, each split at the first `=`; without one, the value is empty. */
function pairsOf(parts: readonly string[]): (readonly [string, string])[] {
  return parts.map((part) => {
    const end = part.indexOf('=');
    return end === -1 ? [part, ''] : [part.slice(0, end), part.slice(end + 1)];
  });
}

/** Names and values in turn: `R,100,G,200`. */
function fromSequence(parts: readonly string[], decode: Decode): Reading {
  if (parts.length % 2 === 1) {
    return malformed(
      `must have names and values in turn, and "${cut(parts.at(-1) ?? '')}" has no value`,
    );
  }
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    pairs.push([parts[index] ?? '', parts[index + 1] ?? '']);
  }
  return toObject(pairs, decode);
}

function toObject(pairs: readonly (readonly [string, string])[], decode: Decode): Reading {
  const members = new Map<string, string>();
  for (const [name, text] of pairs) {
    const key = decode(name);
    const value = decode(text);
    if (key === undefined || value === undefined) {
      return malformed(brokenEncoding(key === undefined ? name : text));
    }
    if (members.has(key)) return malformed(`has "${cut(key)}" twice`);
    members.set(key, value);
  }
  return { kind: 'decoded', decoded: members };
}
