import { isAscii } from 'node:buffer';
import type { Json } from '../json.ts';
import { layoutsOf, typedValue } from '../schema/coerce.ts';
import { partsOf } from '../schema/members.ts';
import type { Direction } from '../schema/violation.ts';
import {
  charsetOf,
  isForm,
  isJson,
  isMultipart,
  isText,
  type MediaType,
  parseMediaType,
} from '../spec/media-type.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { MediaTypeEntry } from './body-media-type.ts';
import { decodeForm } from './form.ts';
import type { Loss } from './given-value.ts';
import { readJson } from './json-text.ts';
import type { Content, UnreadContent } from './message.ts';
import { decodeMultipart } from './multipart.ts';
import { nameOfPart } from './value-name.ts';

/** What a body was read as. */
export type DecodedContent =
  | { readonly kind: 'value'; readonly value: Json }
  /** Of a kind that no schema can judge. */
  | { readonly kind: 'opaque' }
  /** No text of its media type; `reason` is the rest of a sentence, `at` the part that is none. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly at?: string }
  /** Written in characters that the media type does not have, or that nobody knows. */
  | { readonly kind: 'charset'; readonly reason: string };

const OPAQUE: DecodedContent = { kind: 'opaque' };

/**
 * Reads a body by its media type, for its schema: JSON, a form, multipart, text, bytes.
 *
 * Bytes become a string of one character a byte, as `format: binary` has it. A media type that is
 * written in characters and whose schema asks for more than a text (XML, YAML) is left unread.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#media-type-object
 */
export function decodeContent(
  spec: Spec,
  entry: MediaTypeEntry,
  contentType: string | undefined,
  content: Content,
  direction: Direction,
): DecodedContent {
  if (content.kind === 'value') {
    return content.loss ? lost(content.loss) : { kind: 'value', value: content.value };
  }
  const mediaType = parseMediaType(contentType ?? entry.key);
  if (content.kind === 'none' || content.kind === 'unseen' || !mediaType) return OPAQUE;
  const { essence } = mediaType;
  const { schema } = entry;
  if (schema && isBinary(spec, entry, schema)) return { kind: 'value', value: toBinary(content) };
  if (isMultipart(essence)) return decodeMultipart(spec, entry, mediaType, content, direction);
  if (!isJson(essence) && !isForm(essence) && !isText(essence)) return decodeBytes(schema, content);
  const text = toText(mediaType, content);
  if (typeof text !== 'string') return text;
  if (isJson(essence)) return readJson(text);
  if (isForm(essence)) return decodeForm(spec, entry, text, direction);
  if (!schema) return { kind: 'value', value: text };
  return layoutsOf(spec, schema).has('primitive')
    ? { kind: 'value', value: typedValue(spec, schema, text, direction) }
    : OPAQUE;
}

function lost({ at, what }: Loss): DecodedContent {
  const name = at === '' ? 'it' : `\`${nameOfPart('', at)}\``;
  return { kind: 'malformed', reason: `${name} is ${what}, and JSON has no such value`, at };
}

const binaries = new WeakMap<MediaTypeEntry, boolean>();

/** Tells whether the schema of a media type is that of bytes: OpenAPI 3.0's `format: binary`. */
function isBinary(spec: Spec, entry: MediaTypeEntry, schema: Node): boolean {
  let known = binaries.get(entry);
  if (known === undefined) {
    known = partsOf(spec, schema).some((part) => child(part, 'format')?.value === 'binary');
    binaries.set(entry, known);
  }
  return known;
}

function decodeBytes(schema: Node | undefined, content: UnreadContent): DecodedContent {
  return schema && child(schema, 'type')?.value === 'string'
    ? { kind: 'value', value: toBinary(content) }
    : OPAQUE;
}

/** One character a byte. */
function toBinary(content: UnreadContent): string {
  if (content.kind === 'text') return content.text;
  const { buffer, byteOffset, byteLength } = content.bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

function toText(mediaType: MediaType, content: UnreadContent): string | DecodedContent {
  if (content.kind === 'text') return content.text;
  const charset = charsetOf(mediaType) ?? 'utf-8';
  const { essence } = mediaType;
  if (isJson(essence) && !JSON_CHARSETS.has(charset)) {
    return { kind: 'charset', reason: `${essence} is UTF-8 (RFC 8259), not ${charset}` };
  }
  // Most of what travels is ASCII, which every charset that JSON may have reads alike.
  if (isAscii(content.bytes) && JSON_CHARSETS.has(charset)) return toBinary(content);
  try {
    const decoder = charset === 'utf-8' ? UTF8 : new TextDecoder(charset, { fatal: true });
    return decoder.decode(content.bytes);
  } catch (cause) {
    // Not `instanceof`: under Jest, errors of the platform are of another realm.
    return Error.isError(cause) && cause.name === 'RangeError'
      ? { kind: 'charset', reason: `no charset is called ${charset}` }
      : { kind: 'malformed', reason: `its bytes are not ${charset}` };
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const JSON_CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);
