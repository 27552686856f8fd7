import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExactMatchError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { isPact, loadPact } from '../file.ts';
import type { Pact } from '../interaction.ts';

/** What is to be verified, as it was given. */
export interface PactSources {
  /** Those of files and folders. */
  readonly local: readonly Pact[];
  readonly urls: readonly URL[];
}

/**
 * Finds pacts by files, folders and URLs. Of a folder, and of those in it, each JSON file counts that
 * is a pact.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE`, `PACT_MALFORMED`.
 */
export async function findPacts(given: readonly string[]): Promise<PactSources> {
  const isUrl = (text: string) => /^https?:\/\//i.test(text);
  const paths = given.filter((text) => !isUrl(text));
  const files = new Set((await Promise.all(paths.map(listFiles))).flat());
  return {
    local: await Promise.all([...files].map(loadPact)),
    urls: given.filter(isUrl).map((text) => new URL(text)),
  };
}

async function listFiles(path: string): Promise<readonly string[]> {
  if (!(await isFolder(path))) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const found = await Promise.all(
    names.map(async (name) => ((await holdsPact(name)) ? [name] : [])),
  );
  return found.flat();
}

/** What is not there is told by whoever reads it. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** A file that is no JSON may have been meant to be a pact: whoever reads it says what is wrong. */
async function holdsPact(path: string): Promise<boolean> {
  try {
    return isPact(JSON.parse(await readFile(path, 'utf8')) as Json);
  } catch {
    return true;
  }
}

/**
 * The provider that is meant: the one that was named, or the only one of all pacts.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when there is no telling.
 */
export function providerNameOf(named: string | undefined, pacts: readonly Pact[]): string {
  if (named !== undefined) return named;
  const names = [...new Set(pacts.map(({ provider }) => provider))];
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only;
  const reason =
    names.length === 0
      ? 'a broker has pacts of many'
      : `the pacts are of several: ${names.map((name) => `"${name}"`).join(', ')}`;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The name of the provider is needed, since ${reason}. Give it, as its pacts have it (--provider-name).`,
  );
}
