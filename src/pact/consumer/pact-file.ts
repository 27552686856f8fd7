import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ExactMatchError } from '../../errors.ts';
import { conflictError } from './conflict.ts';
import { withLock } from './lock.ts';
import { type FileRun, mergeRun, type Recorded, type TestOutcome } from './merge.ts';
import { readPactText, writePactText } from './pact-text.ts';
import type { Parties } from './serve.ts';

/** What a test file did, by its path in the file system. */
export interface FileEnd {
  readonly file: string;
  readonly outcomes: ReadonlyMap<string, TestOutcome> | undefined;
  readonly recorded: readonly Recorded[];
}

/** A pact file that tests write into. */
export interface PactFile {
  /** Its absolute path. */
  readonly path: string;
  readonly parties: Parties;
  /** How the interactions of a test file name it. */
  readonly nameOf: (file: string) => string;
  /**
   * Joins what a test file did into the pact, however many processes do so at the same time. All at
   * once, so that it can be done when a process ends.
   *
   * @throws {ExactMatchError} `PACT_CONFLICT`, `PACT_MALFORMED`, `OPTION_INVALID`, `FILE_UNREADABLE`.
   */
  readonly join: (end: FileEnd) => void;
}

/**
 * The pact file of a consumer and a provider in a folder, which need not be there yet.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for names that no file can have.
 */
export function pactFile(dir: string, parties: Parties): PactFile {
  for (const [role, name] of Object.entries(parties)) checkName(role, name);
  const folder = resolve(dir);
  const path = join(folder, `${parties.consumer}-${parties.provider}.json`);
  const root = packageOf(folder);
  const memory = memoryOf(path);
  const nameOf = (file: string) => relative(root, file).split(sep).join('/');
  const find = (file: string) => resolve(root, file);
  const others = {
    exists: (file: string) => existsSync(find(file)),
    isCurrent: (file: string) => memory.read(file) === fingerprint(find(file)),
  };
  return {
    path,
    parties,
    nameOf,
    join: ({ file, outcomes, recorded }) => {
      const run: FileRun = { file: nameOf(file), outcomes, recorded };
      const conflicts = withLock(path, (scratch) => {
        const text = readText(path);
        const existing = text === undefined ? [] : readPactText(text, path, parties);
        const { interactions, conflicts: found } = mergeRun(existing, run, others);
        replace(
          path,
          scratch,
          interactions.length > 0 ? writePactText(parties, interactions) : undefined,
          text,
        );
        memory.write(run.file, fingerprint(file));
        return found;
      });
      if (conflicts.length > 0) throw conflictError(parties, conflicts);
    },
  };
}

function checkName(role: string, name: unknown): void {
  if (typeof name === 'string' && name.trim() !== '' && !/[/\\\0]/.test(name)) return;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The ${role} must have a name that a file can have, got ${JSON.stringify(name) ?? 'none'}. Give one such as "web-shop".`,
  );
}

/** Test files are named from the package that the pact is in, so that any machine names them the same. */
function packageOf(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, 'package.json'))) return current;
    if (dirname(current) === current) return folder;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ExactMatchError(
      'FILE_UNREADABLE',
      `Failed to read the pact "${path}": ${String(cause)}.`,
      { cause },
    );
  }
}

/** A pact without interactions is none. What has not changed is left alone. */
function replace(
  path: string,
  scratch: string,
  text: string | undefined,
  known: string | undefined,
): void {
  if (text === known) return;
  if (text === undefined) {
    rmSync(path, { force: true });
    return;
  }
  const written = join(scratch, 'pact.json');
  writeFileSync(written, text);
  renameSync(written, path);
}

/** What is remembered beside a pact: what each test file was like when it last wrote. */
function memoryOf(path: string): {
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, print: string | undefined) => void;
} {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `exactmatch-kit-${uid}`, hash(path));
  return {
    read: (file) => readText(join(folder, hash(file))),
    write: (file, print = '') => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, hash(file)), print);
    },
  };
}

function fingerprint(file: string): string | undefined {
  const text = readText(file);
  return text === undefined ? undefined : hash(text);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
