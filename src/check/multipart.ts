import {
  MultipartParseError,
  type MultipartPart,
  parseMultipart,
} from '@remix-run/multipart-parser';
import { isObject, type JsonObject } from '../json.ts';
import { type Decoded, layoutsOf, typedValue } from '../schema/coerce.ts';
import { schemasOfProperty } from '../schema/members.ts';
import { typesOf } from '../schema/types.ts';
import type { Direction } from '../schema/violation.ts';
import { isJson, type MediaType, parseMediaType } from '../spec/media-type.ts';
import { child, objectChild } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { DecodedContent } from './body.ts';
import type { MediaTypeEntry } from './body-media-type.ts';
import { readJson } from './json-text.ts';
import type { UnreadContent } from './message.ts';
import { cut } from './percent-encoding.ts';

/** A multipart body has at most this many parts. */
const PARTS = 10_000;

/**
 * Reads a multipart body as an object, each part under its name; one name several times is a list.
 *
 * A part is JSON, text or bytes by its own `Content-Type`, else by `encoding`, else by its schema. A
 * body whose parts have no names (`multipart/mixed`) is left unread.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#special-considerations-for-multipart-content
 */
export function decodeMultipart(
  spec: Spec,
  { node, schema }: MediaTypeEntry,
  mediaType: MediaType,
  content: UnreadContent,
  direction: Direction,
): DecodedContent {
  const boundary = mediaType.parameters.get('boundary');
  if (!boundary) return { kind: 'malformed', reason: 'the Content-Type names no boundary' };
  const bytes = content.kind === 'bytes' ? content.bytes : new TextEncoder().encode(content.text);
  const parts = bytes.length === 0 ? 'it has no parts' : readParts(bytes, boundary);
  if (typeof parts === 'string') return { kind: 'malformed', reason: parts };
  if (!schema || parts.some(({ name }) => name === undefined)) return { kind: 'opaque' };
  const encodings = objectChild(node, 'encoding')?.value ?? {};
  const form = new Map<string, Decoded[]>();
  for (const part of parts) {
    const { name = '' } = part;
    const properties = schemasOfProperty(spec, schema, name);
    const encoding = encodings[name];
    const decoded = decodePart(spec, part, properties, isObject(encoding) ? encoding : {});
    if (typeof decoded === 'object' && 'reason' in decoded) {
      const reason = `the part \`${cut(name)}\` ${decoded.reason}`;
      return { kind: 'malformed', reason, at: append('', name) };
    }
    const known = form.get(name);
    if (known) known.push(decoded);
    else form.set(name, [decoded]);
  }
  const whole = new Map<string, Decoded>();
  for (const [name, values] of form) {
    const [only] = values as [Decoded];
    const isList =
      values.length > 1 ||
      (!isWhole(only) && isListOnly(spec, schemasOfProperty(spec, schema, name)));
    whole.set(name, isList ? values : only);
  }
  return { kind: 'value', value: typedValue(spec, schema, whole, direction) };
}

function readParts(bytes: Uint8Array, boundary: string): readonly MultipartPart[] | string {
  const size = bytes.length + 1;
  try {
    return [
      ...parseMultipart(withoutPreamble(bytes, boundary), {
        boundary,
        maxParts: PARTS,
        maxFileSize: size,
        maxTotalSize: size,
        maxHeaderSize: 16_384,
      }),
    ];
  } catch (cause) {
    if (!(cause instanceof MultipartParseError)) throw cause;
    return `${cause.message.charAt(0).toLowerCase()}${cause.message.slice(1)}`;
  }
}

/** What stands before the first part is for readers that know no multipart (RFC 2046, 5.1.1). */
function withoutPreamble(bytes: Uint8Array, boundary: string): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = `--${boundary}`;
  if (buffer.toString('latin1', 0, delimiter.length) === delimiter) return bytes;
  const start = buffer.indexOf(`\r\n${delimiter}`, 0, 'latin1');
  return start === -1 ? bytes : bytes.subarray(start + 2);
}

function decodePart(
  spec: Spec,
  part: MultipartPart,
  schemas: readonly Node[],
  encoding: JsonObject,
): Decoded | { readonly reason: string } {
  const declared = part.mediaType ?? encoding['contentType'];
  const essence =
    typeof declared === 'string' && !declared.includes(',')
      ? parseMediaType(declared)?.essence
      : undefined;
  const isJsonPart = essence === undefined ? isStructured(spec, schemas) : isJson(essence);
  if (!isJsonPart && (part.isFile || (essence && !essence.startsWith('text/')))) {
    return Buffer.from(part.bytes).toString('latin1');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(part.bytes);
  } catch {
    // Neither JSON nor a text: bytes that came without saying so.
    return isJsonPart ? { reason: 'is not UTF-8' } : Buffer.from(part.bytes).toString('latin1');
  }
  // What has no text at all and says nothing of itself may stand for null.
  if (!isJsonPart || (text === '' && essence === undefined && isNullable(spec, schemas)))
    return text;
  const read = readJson(text);
  return read.kind === 'malformed'
    ? { reason: `is no JSON: ${read.reason}` }
    : { value: read.value };
}

/** Objects, and lists of objects, travel as JSON where nothing else is said. */
function isStructured(spec: Spec, schemas: readonly Node[]): boolean {
  return (
    schemas.length > 0 &&
    schemas.every((schema) => {
      const layouts = layoutsOf(spec, schema);
      if (layouts.has('array') && !layouts.has('primitive')) {
        const items = child(schema, 'items');
        return items !== undefined && isStructured(spec, [items]);
      }
      return layouts.has('object') && !layouts.has('primitive');
    })
  );
}

function isNullable(spec: Spec, schemas: readonly Node[]): boolean {
  return schemas.some((schema) => layoutsOf(spec, schema).has('null'));
}

function isListOnly(spec: Spec, schemas: readonly Node[]): boolean {
  return schemas.some((schema) => {
    const types = typesOf(spec, schema);
    return types.has('array') && [...types].every((type) => type === 'array' || type === 'null');
  });
}

/** A part that was a JSON list or null, or a text: one where a list is wanted is read as such later. */
function isWhole(decoded: Decoded): boolean {
  if (typeof decoded === 'string') return true;
  return 'value' in decoded && (Array.isArray(decoded.value) || decoded.value === null);
}
