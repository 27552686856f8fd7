import { isObject, type Json, own, ownString } from '../json.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { append } from '../spec/pointer.ts';
import type { PactBody, PactVersion } from './interaction.ts';
import { type Place, wrongShape } from './malformed.ts';

const ABSENT: PactBody = { kind: 'absent' };
/** What V4 writes of a body; an object of nothing else has no content. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['contentType', 'contentTypeHint', 'encoded']);

/**
 * Reads a body: from V4 on `{ content, contentType, encoded }`, before the content itself.
 *
 * @param header the `Content-Type` of the part, where it has one.
 * @throws {ExactMatchError} `PACT_MALFORMED`.
 */
export function readBody(place: Place, version: PactVersion, header: string | undefined): PactBody {
  const { value, file, pointer } = place;
  if (value === undefined) return ABSENT;
  if (version !== '4' || !isObject(value)) return readContent(place, header, false);
  const content = own(value, 'content');
  if (content === undefined) {
    if (Object.keys(value).every((name) => ATTRIBUTES.has(name))) return ABSENT;
    // A body of V3 in a file that says V4: Pact takes it as it stands.
    return readContent(place, header, false);
  }
  const contentType = header ?? ownString(value, 'contentType');
  const inner = { file, pointer: append(pointer, 'content'), value: content };
  const { encoded } = value;
  const encoding = typeof encoded === 'string' ? encoded.toLowerCase() : String(encoded ?? false);
  if (encoding === 'false' || encoding === '') return readContent(inner, contentType, true);
  if (typeof content !== 'string') throw wrongShape(inner, 'a text, for it is encoded');
  // The names of encodings are open; Pact takes what it does not know as it stands.
  if (encoding === 'base64') {
    return { ...bytesOf(content), pointer: inner.pointer, contentType };
  }
  return encoding === 'json'
    ? readContent(inner, contentType, false)
    : { kind: 'text', text: content, pointer: inner.pointer, contentType };
}

/**
 * @param isValue whether a text that is JSON is a JSON string, as in V4, rather than JSON written as
 *   a text.
 */
function readContent(
  { pointer, value }: Place,
  contentType: string | undefined,
  isValue: boolean,
): PactBody {
  if (value === undefined) return ABSENT;
  const place = { pointer, contentType };
  const essence = contentType === undefined ? undefined : parseMediaType(contentType)?.essence;
  const isNotJson = essence !== undefined && !isJson(essence);
  if (value === null) {
    return isNotJson ? { kind: 'empty', pointer } : { kind: 'json', value, ...place };
  }
  if (typeof value !== 'string') return { kind: 'json', value, ...place };
  if (value === '') return { kind: 'empty', pointer };
  if (essence === undefined || isNotJson) return { kind: 'text', text: value, ...place };
  return { kind: 'json', value: isValue ? value : parsed(value), ...place };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Not JSON itself, so the text of a JSON string.
    return text;
  }
}

function bytesOf(content: string): { readonly kind: 'bytes'; readonly bytes: Uint8Array } {
  return { kind: 'bytes', bytes: new Uint8Array(Buffer.from(content, 'base64')) };
}
