import { type FSWatcher, watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExactMatchError } from '../errors.ts';

/** Watches the folders that files are in. */
export interface FolderWatch {
  /**
   * Watches the folders of these files, and no others.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE` when the system watches no more.
   */
  readonly follow: (files: Iterable<string>) => Promise<void>;
  readonly close: () => void;
}

/**
 * Makes a watch that tells when anything happens in the folders of files.
 *
 * Folders, for a file that an editor replaces is another file, and one that is not there yet cannot be
 * watched. Symbolic links are watched at both ends.
 */
export function createFolderWatch(onEvent: () => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const drop = (key: string) => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };
  const open = (key: string, folder: string) => {
    try {
      const watcher = watch(folder, onEvent);
      watchers.set(key, watcher);
      watcher.on('error', () => {
        drop(key);
        onEvent();
      });
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      // It has gone this very moment: whoever looks again finds the folder above it.
      if (code === 'ENOENT') setImmediate(onEvent);
      else throw unwatchable(folder, code === 'ENOSPC' ? 'there are too many watches' : message);
    }
  };
  return {
    follow: async (files) => {
      const folders = await foldersOf(files);
      for (const [key, folder] of folders) if (!watchers.has(key)) open(key, folder);
      for (const key of watchers.keys()) if (!folders.has(key)) drop(key);
    },
    close: () => {
      for (const key of watchers.keys()) drop(key);
    },
  };
}

function unwatchable(folder: string, reason: string): ExactMatchError {
  return new ExactMatchError(
    'FILE_UNREADABLE',
    `Failed to watch the folder "${folder}": ${reason}. Go without --watch, or raise the limit of the system.`,
  );
}

/** The folders, by what tells a folder from another one that has taken its place. */
async function foldersOf(files: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  for (const file of files) {
    const real = await realpath(file).catch(() => file);
    for (const path of new Set([dirname(file), dirname(real)])) {
      const { folder, inode } = await nearestFolder(path);
      folders.set(`${inode} ${folder}`, folder);
    }
  }
  return folders;
}

/** A folder, or where there is none the nearest one above. */
async function nearestFolder(path: string): Promise<{ folder: string; inode: number }> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory()) return { folder, inode: found.ino };
    if (dirname(folder) === folder) return { folder, inode: 0 };
  }
}
