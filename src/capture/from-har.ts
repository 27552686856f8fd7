import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requireSpec } from '../check/given-spec.ts';
import type { ExchangeInput } from '../check/judge-exchange.ts';
import type { Content, HeaderValues } from '../check/message.ts';
import { describeGiven, hasMethod } from '../check/unreadable.ts';
import { ExactMatchError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import { attachmentReader } from './attachment.ts';
import { captureError } from './capture-error.ts';
import { ENTRY_BYTES } from './limits.ts';
import type { ItemPiece } from './piece.ts';
import { type CaptureReader, readCaptured } from './read-captured.ts';
import { readPieces } from './read-pieces.ts';
import type { Captured } from './reading.ts';
import { createScope } from './scope.ts';

/** Everything that a HAR is read from: its path or URL, its text, its bytes as they come, or its value. */
export type HarInput = string | URL | AsyncIterable<Uint8Array> | object;

/** Which exchanges of a HAR are wanted. */
export interface FromHarOptions {
  /** A document: only exchanges with its servers are wanted. Default: all. */
  readonly spec?: Spec;
  /** Base URLs of the servers that are wanted, instead of the document's; with `spec` only. */
  readonly servers?: readonly string[];
  /** Larger entries and bodies are not read. Default: 67108864. */
  readonly maxEntryBytes?: number;
  /** Told what is left out, in the plural: `CORS preflight requests`. */
  readonly onSkipped?: (reason: string) => void;
  /** Told of an entry that cannot be read, which is left out then. Default: it is thrown. */
  readonly onUnreadable?: (error: ExactMatchError) => void;
}

/** A message of a capture. */
interface CapturedMessage {
  readonly headers: Readonly<Record<string, string>>;
  /** A text or bytes, decoded; left out where there is none. */
  readonly body?: string | Uint8Array;
  /** Whether there was a body, or may have been one, that the capture does not have. */
  readonly bodyOmitted?: boolean;
}

/** An exchange of a HAR, as `checkExchange` takes it. */
export interface CapturedExchange extends ExchangeInput {
  readonly request: CapturedMessage & { readonly method: string; readonly url: string };
  readonly response: CapturedMessage & { readonly status: number };
  /** Where it stands in the HAR. */
  readonly place: {
    /** From 1. */
    readonly entry: number;
    /** From 1. */
    readonly line: number;
    /** From 1, in UTF-16 code units. */
    readonly column: number;
  };
}

/**
 * Reads the exchanges of a HAR, 1.1 or 1.2, one by one, as they are asked for; a file of any size.
 *
 * WebSockets, CORS preflights and requests that nothing answered are left out.
 *
 * @throws {ExactMatchError} `CAPTURE_UNREADABLE` with line and column, `FILE_UNREADABLE`,
 * `OPTION_INVALID`.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 * @example
 * for await (const exchange of fromHar('session.har', { spec })) {
 *   assert.deepEqual(await checkExchange(spec, exchange), []);
 * }
 */
export async function* fromHar(
  har: HarInput,
  options: FromHarOptions = {},
): AsyncGenerator<CapturedExchange, void, undefined> {
  const { spec, servers, maxEntryBytes = ENTRY_BYTES, onSkipped, onUnreadable } = options;
  if (spec) requireSpec(spec);
  const { stream, name, attached } = openHar(har, maxEntryBytes);
  const scope = spec ? createScope(spec, servers) : undefined;
  const reader: CaptureReader = { maxEntryBytes, isHar: true, scope, attached };
  for await (const pieces of readPieces(stream, { layout: 'har', maxEntryBytes })) {
    for (const piece of pieces) {
      if (piece.kind === 'head') continue;
      const item = piece.kind === 'item' ? await readCaptured(piece, reader) : piece;
      if (item.kind === 'skipped') {
        onSkipped?.(item.reason);
      } else if (item.kind === 'unreadable') {
        const error = captureError(name, { ...item, ...numberOf(piece) });
        // Nothing comes after a file that is none.
        if (!onUnreadable || piece.number === undefined) throw error;
        onUnreadable(error);
      } else if (piece.kind === 'item') {
        yield toExchange(item.captured, piece);
      }
    }
  }
}

function numberOf({ number }: { readonly number?: number }): { readonly number?: number } {
  return number === undefined ? {} : { number };
}

interface OpenHar {
  readonly stream: AsyncIterable<Uint8Array>;
  /** In quotes, where it has one. */
  readonly name: string;
  readonly attached?: CaptureReader['attached'];
}

function openHar(har: HarInput, limit: number): OpenHar {
  if (typeof har === 'string' && /^\ufeff?\s*\{/.test(har)) return openText(har);
  if (typeof har === 'string' || har instanceof URL) {
    const path = pathOf(har);
    return {
      stream: readFile(path),
      name: `"${path}"`,
      attached: attachmentReader(path, readFile, limit),
    };
  }
  if (hasMethod(har, Symbol.asyncIterator)) {
    return { stream: har as AsyncIterable<Uint8Array>, name: 'the HAR' };
  }
  if (typeof har === 'object' && har !== null && 'log' in har) return openText(JSON.stringify(har));
  throw new ExactMatchError(
    'OPTION_INVALID',
    `A HAR must be its path, its text, its bytes or its value, got ${describeGiven(har)}. Give fromHar('session.har').`,
  );
}

function openText(text: string): OpenHar {
  return { stream: once(Buffer.from(text)), name: 'the HAR' };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function pathOf(har: string | URL): string {
  if (typeof har === 'string' && !/^(?:[a-z][a-z\d+.-]+:\/\/|file:)/i.test(har)) return har;
  const url = new URL(har);
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new ExactMatchError(
    'OPTION_INVALID',
    `A HAR is read from a file, not from ${url.href}. Fetch it, and give what comes.`,
  );
}

async function* readFile(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    const advice = 'Give its path, from where you are.';
    throw new ExactMatchError('FILE_UNREADABLE', `Failed to read "${path}": ${reason}. ${advice}`, {
      cause,
    });
  }
}

function toExchange(
  { url, request, response }: Captured,
  { number, at }: ItemPiece,
): CapturedExchange {
  const { method, headers, content } = request;
  return {
    request: { method, url, headers: toRecord(headers), ...toBody(content) },
    response: {
      // Those without an answer have been left out.
      status: response?.status ?? 0,
      headers: toRecord(response?.headers ?? {}),
      ...toBody(response?.content ?? { kind: 'none' }),
    },
    place: { entry: number, ...at },
  };
}

function toRecord(headers: HeaderValues): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) record[name] = value;
  return record;
}

function toBody(content: Content): Pick<CapturedMessage, 'body' | 'bodyOmitted'> {
  if (content.kind === 'text') return { body: content.text };
  if (content.kind === 'bytes') return { body: content.bytes };
  return content.kind === 'unseen' ? { bodyOmitted: true } : {};
}
