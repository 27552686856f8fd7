import { readFile } from 'node:fs/promises';
import { ExactMatchError } from '../errors.ts';
import { networkReason } from '../network-error.ts';
import { malformed, positionAt } from './source.ts';

/** How a file of a document is fetched. */
export interface FetchTextOptions {
  /**
   * Headers for `http(s):` addresses, such as `authorization`. Where the document itself comes from
   * such an address, no other origin is sent them.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds after which an `http(s):` address is given up. Default: 30000. */
  readonly timeout?: number;
  /** What is read in place of the disk for `file:` addresses: a revision of a repository, say. */
  readonly files?: FileReader;
}

/** Reads the files of a document from somewhere else than the disk. */
export interface FileReader {
  /** The bytes of a file. What it throws is the reason in the message; a sentence without a period. */
  readonly read: (url: URL) => Promise<Uint8Array>;
  /** How people name a file. */
  readonly nameOf: (url: URL) => string;
}

/** Whom the headers are meant for. */
export interface FetchOrigin {
  /** The only origin that is sent them; without it, every one is. */
  readonly origin?: string;
}

/** A text and where it was found. */
export interface FetchedText {
  readonly text: string;
  /** The address that it came from: behind all redirects. Relative references start from there. */
  readonly url: URL;
}

/**
 * Reads the text behind a `file:` or `http(s):` URL.
 *
 * @throws {ExactMatchError} `SPEC_NOT_FOUND`, with the reason; `SPEC_MALFORMED` when it is not UTF-8.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-5.1.3
 */
export async function fetchText(
  url: URL,
  name: string,
  { headers, timeout = 30_000, origin = url.origin, files }: FetchTextOptions & FetchOrigin,
): Promise<FetchedText> {
  try {
    if (url.protocol === 'file:') {
      const bytes = files ? await files.read(url) : await readFile(url);
      return { text: decode(bytes, name), url };
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new Error(`an address of the scheme "${url.protocol}" cannot be read`);
    }
    const response = await fetch(url, {
      headers: {
        accept: 'application/json, application/yaml, */*',
        ...(url.origin === origin ? headers : {}),
      },
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) throw new Error(`the answer is ${response.status} ${response.statusText}`);
    return { text: decode(await response.bytes(), name), url: new URL(response.url) };
  } catch (cause) {
    if (cause instanceof ExactMatchError) throw cause;
    throw new ExactMatchError('SPEC_NOT_FOUND', `Failed to read "${name}": ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/** Reads UTF-8, without the mark that it may start with. */
function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    // What stands for the first bytes that are wrong.
    throw malformed(name, positionAt(text, text.indexOf('\uFFFD')), 'it is not UTF-8');
  }
}

function reasonOf(cause: unknown): string {
  // Not `instanceof`: under Jest, errors of the platform are of another realm.
  if (!Error.isError(cause)) return String(cause);
  if ('code' in cause && cause.code === 'ENOENT') return 'there is no such file';
  if ('code' in cause && cause.code === 'EISDIR') return 'it is a folder';
  const isOfFetch = cause.name === 'TimeoutError' || Error.isError(cause.cause);
  return isOfFetch ? `it ${networkReason(cause)}` : cause.message;
}
