import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isObject, type Json, ownString } from '../json.ts';
import { buildOfVariables } from './build-variables.ts';
import type { Io } from './io.ts';

/** What is being built. */
export interface Build {
  /** The commit. */
  readonly version: string | undefined;
  readonly branch: string | undefined;
  /** Where the build can be looked at. */
  readonly url: string | undefined;
  /** What is worth knowing of where this comes from. */
  readonly notes: readonly string[];
}

/** Finds what is being built: by the variables of the CI system, else by git. */
export async function findBuild(io: Io): Promise<Build> {
  const build = buildOfVariables((name) => io.env(name));
  if (build) {
    const version = (await headOfPullRequest(io)) ?? build.version;
    return { ...build, version, notes: [] };
  }
  const version = await git('rev-parse', 'HEAD');
  const name = await git('rev-parse', '--abbrev-ref', 'HEAD');
  const changes =
    version === undefined ? undefined : await git('status', '--porcelain', '--untracked-files=no');
  return {
    version,
    // Nothing is checked out by name.
    branch: name === 'HEAD' ? undefined : name,
    url: undefined,
    notes: changes
      ? [
          `The version is the commit ${version}, but the working tree has changes that are not in it.`,
        ]
      : [],
  };
}

/** GitHub builds a merge that nobody will ever deploy; the commit of the branch is in its event. */
async function headOfPullRequest(io: Io): Promise<string | undefined> {
  const path = io.env('GITHUB_EVENT_PATH');
  if (io.env('GITHUB_ACTIONS') === undefined || path === undefined) return undefined;
  try {
    const event = JSON.parse(await io.read(path)) as Json;
    const pull = isObject(event) ? event['pull_request'] : undefined;
    const head = isObject(pull) ? pull['head'] : undefined;
    return isObject(head) ? ownString(head, 'sha') : undefined;
  } catch {
    // An event that cannot be read tells nothing.
    return undefined;
  }
}

const run = promisify(execFile);

/** Where there is no git, or no repository, nothing is known. */
async function git(...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', [...args]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
