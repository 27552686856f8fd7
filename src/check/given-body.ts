import { types } from 'node:util';
import type { Json } from '../json.ts';
import type { Content } from './message.ts';
import { describeGiven, hasMethod, unreadable } from './unreadable.ts';

/** A body and the media type that it brings with it. */
export interface GivenBody {
  readonly content: Content;
  readonly contentType?: string;
}

const NONE: Content = { kind: 'none' };

/**
 * Reads a body as people hold it: text, bytes, a form or a blob as it travels, anything else as JSON.
 *
 * Nothing and an empty text are the same on the wire: none.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` for a stream, a Promise, or what JSON cannot say.
 */
export async function readBody(body: unknown): Promise<GivenBody> {
  if (body === undefined) return { content: NONE };
  if (typeof body === 'string') return { content: textContent(body) };
  if (ArrayBuffer.isView(body) || types.isAnyArrayBuffer(body)) {
    return { content: bytesContent(body) };
  }
  if (isSerializable(body)) return serialize(body);
  return { content: { kind: 'value', value: toJson(body) } };
}

/** A text as it travelled. */
export function textContent(text: string): Content {
  return text === '' ? NONE : { kind: 'text', text };
}

/** Bytes as they travelled. */
export function bytesContent(bytes: ArrayBufferView | ArrayBufferLike): Content {
  if (bytes.byteLength === 0) return NONE;
  if (!ArrayBuffer.isView(bytes)) return { kind: 'bytes', bytes: new Uint8Array(bytes) };
  const { buffer, byteOffset, byteLength } = bytes;
  return { kind: 'bytes', bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

const SERIALIZABLE: ReadonlySet<string> = new Set(
  ['Blob', 'File', 'FormData', 'URLSearchParams'].map((name) => `[object ${name}]`),
);

/** By name rather than by class: test runners keep several of the same name. */
function isSerializable(body: unknown): body is Blob | FormData | URLSearchParams {
  return SERIALIZABLE.has(Object.prototype.toString.call(body));
}

async function serialize(body: Blob | FormData | URLSearchParams): Promise<GivenBody> {
  const response = new Response(body);
  const contentType = response.headers.get('content-type');
  const content = bytesContent(await response.arrayBuffer());
  // A form of another library is turned into the text of its name.
  if (contentType?.startsWith('text/plain') && !('type' in body)) throw noBody(body);
  return contentType === null ? { content } : { content, contentType };
}

/**
 * A value as JSON would carry it: the value itself when it is JSON, else what `JSON.stringify` makes.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when JSON cannot say it.
 */
function toJson(value: unknown): Json {
  if (isUnread(value)) throw noBody(value);
  try {
    if (isJsonValue(value)) return value;
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return JSON.parse(text) as Json;
  } catch (cause) {
    throw noBody(value, cause);
  }
  throw noBody(value);
}

function isJsonValue(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isJsonValue);
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of an object of another realm is not ours, but has none of its own either.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && !hasMethod(value, 'toJSON') && Object.values(value).every(isJsonValue);
}

/** `JSON.stringify` would make `{}` of these, and a wrong verdict of that. */
function isUnread(value: unknown): boolean {
  if (Array.isArray(value)) return false;
  const methods = ['then', 'pipe', 'getReader', Symbol.iterator, Symbol.asyncIterator];
  return methods.some((name) => hasMethod(value, name));
}

function noBody(given: unknown, cause?: unknown): Error {
  const reason = cause instanceof Error ? ` (${cause.message.split('\n', 1)[0]})` : '';
  return unreadable(
    'body',
    `got ${describeGiven(given)}${reason}`,
    'Give text, bytes, a Blob, a form, or a value that JSON can say; read a stream first.',
    cause,
  );
}
