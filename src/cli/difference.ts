import { createTwoFilesPatch } from 'diff';
import { ExactMatchError } from '../errors.ts';

/** Reads a text file. */
type Read = (path: string) => Promise<string>;

/**
 * How a file differs from what it should hold, as a unified diff; `undefined` when it does not. A
 * file that is not there is empty.
 */
export async function differenceOf(
  path: string,
  wanted: string,
  read: Read,
): Promise<string | undefined> {
  const found = await readOrEmpty(path, read);
  if (found === wanted) return undefined;
  return createTwoFilesPatch(path, path, found, wanted, 'as it is', 'as it should be', {
    context: 3,
  });
}

async function readOrEmpty(path: string, read: Read): Promise<string> {
  try {
    return await read(path);
  } catch (cause) {
    const { code } = (cause instanceof ExactMatchError ? cause.cause : cause) as { code?: unknown };
    if (code === 'ENOENT') return '';
    throw cause;
  }
}
