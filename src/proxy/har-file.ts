import { type FileHandle, open } from 'node:fs/promises';
import { ExactMatchError } from '../errors.ts';

/** A HAR that is being written. */
export interface HarFile {
  readonly add: (entry: object) => void;
  /**
   * Ends when all is written.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE` when something could not be.
   */
  readonly close: () => Promise<void>;
}

const END = '\n]}}\n';

/**
 * Starts a HAR 1.2 file. After each entry it is whole: nothing is lost when the process is killed.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE` when it cannot be written.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export async function startHarFile(path: string, version: string): Promise<HarFile> {
  const creator = JSON.stringify({ name: 'exactmatch-kit', version });
  const head = `{"log":{"version":"1.2","creator":${creator},"entries":[\n`;
  const file = await attempt(path, () => open(path, 'w'));
  let position = await attempt(path, () => write(file, 0, head));
  let isFirst = true;
  let writing: Promise<unknown> = file.write(END, position);
  return {
    add: (entry) => {
      const text = `${isFirst ? '' : ',\n'}${JSON.stringify(entry)}`;
      isFirst = false;
      writing = writing.then(async () => {
        // The end is written over: a reader finds the file whole at any time but this.
        const next = position + Buffer.byteLength(text);
        await file.write(text + END, position);
        position = next;
      });
      // `close` tells.
      writing.catch(() => {});
    },
    close: async () => {
      await attempt(path, () => writing).finally(() => file.close());
    },
  };
}

async function write(file: FileHandle, position: number, text: string): Promise<number> {
  const { bytesWritten } = await file.write(text, position);
  return position + bytesWritten;
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExactMatchError('FILE_UNREADABLE', `Failed to write "${path}": ${reason}.`, {
      cause,
    });
  }
}
