import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ExactMatchError } from '../errors.ts';

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
   * Writes a file.
   *
   * @throws {ExactMatchError} `FILE_UNREADABLE`.
   */
  readonly write: (path: string, text: string) => Promise<void>;
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
    read: (path) => (path === '-' ? text(process.stdin) : readTextFile(path)),
    write: writeTextFile,
    env: (name) => process.env[name] || undefined,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
  };
}

/**
 * Reads a text file.
 *
 * @throws {ExactMatchError} `FILE_UNREADABLE`.
 */
async function readTextFile(path: string): Promise<string> {
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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be touched by this user',
  EISDIR: 'it is a folder',
  EROFS: 'its file system is read-only',
};

function failure(verb: string, path: string, cause: unknown): ExactMatchError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new ExactMatchError(
    'FILE_UNREADABLE',
    `Failed to ${verb} "${path}": ${reason}. Give the path of a file, from where you are.`,
    { cause },
  );
}
