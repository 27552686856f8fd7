import { MIMEType } from 'node:util';
import type { JsonObject } from '../json.ts';
import { objectChild } from './node.ts';
import { append } from './pointer.ts';
import type { Node } from './source.ts';

/** A media type that has been read; all of it in lower case but the values of parameters. */
export interface MediaType {
  /** Type and subtype without parameters: `application/json`. */
  readonly essence: string;
  readonly type: string;
  readonly subtype: string;
  /** By name; of two parameters of one name the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const REMEMBERED = 500;
const known = new Map<string, MediaType | undefined>();

/**
 * Reads a media type or a range of them (`text/*`); `undefined` when the text is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
export function parseMediaType(text: string): MediaType | undefined {
  const remembered = known.get(text);
  if (remembered !== undefined || known.has(text)) return remembered;
  const read = readMediaType(text);
  // Every multipart message has a boundary of its own: what is remembered must have an end.
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, read);
  return read;
}

function readMediaType(text: string): MediaType | undefined {
  try {
    const { essence, type, subtype, params } = new MIMEType(text);
    return { essence, type, subtype, parameters: new Map(params) };
  } catch {
    return undefined;
  }
}

/** An entry of a `content` map, chosen by a message. */
export interface SelectedMediaType {
  /** As the document writes it. */
  readonly key: string;
  /** The media type object. */
  readonly node: Node<JsonObject>;
}

/**
 * The entry of a `content` map that a `Content-Type` falls under: the most exact one, or `undefined`.
 *
 * Parameters count only where the document writes them, and there all of them must agree; a charset
 * that a message leaves out is UTF-8. Without a `Content-Type` only the range of everything fits.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#media-type-object
 */
export function selectMediaType(
  content: Node<JsonObject>,
  contentType: string | undefined,
): SelectedMediaType | undefined {
  const message = contentType === undefined ? NOTHING_SAID : parseMediaType(contentType);
  const found = message && rangesOf(content).find(({ range }) => covers(range, message));
  return found && { key: found.key, node: mediaTypeAt(content, found.key) };
}

/** An entry that is written without anything (`application/json:` in YAML) demands nothing. */
function mediaTypeAt(content: Node<JsonObject>, key: string): Node<JsonObject> {
  const { source, pointer } = content;
  return objectChild(content, key) ?? { source, pointer: append(pointer, key), value: {} };
}

const NOTHING_SAID: MediaType = { essence: '', type: '', subtype: '', parameters: new Map() };

interface Range {
  readonly key: string;
  readonly range: MediaType;
}

const rangesByContent = new WeakMap<JsonObject, readonly Range[]>();

/** The keys that are media types, the most exact first. */
function rangesOf(content: Node<JsonObject>): readonly Range[] {
  let ranges = rangesByContent.get(content.value);
  if (!ranges) {
    ranges = Object.keys(content.value)
      .flatMap((key) => {
        const range = parseMediaType(key);
        return range ? [{ key, range }] : [];
      })
      .sort((one, other) => exactness(other.range) - exactness(one.range));
    rangesByContent.set(content.value, ranges);
  }
  return ranges;
}

function exactness({ type, subtype, parameters }: MediaType): number {
  const width = type === '*' ? 0 : subtype === '*' ? 1 : subtype.startsWith('*+') ? 2 : 3;
  return width * 1000 + parameters.size;
}

function covers(range: MediaType, { type, subtype, parameters }: MediaType): boolean {
  if (range.type !== '*' && range.type !== type) return false;
  if (range.subtype !== '*' && range.subtype !== subtype) {
    const suffix = range.subtype.startsWith('*+') ? range.subtype.slice(1) : undefined;
    if (suffix === undefined || !subtype.endsWith(suffix)) return false;
  }
  for (const [name, value] of range.parameters) {
    const said = parameters.get(name) ?? (name === 'charset' ? 'utf-8' : undefined);
    if (said?.toLowerCase() !== value.toLowerCase()) return false;
  }
  return true;
}

/** Tells whether a media type holds JSON: `application/json`, `text/json`, or any `+json`. */
export function isJson(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/** Tells whether a media type is that of an HTML form: names and values, percent-encoded. */
export function isForm(essence: string): boolean {
  return essence === 'application/x-www-form-urlencoded';
}

/** Tells whether a media type consists of parts: `multipart/form-data`, `multipart/mixed`, … */
export function isMultipart(essence: string): boolean {
  return essence.startsWith('multipart/');
}

/** Tells whether a media type is written in characters and is neither JSON nor a form. */
export function isText(essence: string): boolean {
  if (isJson(essence) || isForm(essence)) return false;
  return essence.startsWith('text/') || TEXT.has(essence) || /\+(?:xml|yaml)$/.test(essence);
}

const TEXT: ReadonlySet<string> = new Set(
  ['xml', 'yaml', 'javascript', 'ecmascript', 'graphql', 'sql', 'x-ndjson', 'jsonl', 'toml'].map(
    (name) => `application/${name}`,
  ),
);

/** The charset that a media type names, in lower case; `undefined` when it names none. */
export function charsetOf({ parameters }: MediaType): string | undefined {
  return parameters.get('charset')?.toLowerCase();
}
