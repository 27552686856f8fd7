import { readFile } from 'node:fs/promises';
import { ExactMatchError } from '../errors.ts';

/** How a file of a document is fetched. */
export interface FetchTextOptions {
  /** Headers for `http(s):` addresses, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds after which an `http(s):` address is given up. Default: 30000. */
  readonly timeout?: number;
}

/**
 * Reads the text behind a `file:` or `http(s):` URL.
 *
 * @throws {ExactMatchError} `SPEC_NOT_FOUND`, with the reason.
 */
export async function fetchText(
  url: URL,
  name: string,
  options: FetchTextOptions,
): Promise<string> {
  try {
    if (url.protocol === 'file:') return (await readFile(url, 'utf8')).replace(/^\uFEFF/, '');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new Error(`an address of the scheme "${url.protocol}" cannot be read`);
    }
    const response = await fetch(url, {
      headers: { accept: 'application/json, application/yaml, */*', ...options.headers },
      signal: AbortSignal.timeout(options.timeout ?? 30_000),
    });
    if (!response.ok) throw new Error(`the answer is ${response.status} ${response.statusText}`);
    return await response.text();
  } catch (cause) {
    throw new ExactMatchError('SPEC_NOT_FOUND', `Failed to read "${name}": ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

function reasonOf(cause: unknown): string {
  // Not `instanceof`: under Jest, errors of the platform are of another realm.
  if (!Error.isError(cause)) return String(cause);
  if ('code' in cause && cause.code === 'ENOENT') return 'there is no such file';
  if ('code' in cause && cause.code === 'EISDIR') return 'it is a folder';
  if (cause.name === 'TimeoutError') return 'no answer in time';
  return Error.isError(cause.cause) ? cause.cause.message : cause.message;
}
