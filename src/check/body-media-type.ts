import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json.ts';
import type { Direction } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import {
  isJson,
  parseMediaType,
  type SelectedMediaType,
  selectMediaType,
} from '../spec/media-type.ts';
import { child, objectChild } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { DecodedContent } from './body.ts';
import type { Content } from './message.ts';

/** An entry of a `content` map: its key and its media type object. */
export interface MediaTypeEntry {
  readonly key: string;
  readonly node: Node<JsonObject>;
  /** Its schema; `undefined` when everything is taken. */
  readonly schema: Node | undefined;
}

/** How many different `Content-Type` texts are remembered for one `content` map. */
const REMEMBERED = 100;
const remembered = new WeakMap<Node, Map<string, MediaTypeEntry | undefined>>();

/**
 * The entry of a request body's or response's `content` that a `Content-Type` chooses.
 *
 * A value that somebody has read already and that comes without `Content-Type` is taken for JSON.
 */
export function mediaTypeFor(
  owner: Node<JsonObject>,
  contentType: string | undefined,
  content: Content,
): MediaTypeEntry | undefined {
  const isRead = content.kind === 'value';
  // No media type begins with a space.
  const text = contentType ?? (isRead ? ' value' : ' text');
  let known = remembered.get(owner);
  if (!known) {
    known = new Map();
    remembered.set(owner, known);
  }
  let found = known.get(text);
  if (found === undefined && !known.has(text)) {
    found = select(owner, contentType, isRead);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, found);
  }
  return found;
}

function select(
  owner: Node<JsonObject>,
  contentType: string | undefined,
  isRead: boolean,
): MediaTypeEntry | undefined {
  const map = objectChild(owner, 'content');
  if (!map) return undefined;
  if (contentType === undefined && !isRead) return toEntry(selectMediaType(map, undefined));
  const found = selectMediaType(map, contentType ?? 'application/json');
  // A value that somebody has read already, where JSON has another name.
  return found ? toEntry(found) : contentType === undefined ? onlyJson(map) : undefined;
}

function toEntry(found: SelectedMediaType): MediaTypeEntry;
function toEntry(found: SelectedMediaType | undefined): MediaTypeEntry | undefined;
function toEntry(found: SelectedMediaType | undefined): MediaTypeEntry | undefined {
  return found && { ...found, schema: child(found.node, 'schema') };
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
  return key !== undefined && node ? toEntry({ key, node }) : undefined;
}
