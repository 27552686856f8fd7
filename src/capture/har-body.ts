import { bytesContent, textContent } from '../check/given-body.ts';
import type { Content, HeaderValues } from '../check/message.ts';
import { isObject, type JsonObject } from '../json.ts';
import { writeParams } from './har-params.ts';
import { countAt, EntryError, listAt, optionalText } from './reading.ts';
import { kindOf } from './shape.ts';

/** A body, and why it cannot be shown where it cannot. */
export interface ReadContent {
  readonly content: Content;
  /** In the plural, as it is counted. */
  readonly gap?: string;
  /** Where the body brings another one along than the headers say. */
  readonly contentType?: string;
  /** The `Content-Encoding` that its bytes may still be in. */
  readonly coding?: string;
}

/** What a body is read with. */
export interface BodyReading {
  readonly headers: HeaderValues;
  /** The file that stands for the body, read. */
  readonly attached: Uint8Array | undefined;
}

const NONE: ReadContent = { content: { kind: 'none' } };

/** The body of a response: what `content` says of it. */
export function readHarContent(
  response: JsonObject,
  status: number,
  reading: BodyReading,
): ReadContent {
  // What a browser shows there is what it had kept before (RFC 9110, 15.4.5).
  if (status === 304 || status < 200) return NONE;
  const content = response['content'];
  if (content === undefined || content === null) return status === 204 ? NONE : unseen('response');
  if (!isObject(content)) {
    throw new EntryError(`\`response.content\` is ${kindOf(content)}, not an object`);
  }
  const found = readStored(content, 'response.content', reading);
  if (found) return found;
  if (content['text'] === '' && countAt(content, 'size') === undefined) return NONE;
  const size = countAt(content, 'size') ?? sizeOf(response, reading.headers);
  const isNone = status === 204 || (size === 0 && !isDeclared(reading.headers));
  return isNone ? NONE : unseen('response');
}

/** The body of a request: what `postData` says of it. */
export function readHarPostData(request: JsonObject, reading: BodyReading): ReadContent {
  const { postData } = request;
  if (postData !== undefined && postData !== null && !isObject(postData)) {
    throw new EntryError(`\`request.postData\` is ${kindOf(postData)}, not an object`);
  }
  const found = postData ? readPostData(postData, reading) : undefined;
  if (found) return found;
  const { headers } = reading;
  const isMissing =
    isDeclared(headers) ||
    headers['transfer-encoding'] !== undefined ||
    (countAt(request, 'bodySize') ?? 0) > 0;
  return isMissing ? unseen('request') : NONE;
}

function readPostData(postData: JsonObject, reading: BodyReading): ReadContent | undefined {
  const found = readStored(postData, 'request.postData', reading);
  if (found) return found;
  const params = listAt(postData, 'params', 'request.postData.params');
  if (params.length === 0) return undefined;
  const mimeType = optionalText(postData, 'mimeType', 'request.postData.mimeType') ?? '';
  const written = writeParams(params, reading.headers['content-type'] ?? mimeType);
  if (!written) return unseen('request');
  const { text, contentType } = written;
  return { content: textContent(text), ...(contentType === undefined ? {} : { contentType }) };
}

/** The body that is in the capture, or in a file beside it; `undefined` where there is none. */
function readStored(
  owner: JsonObject,
  path: string,
  reading: BodyReading,
): ReadContent | undefined {
  const side = path.startsWith('request') ? 'request' : 'response';
  const { headers, attached } = reading;
  const coding = headers['content-encoding'];
  if (typeof owner['_file'] === 'string') {
    return attached ? bytesIn(attached, coding) : unseen(side);
  }
  const text = optionalText(owner, 'text', `${path}.text`);
  if (text === undefined || text === '') return undefined;
  const encoding = optionalText(owner, 'encoding', `${path}.encoding`);
  if (encoding === undefined || encoding === '') return readText(text, coding, side);
  if (encoding.toLowerCase() !== 'base64') {
    return { content: { kind: 'unseen' }, gap: `${side} bodies of the encoding "${encoding}"` };
  }
  if (!BASE64.test(text)) throw new EntryError(`\`${path}.text\` is no base64`);
  return bytesIn(Buffer.from(text, 'base64'), coding);
}

const BASE64 = /^[\w+/\s-]*={0,2}\s*$/;

/** A text has been decoded by who wrote it, but for those that wrote a character for each byte. */
function readText(
  text: string,
  coding: string | undefined,
  side: 'request' | 'response',
): ReadContent {
  const isDecoded = coding === undefined || !STILL_CODED.test(text);
  if (isDecoded) return { content: textContent(text) };
  const isBytes = /^[\0-\xff]*$/.test(text);
  if (isBytes) return bytesIn(Buffer.from(text, 'latin1'), coding);
  return { content: { kind: 'unseen' }, gap: `${side} bodies kept as a text while compressed` };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: gzip and zstd begin with them.
const STILL_CODED = /^(?:\x1f[\x8b\ufffd]|\x28[\xb5\ufffd]\x2f[\xfd\ufffd])/;

/** Browsers keep the header when they write the body that they have decoded: it may be either. */
function bytesIn(bytes: Uint8Array, coding: string | undefined): ReadContent {
  const content = bytesContent(bytes);
  return coding === undefined ? { content } : { content, coding };
}

function unseen(side: 'request' | 'response'): ReadContent {
  return { content: { kind: 'unseen' }, gap: `${side} bodies that the capture leaves out` };
}

function sizeOf(message: JsonObject, headers: HeaderValues): number | undefined {
  const length = headers['content-length'];
  return countAt(message, 'bodySize') ?? (length === undefined ? undefined : Number(length));
}

/** Whether the headers say that there is a body. */
function isDeclared(headers: HeaderValues): boolean {
  return Number(headers['content-length'] ?? 0) > 0;
}
