import { execFile } from 'node:child_process';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import type { FileReader } from '../spec/fetch-text.ts';
import type { Spec } from '../spec/spec.ts';
import type { Io } from './io.ts';

const run = promisify(execFile);
/** No document is larger. */
const MOST = 512 * 1024 * 1024;

/** A file of a revision, as git names it. */
interface RevisionPath {
  readonly revision: string;
  readonly path: string;
}

/**
 * Loads a document by its path or URL, or from a revision of the repository: `main:spec/api.yaml`, where
 * the files that it refers to are those of the same revision.
 *
 * A path in a revision starts from the top of the repository, and from here when it begins with `./`.
 *
 * @param cwd the folder that it is asked in; default: where the process runs.
 * @throws {ExactMatchError} `SPEC_*`; `SPEC_NOT_FOUND` as well when there is no git, no such revision or
 * no such file in it.
 */
export async function loadDocument(target: string, io: Io, cwd = '.'): Promise<Spec> {
  const named = parseRevision(target);
  if (!named || (await exists(join(cwd, target), io))) return loadSpec(target);
  const top = await git(target, cwd, '--show-toplevel');
  const prefix = await git(target, cwd, '--show-prefix');
  const commit = await commitOf(target, named.revision, cwd);
  const path = posix.normalize(
    /^\.\.?\//.test(named.path) ? posix.join(prefix, named.path) : named.path,
  );
  const files = revisionFiles(top, named.revision, commit);
  return loadSpec(pathToFileURL(join(top, path)), { files });
}

/** Splits `REVISION:PATH`; `undefined` for a path, a URL, a drive of Windows. */
export function parseRevision(target: string): RevisionPath | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(target) || /^file:/i.test(target)) return undefined;
  const colon = target.indexOf(':');
  const [revision, path] = [target.slice(0, colon), target.slice(colon + 1)];
  if (colon < 1 || path === '' || (/^[a-z]$/i.test(revision) && /^[\\/]/.test(path)))
    return undefined;
  return { revision, path: path.replaceAll('\\', '/') };
}

async function exists(path: string, io: Io): Promise<boolean> {
  try {
    await io.kindOf(path);
    return true;
  } catch {
    return false;
  }
}

async function commitOf(target: string, revision: string, cwd: string): Promise<string> {
  const name = `${revision}^{commit}`;
  try {
    return await revParse(cwd, '--verify', '--quiet', '--end-of-options', name);
  } catch (cause) {
    throw notFound(
      target,
      `there is no revision "${revision}" here. In CI, fetch the history first (actions/checkout: fetch-depth: 0)`,
      cause,
    );
  }
}

/** The files of a commit, by where they would lie in the working tree. */
function revisionFiles(top: string, revision: string, commit: string): FileReader {
  const pathOf = (url: URL) => relative(top, fileURLToPath(url)).split(sep).join('/');
  return {
    nameOf: (url) => `${revision}:${pathOf(url)}`,
    read: async (url) => {
      const path = pathOf(url);
      if (path.startsWith('../') || isAbsolute(path)) {
        throw new Error('it lies outside of the repository, and so in no revision');
      }
      try {
        const options = { encoding: 'buffer', maxBuffer: MOST, cwd: top } as const;
        return (await run('git', ['cat-file', 'blob', `${commit}:${path}`], options)).stdout;
      } catch {
        throw new Error(
          `the revision "${revision}" has no such file. Paths start from the top of the repository, and from here with ./ before them`,
        );
      }
    },
  };
}

async function git(target: string, cwd: string, option: string): Promise<string> {
  try {
    return await revParse(cwd, option);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'git is not installed, and it is read from a revision'
        : 'this is no git repository, and it is read from a revision';
    throw notFound(target, reason, cause);
  }
}

async function revParse(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['rev-parse', ...args], { cwd });
  return stdout.replace(/\r?\n$/, '');
}

function notFound(target: string, reason: string, cause: unknown): ExactMatchError {
  return new ExactMatchError('SPEC_NOT_FOUND', `Failed to read "${target}": ${reason}.`, { cause });
}
