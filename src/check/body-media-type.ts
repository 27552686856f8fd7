import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json.ts';
import type { Direction } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import { isJson, parseMediaType, selectMediaType } from '../spec/media-type.ts';
import { child, objectChild } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { DecodedContent } from './body.ts';
import type { Content } from './message.ts';

/** An entry of a `content` map: its key and its media type object. */
export interface MediaTypeEntry {
  readonly key: string;
  readonly node: Node<JsonObject>;
}

/** How many different `Content-Type` texts are remembered for one `content` map. */
const REMEMBERED = 100;
const remembered = new WeakMap<object, Map<string, MediaTypeEntry | undefined>>();
/** What is chosen for a value that comes without `Content-Type`, by `content` map. */
const assumed = new WeakMap<object, MediaTypeEntry | undefined>();

/**
 * The entry of a request body's or response's `content` that a `Content-Type` chooses.
 *
 * A value that somebody has read already and that comes without `Content-Type` is taken for JSON. An
 * empty `Content-Type` is one that says nothing, and chooses nothing.
 */
export function mediaTypeFor(
  owner: Node<JsonObject>,
  contentType: string | undefined,
  content: Content,
): MediaTypeEntry | undefined {
  const map = objectChild(owner, 'content');
  if (!map) return undefined;
  if (contentType === undefined) {
    return content.kind === 'value' ? assumedJson(map) : selectMediaType(map, undefined);
  }
  let known = remembered.get(map.value);
  if (!known) {
    known = new Map();
    remembered.set(map.value, known);
  }
  if (!known.has(contentType)) {
    if (known.size >= REMEMBERED) known.clear();
    known.set(contentType, selectMediaType(map, contentType));
  }
  return known.get(contentType);
}

function assumedJson(map: Node<JsonObject>): MediaTypeEntry | undefined {
  if (!assumed.has(map.value)) {
    assumed.set(map.value, selectMediaType(map, 'application/json') ?? onlyJson(map));
  }
  return assumed.get(map.value);
}

/** The finding for a `Content-Type` that chooses nothing. */
export function mediaTypeFinding(
  direction: Direction,
  owner: Node<JsonObject>,
  contentType: string | undefined,
): Finding {
  const map = child(owner, 'content') ?? owner;
  const declared = Object.keys(objectChild(owner, 'content')?.value ?? {});
  const found =
    contentType === undefined
      ? 'there is no Content-Type'
      : contentType === ''
        ? 'the Content-Type is empty'
        : `got ${contentType}`;
  return {
    code: `${direction}.body.mediaType`,
    severity: 'error',
    message: `The ${direction} body must be ${declared.join(' or ') || 'of no media type'}: ${found}.`,
    at: 'content-type',
    spec: locate(map),
    expected: declared,
    ...(contentType === undefined ? {} : { actual: contentType }),
  };
}

/** The finding for a body that is not of the media type that it says. */
export function unreadableBody(
  direction: Direction,
  { key, node }: MediaTypeEntry,
  decoded: Extract<DecodedContent, { readonly kind: 'malformed' | 'charset' }>,
): Finding {
  const { kind, reason } = decoded;
  return {
    code: kind === 'charset' ? `${direction}.body.mediaType` : `${direction}.body.malformed`,
    severity: 'error',
    message: `The ${direction} body cannot be read as ${key}: ${reason}.`,
    at: decoded.kind === 'charset' ? 'content-type' : (decoded.at ?? ''),
    spec: locate(node),
  };
}

/** The one entry that holds JSON under another name, such as `application/problem+json`. */
function onlyJson(map: Node<JsonObject>): MediaTypeEntry | undefined {
  const keys = Object.keys(map.value).filter((key) => isJson(parseMediaType(key)?.essence ?? ''));
  const [key] = keys;
  const node = key === undefined || keys.length > 1 ? undefined : objectChild(map, key);
  return key !== undefined && node ? { key, node } : undefined;
}
