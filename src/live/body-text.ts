import type { Content } from '../check/message.ts';
import { writeParameter } from '../check/parameter-text.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isForm, isJson, isMultipart, isText, parseMediaType } from '../spec/media-type.ts';
import { objectChild } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';

/** A body as it travels, and its `Content-Type`. */
export interface WrittenBody {
  readonly contentType: string;
  readonly content: Content;
}

const BOUNDARY = 'exactmatch-part-5f1e';

/**
 * Writes a value as a media type; `undefined` where it has no form there.
 *
 * @param mediaType the media type object, for its `encoding`.
 */
export function writeBody(
  contentType: string,
  value: Json,
  mediaType: Node | undefined,
): WrittenBody | undefined {
  const essence = parseMediaType(contentType)?.essence ?? '';
  if (isJson(essence)) return withText(contentType, JSON.stringify(value));
  if (isForm(essence)) {
    const text = isObject(value) ? formText(value, mediaType) : undefined;
    return text === undefined ? undefined : withText(contentType, text);
  }
  if (isMultipart(essence)) {
    if (!isObject(value)) return undefined;
    const text = multipartText(value);
    return withText(`${essence}; boundary=${BOUNDARY}`, text);
  }
  if (typeof value !== 'string') return undefined;
  if (isText(essence)) return withText(contentType, value);
  return { contentType, content: { kind: 'bytes', bytes: Buffer.from(value, 'latin1') } };
}

/** Tells whether values can be written as a media type. */
export function isWritable(contentType: string): boolean {
  const essence = parseMediaType(contentType)?.essence;
  return essence !== undefined && !essence.includes('*') && !/[+/]xml$/.test(essence);
}

function withText(contentType: string, text: string): WrittenBody {
  return { contentType, content: { kind: 'text', text } };
}

function formText(value: JsonObject, mediaType: Node | undefined): string | undefined {
  const encoding = mediaType && objectChild(mediaType, 'encoding');
  const pairs: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const own = encoding && objectChild(encoding, name);
    // An object without a style of its own travels as JSON.
    const isJsonText = isObject(member) && own?.value['style'] === undefined;
    const node = own ?? EMPTY;
    const parameter = { name, in: 'query', required: false, node } as const;
    const text = writeParameter(parameter, isJsonText ? JSON.stringify(member) : member);
    if (text === undefined) return undefined;
    if (text !== '') pairs.push(text);
  }
  return pairs.join('&');
}

const EMPTY: Node<JsonObject> = {
  source: { uri: '', file: '', root: {}, syntax: 'json', text: () => '{}' },
  pointer: '',
  value: {},
};

function multipartText(value: JsonObject): string {
  const parts = Object.entries(value).flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member]).map((item: Json) => partText(name, item)),
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

/** @see https://www.rfc-editor.org/rfc/rfc7578#section-4 */
function partText(name: string, item: Json): string {
  const isStructured = typeof item === 'object' && item !== null;
  const type = isStructured ? 'content-type: application/json\r\n' : '';
  const text = isStructured ? JSON.stringify(item) : String(item);
  const quoted = name.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ');
  return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${quoted}"\r\n${type}\r\n${text}\r\n`;
}
