import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ExactMatchError } from '../errors.ts';

/** A zip archive that is open. */
export interface Archive extends AsyncDisposable {
  /** Its files, by their paths with slashes, in its order. */
  readonly names: readonly string[];
  /**
   * Unpacks a file, piece by piece.
   *
   * @throws {ExactMatchError} `CAPTURE_UNREADABLE`.
   */
  readonly stream: (name: string) => AsyncIterable<Uint8Array>;
}

/** No archive of more files is read. */
const MOST_FILES = 100_000;
const BROKEN = 'it is a zip archive that cannot be read: ';

/**
 * Opens a zip archive: its table is read, and no file.
 *
 * @throws {ExactMatchError} `CAPTURE_UNREADABLE` when it is none, or broken, or has too many files.
 */
export async function openArchive(path: string): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false };
  const zip = await openPromise(path, options).catch((cause: Error) => {
    throw failure(path, cause, BROKEN);
  });
  const entries = await readEntries(path, zip).catch((cause: Error) => {
    zip.close();
    throw cause instanceof ExactMatchError ? cause : failure(path, cause, BROKEN);
  });
  return {
    names: [...entries.keys()],
    stream: (name) => unpack(path, zip, name, entries.get(name)),
    [Symbol.asyncDispose]: async () => zip.close(),
  };
}

async function readEntries(path: string, zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MOST_FILES) {
    const reason = `its ${zip.entryCount} files are more than ${MOST_FILES}, the most that is read`;
    throw failure(path, new Error(reason));
  }
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
  }
  return entries;
}

async function* unpack(
  path: string,
  zip: ZipFile,
  name: string,
  entry: Entry | undefined,
): AsyncIterable<Uint8Array> {
  if (!entry) throw failure(`${path}/${name}`, new Error('there is no such file'));
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (cause) {
    throw failure(`${path}/${name}`, cause as Error);
  }
}

/** What the library says begins with a capital letter, and ends without a period mostly. */
function failure(name: string, cause: Error, what = ''): ExactMatchError {
  const reason = cause.message.charAt(0).toLowerCase() + cause.message.slice(1).replace(/\.$/, '');
  return new ExactMatchError(
    'CAPTURE_UNREADABLE',
    `Failed to read "${name}": ${what}${reason}. Capture again.`,
    { cause },
  );
}
