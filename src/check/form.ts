import { isObject, type JsonObject } from '../json.ts';
import { type Decoded, isNullText, type Layout, layoutsOf, typedValue } from '../schema/coerce.ts';
import { namesOf, schemasOfProperty } from '../schema/members.ts';
import type { Direction } from '../schema/violation.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { objectChild } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { DecodedContent } from './body.ts';
import type { MediaTypeEntry } from './body-media-type.ts';
import { readJson } from './json-text.ts';
import { type Pairs, readNamed, readPairs, type Spread } from './parameter-pairs.ts';
import { type Reading, styleOf } from './parameter-style.ts';
import { brokenEncoding, cut, formDecoded } from './percent-encoding.ts';

/**
 * Reads `application/x-www-form-urlencoded` by the schema's properties and their `encoding`.
 *
 * Where it is silent, a list travels as one name several times and an object as JSON or as the
 * `deepObject` names that HTML forms give.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#support-for-x-www-form-urlencoded-request-bodies
 */
export function decodeForm(
  spec: Spec,
  { node, schema }: MediaTypeEntry,
  text: string,
  direction: Direction,
): DecodedContent {
  const { pairs, broken } = readPairs(text, '&', formDecoded);
  if (broken !== undefined)
    return { kind: 'malformed', reason: `a name ${brokenEncoding(broken)}` };
  if (!schema) return { kind: 'opaque' };
  const encodings = objectChild(node, 'encoding')?.value ?? {};
  const form = new Map<string, Decoded>();
  for (const name of namesOf(spec, schema).names) {
    const own = encodings[name];
    const reading = readProperty(spec, pairs, schema, name, isObject(own) ? own : {});
    if (reading?.kind === 'malformed') {
      const reason = `\`${cut(name)}\` ${reading.reason}`;
      return { kind: 'malformed', reason, at: append('', name) };
    }
    if (reading) form.set(name, reading.decoded);
  }
  for (const [name, texts] of pairs) {
    const base = name.includes('[') ? name.slice(0, name.indexOf('[')) : name;
    if (form.has(name) || form.has(base)) continue;
    const items = texts.map((item) => formDecoded(item) ?? item);
    form.set(name, items.length === 1 ? (items[0] as Decoded) : items);
  }
  return { kind: 'value', value: typedValue(spec, schema, form, direction) };
}

function readProperty(
  spec: Spec,
  pairs: Pairs,
  schema: Node,
  name: string,
  encoding: JsonObject,
): Reading | undefined {
  const layouts = new Set<Layout | 'null'>();
  for (const property of schemasOfProperty(spec, schema, name)) {
    for (const layout of layoutsOf(spec, property)) layouts.add(layout);
  }
  const target = { name, layout: layoutOf(layouts, pairs.get(name)), decode: formDecoded };
  if (target.layout === 'object' && isJsonEncoded(encoding)) return readJsonProperty(pairs, name);
  const style = styleOf(encoding, 'query');
  return readNamed(pairs, style, target, ONLY_ITSELF);
}

/** An object inside a form does not spread over the form's other names. */
const ONLY_ITSELF: Spread = {
  known: { names: new Set(), patterns: [], takesOthers: false },
  isTaken: () => true,
};

function layoutOf(layouts: ReadonlySet<Layout | 'null'>, texts: readonly string[] = []): Layout {
  if (layouts.has('primitive') && texts.length < 2) return 'primitive';
  if (layouts.has('null') && texts.length === 1 && isNullText(texts[0] ?? '')) return 'primitive';
  if (layouts.has('array')) return 'array';
  return layouts.has('object') ? 'object' : 'primitive';
}

/** OpenAPI has the style keywords replace the content type, and JSON is what an object travels as. */
function isJsonEncoded(encoding: JsonObject): boolean {
  if ('style' in encoding || 'explode' in encoding) return false;
  const { contentType } = encoding;
  return typeof contentType !== 'string' || isJson(parseMediaType(contentType)?.essence ?? '');
}

function readJsonProperty(pairs: Pairs, name: string): Reading | undefined {
  const texts = pairs.get(name);
  if (!texts) {
    const style = { name: 'deepObject', explode: true };
    return readNamed(pairs, style, { name, layout: 'object', decode: formDecoded }, ONLY_ITSELF);
  }
  const [text = '', ...others] = texts;
  if (others.length > 0) return { kind: 'malformed', reason: 'is given twice: it takes one value' };
  const decoded = formDecoded(text);
  if (decoded === undefined) return { kind: 'malformed', reason: brokenEncoding(text) };
  const read = readJson(decoded);
  if (read.kind === 'malformed') return { kind: 'malformed', reason: `is no JSON: ${read.reason}` };
  return { kind: 'decoded', decoded: { value: read.value } };
}
