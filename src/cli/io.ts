import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ExactMatchError } from '../errors.ts';
import { type Screen, screenOf } from '../report/screen.ts';

/** All that a command has to do with the world outside. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: (text: string) => void;
  /** Everything else. */
  readonly stderr: (text: string) => void;
  /**
   * Reads a file, or standard input for `-`.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly read: (path: string) => Promise<string>;
  /**
   * Reads a file, or standard input for `-`, piece by piece.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>;
  /**
   * What a path leads to.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE` when there is nothing.
   */
  readonly kindOf: (path: string) => Promise<'file' | 'folder'>;
  /** The size of a file in bytes; `undefined` where nobody can tell, as of standard input. */
  readonly sizeOf: (path: string) => Promise<number | undefined>;
  /**
   * The files below a folder, by their paths from there, in order; those whose names begin with a dot
   * are left out.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly screen: (stream: 'stdout' | 'stderr') => Screen;
  /**
   * Writes a file.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly write: (path: string, text: string) => Promise<void>;
  /**
   * Makes a folder, and those that lead there, where they are not.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly makeFolder: (path: string) => Promise<void>;
  /**
   * Writes to the end of a file.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly append: (path: string, text: string) => Promise<void>;
  /** A variable of the environment; one that is empty is none. */
  readonly env: (name: string) => string | undefined;
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly untilStopped: () => Promise<void>;
}

/** The streams, files and signals of a process. */
export function processIo(process: NodeJS.Process): Io {
  return {
    stdout: (line) => process.stdout.write(line),
    stderr: (line) => process.stderr.write(line),
    read: (path) => (path === '-' ? readInput(process.stdin) : readTextFile(path)),
    stream: (path) => streamFile(path === '-' ? process.stdin : createReadStream(path), path),
    kindOf,
    sizeOf,
    list: listFiles,
    screen: (stream) => screenOf(process[stream], process.env),
    write: writeTextFile,
    makeFolder,
    append: appendTextFile,
    env: (name) => process.env[name] || undefined,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
  };
}

async function* streamFile(
  source: AsyncIterable<Uint8Array>,
  path: string,
): AsyncIterable<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw failure('read', path, cause);
  }
}

async function readInput(stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin) {
    size += piece.length;
    // A longer text cannot be held.
    if (size > constants.MAX_STRING_LENGTH) throw failure('read', '-', { code: TOO_LONG });
    pieces.push(
      typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength),
    );
  }
  return Buffer.concat(pieces).toString();
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    throw failure('read', path, cause);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  if (path === '-') return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter(
        (path) => !path.split(sep).some((name) => name.startsWith('.') || name === 'node_modules'),
      )
      .sort();
  } catch (cause) {
    throw failure('read', folder, cause);
  }
}

/**
 * Reads a text file.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE`.
 */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw failure('read', path, cause);
  }
}

async function writeTextFile(path: string, content: string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw failure('write', path, cause);
  }
}

/** One folder after the other: `recursive` of Node never ends where none can be made, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await isThere(folder)); folder = dirname(folder)) {
    missing.unshift(folder);
  }
  try {
    for (const folder of missing) await mkdir(folder);
  } catch (cause) {
    // Somebody else may have made it meanwhile.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return makeFolder(path);
    throw failure('write', path, cause);
  }
}

/** Whether something is there; the root of a file system always is. */
async function isThere(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined || dirname(path) === path;
}

async function appendTextFile(path: string, content: string): Promise<void> {
  try {
    await appendFile(path, content);
  } catch (cause) {
    throw failure('write', path, cause);
  }
}

const TOO_LONG = 'ERR_STRING_TOO_LONG';
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be touched by this user',
  EISDIR: 'it is a folder',
  EROFS: 'its file system is read-only',
  ENOTDIR: 'a part of it is a file, not a folder',
  [TOO_LONG]: 'it is larger than 512 MiB, the most that is read at once',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 512 MiB, the most that is read at once',
};

function failure(verb: string, path: string, cause: unknown): ExactMatchError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  const name = path === '-' ? 'standard input' : `"${path}"`;
  const isLarge = reason === REASONS[TOO_LONG];
  const advice = isLarge ? 'Give it in parts' : 'Give the path of a file, from where you are';
  return new ExactMatchError(
    'FILE_UNREADABLE',
    `Failed to ${verb} ${name}: ${reason}. ${advice}.`,
    { cause },
  );
}
