import { readMethod } from '../check/given-target.ts';
import type { HeaderValues, ResponseMessage } from '../check/message.ts';
import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';
import { type ReadContent, readHarContent, readHarPostData } from './har-body.ts';
import { readHarHeaders } from './har-headers.ts';
import { type Captured, EntryError, objectAt, textAt } from './reading.ts';
import { kindOf } from './shape.ts';

/** The names of the files, beside a HAR, that bodies of an entry are in. */
export interface Attachments {
  readonly request: string | undefined;
  readonly response: string | undefined;
}

/** What the files beside a HAR hold. */
export type Attached = Readonly<Record<keyof Attachments, Uint8Array | undefined>>;

/** An entry, and the codings that its bodies may still be in. */
export interface ReadEntry {
  readonly captured: Captured;
  readonly codings: Attachments;
}

/**
 * The URL that an entry asked for.
 *
 * @throws {EntryError} when it has none.
 */
export function urlOfEntry(entry: Json): URL {
  if (!isObject(entry)) throw new EntryError(`it is ${kindOf(entry)}, not an object`);
  const text = textAt(objectAt(entry, 'request', 'request'), 'url', 'request.url');
  const url = URL.parse(text);
  if (url) return url;
  throw new EntryError(`\`request.url\` is ${show(text)}, which is no absolute URL`);
}

/** The files that the bodies of an entry are in, where they are. */
export function attachmentsOf(entry: JsonObject): Attachments | undefined {
  const response = isObject(entry['response']) ? entry['response']['content'] : undefined;
  const request = isObject(entry['request']) ? entry['request']['postData'] : undefined;
  const files = { request: fileOf(request), response: fileOf(response) };
  return files.request === undefined && files.response === undefined ? undefined : files;
}

function fileOf(owner: Json | undefined): string | undefined {
  const file = isObject(owner) ? owner['_file'] : undefined;
  return typeof file === 'string' ? file : undefined;
}

/**
 * Reads an entry of a HAR, 1.1 or 1.2, as the browsers, Playwright and proxies write them.
 *
 * @throws {EntryError} when it is not of the form that it must have.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHarEntry(entry: JsonObject, url: URL, attached?: Attached): ReadEntry {
  const request = objectAt(entry, 'request', 'request');
  const sentHeaders = readHarHeaders(request, 'request');
  const sent = readHarPostData(request, { headers: sentHeaders, attached: attached?.request });
  const asked = {
    method: methodOf(request),
    path: url.pathname,
    query: queryOf(request, url),
    headers: withContentType(
      sentHeaders,
      sent.contentType ?? mimeOf(request, 'postData', sentHeaders),
    ),
    content: sent.content,
  };
  const { response: answer, answered } = readAnswer(entry, attached?.response);
  return {
    captured: {
      url: url.href,
      request: asked,
      response: answer,
      gaps: [sent.gap, answered?.gap].filter((gap) => gap !== undefined),
      isCached: typeof entry['_fromCache'] === 'string',
    },
    codings: { request: sent.coding, response: answered?.coding },
  };
}

interface Answer {
  readonly response: ResponseMessage | undefined;
  readonly answered?: ReadContent;
}

function readAnswer({ response }: JsonObject, attached: Uint8Array | undefined): Answer {
  const status = isObject(response) ? statusOf(response) : 0;
  if (!isObject(response) || status <= 0) return { response: undefined };
  const headers = readHarHeaders(response, 'response');
  const answered = readHarContent(response, status, { headers, attached });
  const typed = withContentType(headers, mimeOf(response, 'content', headers));
  return { response: { status, headers: typed, content: answered.content }, answered };
}

function methodOf(request: JsonObject): string {
  const method = textAt(request, 'method', 'request.method');
  try {
    return readMethod(method);
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    throw new EntryError(`\`request.method\` is ${show(method)}, which is none`);
  }
}

/** A status of 0 or less says that nothing answered. */
function statusOf(response: JsonObject): number {
  const { status } = response;
  if (typeof status === 'number' && Number.isInteger(status) && status <= 999) return status;
  const what = typeof status === 'string' ? `the text ${show(status)}` : kindOf(status);
  const reason =
    typeof status === 'number' ? `is ${status}, which is no status` : `is ${what}, not a number`;
  throw new EntryError(`\`response.status\` ${reason}`);
}

/** Some tools keep the query beside the URL only. */
function queryOf(request: JsonObject, url: URL): string {
  if (url.search !== '' || !isArray(request['queryString'])) return url.search.slice(1);
  const pairs = request['queryString'].filter(isObject);
  return pairs.map(({ name, value }) => `${coded(name)}=${coded(value)}`).join('&');
}

function coded(value: Json | undefined): string {
  return typeof value === 'string' ? encodeURIComponent(value) : '';
}

/** The media type that a HAR says beside the headers, which counts where it has no headers at all. */
function mimeOf(
  message: JsonObject,
  name: 'postData' | 'content',
  headers: HeaderValues,
): string | undefined {
  for (const _ in headers) return undefined;
  const owner = message[name];
  const mimeType = isObject(owner) ? owner['mimeType'] : undefined;
  return typeof mimeType === 'string' && mimeType.includes('/') ? mimeType : undefined;
}

function withContentType(headers: HeaderValues, contentType: string | undefined): HeaderValues {
  if (contentType === undefined) return headers;
  return Object.assign(Object.create(null), headers, { 'content-type': contentType });
}
