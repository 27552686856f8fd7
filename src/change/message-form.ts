import { styleOf } from '../check/parameter-style.ts';
import { isObject, type JsonObject } from '../json.ts';
import { layoutsOf } from '../schema/coerce.ts';
import { canonical } from '../schema/equal.ts';
import { isForm, isMultipart, parseMediaType, selectMediaType } from '../spec/media-type.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import type { Parameter } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Travel } from './difference.ts';
import { type Context, type Draft, type Entry, keyOf } from './form.ts';
import { type SchemaWriter, writeSchema } from './schema-form.ts';
import { writeAnnotations } from './words.ts';

/** Marks what only the other document has, so that both are of one shape. */
export const ABSENT = 'x-absent';

/** How values are written at the top of a message. */
function contextOf(travel: Travel): Context {
  return { travel, sense: 'same', isClosed: false, barred: undefined };
}

/** A parameter object in its normal form. Of a path parameter, the name is its place in the path. */
export function writeParameter(
  writer: SchemaWriter,
  { name, in: place, required, node }: Parameter,
  identity: string,
  travel: Travel,
): Draft {
  const draft: Draft = { name: identity, in: place, ...(required ? { required } : {}) };
  if (node.value['allowReserved'] === true) draft['allowReserved'] = true;
  if (node.value['allowEmptyValue'] === true) draft['allowEmptyValue'] = true;
  writeValue(writer, draft, node, place, travel);
  return enter(writer, draft, { kind: 'parameter', node, name, travel, place: `request.${place}` });
}

/** A header object in its normal form. */
function writeHeader(
  writer: SchemaWriter,
  node: Node<JsonObject>,
  name: string,
  travel: Travel,
): Draft {
  const draft: Draft = node.value['required'] === true ? { required: true } : {};
  writeValue(writer, draft, node, 'header', travel);
  return enter(writer, draft, { kind: 'header', node, name, travel, place: 'response.header' });
}

/** The value of a parameter or header, and how it is written as a text. */
function writeValue(
  writer: SchemaWriter,
  draft: Draft,
  node: Node<JsonObject>,
  place: Parameter['in'],
  travel: Travel,
): void {
  const content = objectChild(node, 'content');
  const [first] = content ? children(content) : [];
  const schema = first ? child(first[1], 'schema') : child(node, 'schema');
  if (first) draft['x-content'] = first[0].toLowerCase();
  draft['schema'] = schema ? writeSchema(writer, schema, contextOf(travel)) : { properties: {} };
  if (first || !schema) return;
  const { name, explode } = styleOf(node.value, place);
  const layouts = layoutsOf(writer.form.spec, schema);
  const isSpread = layouts.has('array') || layouts.has('object');
  // A single value is written the same in all styles but these.
  if (isSpread || name === 'label' || name === 'matrix') draft['style'] = name;
  if (isSpread) draft['explode'] = explode;
}

/** The request body object in its normal form; `others` are the media types of the other document. */
export function writeRequestBody(
  writer: SchemaWriter,
  node: Node<JsonObject>,
  others: readonly string[],
  travel: Travel,
): Draft {
  const draft: Draft = node.value['required'] === true ? { required: true } : {};
  draft['content'] = writeContent(writer, node, others, { travel, place: 'request.body' });
  return enter(writer, draft, {
    kind: 'requestBody',
    node,
    name: '',
    travel,
    place: 'request.body',
  });
}

/** A response object in its normal form; `others` are the media types of the other document. */
export function writeResponse(
  writer: SchemaWriter,
  node: Node<JsonObject>,
  status: string,
  others: readonly string[],
  travel: Travel,
): Draft {
  const { form } = writer;
  const headers: Draft = {};
  const declared = objectChild(node, 'headers');
  for (const [name, found] of declared ? children(declared) : []) {
    const header = resolve(form.spec, found);
    if (!isObjectNode(header) || name.toLowerCase() === 'content-type') continue;
    headers[keyOf(form, name.toLowerCase())] = writeHeader(writer, header, name, travel);
  }
  const draft: Draft = {
    headers,
    content: writeContent(writer, node, others, { travel, place: 'response.body' }),
  };
  const links = child(node, 'links');
  if (links && isObject(links.value)) draft['x-links'] = canonical(links.value);
  return enter(writer, draft, { kind: 'response', node, name: status, travel, place: 'response' });
}

/** What the other document has and this one has not, as a part of this one. */
export function writeAbsent({ form }: SchemaWriter, entry: Part): Draft {
  const draft: Draft = { [ABSENT]: true };
  form.entries.set(draft, { ...entry, members: new Map() });
  return draft;
}

/** The media types that an object has in its `content`, in lower case. */
export function mediaTypesOf(node: Node<JsonObject> | undefined): readonly string[] {
  const content = node && objectChild(node, 'content');
  return content ? Object.keys(content.value).map((key) => key.toLowerCase()) : [];
}

function writeContent(
  writer: SchemaWriter,
  owner: Node<JsonObject>,
  others: readonly string[],
  at: Pick<Part, 'travel' | 'place'>,
): Draft {
  const map: Draft = {};
  const content = objectChild(owner, 'content');
  for (const key of new Set([...mediaTypesOf(owner), ...others])) {
    const found = content && entryFor(content, key);
    const part: Part = { kind: 'mediaType', node: found ?? content ?? owner, name: key, ...at };
    map[keyOf(writer.form, key)] = found ? writeMediaType(writer, part) : writeAbsent(writer, part);
  }
  return map;
}

/** What judges a message of a media type; a range is judged only by one that is written the same. */
function entryFor(content: Node<JsonObject>, key: string): Node | undefined {
  const same = Object.keys(content.value).find((name) => name.toLowerCase() === key);
  if (same !== undefined) return child(content, same);
  return key.includes('*') ? undefined : selectMediaType(content, key)?.node;
}

function writeMediaType(writer: SchemaWriter, part: Part): Draft {
  const { node, name, travel } = part;
  const schema = child(node, 'schema');
  const draft: Draft = {
    schema: schema ? writeSchema(writer, schema, contextOf(travel)) : { properties: {} },
  };
  const encoding = child(node, 'encoding');
  const essence = parseMediaType(name)?.essence ?? '';
  if (encoding && (isForm(essence) || isMultipart(essence))) {
    draft['x-encoding'] = canonical(encoding.value);
  }
  return enter(writer, draft, part);
}

/** What is known of a part of a message. */
type Part = Required<Pick<Entry, 'kind' | 'node' | 'name' | 'travel' | 'place'>>;

function enter({ form }: SchemaWriter, draft: Draft, part: Part): Draft {
  const { node } = part;
  const members = isObject(node.value)
    ? writeAnnotations(draft, node, withoutName(node.value))
    : new Map<string, Node>();
  for (const [key, keyword] of [
    ['x-encoding', 'encoding'],
    ['x-links', 'links'],
    ['x-content', 'content'],
  ] as const) {
    const found = child(node, keyword);
    if (found) members.set(key, found);
  }
  form.entries.set(draft, { ...part, members });
  return draft;
}

/** The name of a parameter is what it is known by, not a word about it. */
function withoutName({ name: _name, ...rest }: JsonObject): JsonObject {
  return rest;
}
