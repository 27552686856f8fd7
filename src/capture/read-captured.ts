import { findJsonProblem } from '../check/json-text.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../json.ts';
import type { Position } from '../spec/source.ts';
import { positionIn } from './cursor.ts';
import { isHarEntry, readExchange } from './exchange-line.ts';
import {
  type Attached,
  type Attachments,
  attachmentsOf,
  readHarEntry,
  urlOfEntry,
} from './har-entry.ts';
import type { ItemPiece } from './piece.ts';
import { type Captured, EntryError } from './reading.ts';
import type { Scope } from './scope.ts';
import { uncoded } from './uncode.ts';

/** What an entry of a capture is. */
export type CaptureItem =
  | { readonly kind: 'exchange'; readonly captured: Captured }
  /** Nothing to be judged; `reason` is in the plural, as it is counted. */
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly at: Position };

/** How entries are read. */
export interface CaptureReader {
  /** Bodies and entries of more bytes are not read. */
  readonly maxEntryBytes: number;
  /** Whether the file is a HAR. */
  readonly isHar: boolean;
  /** Tells which exchanges are wanted; default: all. */
  readonly scope?: Scope | undefined;
  /** Reads a file beside the HAR; `undefined` where it cannot be had. */
  readonly attached?: ((file: string) => Promise<Uint8Array | undefined>) | undefined;
}

/** Reads an entry of a capture. Only what has to wait for a file makes its caller wait. */
export function readCaptured(
  { text, at }: ItemPiece,
  reader: CaptureReader,
): CaptureItem | Promise<CaptureItem> {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    const { what, offset } = findJsonProblem(text);
    return { kind: 'unreadable', reason: what, at: positionIn(text, offset, at) };
  }
  const failed = (cause: unknown): CaptureItem => {
    if (!(cause instanceof EntryError)) throw cause;
    return { kind: 'unreadable', reason: cause.message, at };
  };
  try {
    const item =
      reader.isHar || isEntry(value) ? readEntry(value, reader) : readLine(value, reader);
    return item instanceof Promise ? item.catch(failed) : item;
  } catch (cause) {
    return failed(cause);
  }
}

function isEntry(value: Json): boolean {
  return isObject(value) && isHarEntry(value);
}

function skipped(reason: string): CaptureItem {
  return { kind: 'skipped', reason };
}

function readEntry(value: Json, reader: CaptureReader): CaptureItem | Promise<CaptureItem> {
  const url = urlOfEntry(value);
  // `urlOfEntry` has seen that it is one.
  const entry = value as JsonObject;
  const unfit = whyUnfit(entry, url);
  if (unfit !== undefined) return skipped(unfit);
  const method = methodOf(entry);
  if (isPreflight(entry, method) && reader.scope?.isDeclared(method, url.pathname) !== true) {
    return skipped('CORS preflight requests');
  }
  const belonging = reader.scope?.find(url, method);
  if (belonging?.kind === 'outside') return skipped(OUTSIDE + belonging.reason);
  const path = belonging?.path ?? url.pathname;
  const files = attachmentsOf(entry);
  if (!files) return toItem(entry, url, path, reader);
  return attach(files, reader).then((attached) => toItem(entry, url, path, reader, attached));
}

async function attach(files: Attachments, { attached }: CaptureReader): Promise<Attached> {
  const load = (file: string | undefined) => (file === undefined ? undefined : attached?.(file));
  return { request: await load(files.request), response: await load(files.response) };
}

function toItem(
  entry: JsonObject,
  url: URL,
  path: string,
  reader: CaptureReader,
  attached?: Attached,
): CaptureItem | Promise<CaptureItem> {
  const { captured: read, codings } = readHarEntry(entry, url, attached);
  if (!read.response) return skipped(`requests without a response${failureOf(entry)}`);
  if (read.response.status === 101) return skipped('WebSocket connections');
  const isMoved = path !== read.request.path;
  const captured = isMoved ? { ...read, request: { ...read.request, path } } : read;
  if (codings.request === undefined && codings.response === undefined) {
    return { kind: 'exchange', captured };
  }
  return uncoded(captured, codings, reader.maxEntryBytes).then((decoded) => ({
    kind: 'exchange',
    captured: decoded,
  }));
}

/** What no document describes. */
function whyUnfit(entry: JsonObject, { protocol }: URL): string | undefined {
  const isSocket =
    protocol === 'ws:' || protocol === 'wss:' || entry['_resourceType'] === 'websocket';
  if (isSocket) return 'WebSocket connections';
  return protocol === 'http:' || protocol === 'https:' ? undefined : `${protocol} URLs`;
}

function methodOf({ request }: JsonObject): string {
  const method = isObject(request) ? request['method'] : undefined;
  return typeof method === 'string' ? method.toUpperCase() : '';
}

function isPreflight(entry: JsonObject, method: string): boolean {
  if (method !== 'OPTIONS') return false;
  if (entry['_resourceType'] === 'preflight') return true;
  const headers = isObject(entry['request']) ? entry['request']['headers'] : undefined;
  const isAsking = (header: Json) =>
    isObject(header) && /^access-control-request-method$/i.test(ownString(header, 'name') ?? '');
  return isArray(headers) && headers.some(isAsking);
}

/** Why nothing answered, in the words of the browser. */
function failureOf(entry: JsonObject): string {
  const response = isObject(entry['response']) ? entry['response'] : {};
  const reason = ownString(response, '_error') ?? ownString(response, '_failureText');
  return reason ? `: ${reason.slice(0, 80)}` : '';
}

async function readLine(value: Json, { scope }: CaptureReader): Promise<CaptureItem> {
  const captured = await readExchange(value);
  const { request, url: text } = captured;
  const url = text.startsWith('/') ? undefined : URL.parse(text);
  const belonging = url ? scope?.find(url, request.method) : undefined;
  if (belonging?.kind === 'outside') return skipped(OUTSIDE + belonging.reason);
  const path = belonging?.path ?? request.path;
  return { kind: 'exchange', captured: { ...captured, request: { ...request, path } } };
}

/** Begins the reason why what is of another server is left out; where it went follows. */
export const OUTSIDE = "not of the document's servers: ";
