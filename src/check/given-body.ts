import { types } from 'node:util';
import { readValue } from './given-value.ts';
import type { Content } from './message.ts';
import { describeGiven, unreadable } from './unreadable.ts';

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
  return { content: valueContent(body) };
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
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE` when `JSON.stringify` fails, so that nothing travels.
 */
function valueContent(body: unknown): Content {
  const given = readValue(body);
  if (given.kind !== 'value') throw noBody(body, given.cause);
  const { value, loss } = given;
  return { kind: 'value', value, ...(loss ? { loss } : {}) };
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
