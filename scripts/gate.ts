// Run by `npm run gate`, and so by CI: holds the document against that of the last tag, and against the
// pacts of `contracts/`. A change that breaks a consumer here fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = 'spec/exact-match-sessions.openapi.yaml';
const format = process.env['GITHUB_ACTIONS'] ? 'github' : 'pretty';

const tag = tagToHold();
if (tag === undefined) {
  console.log('There is no tag yet, and so nothing to hold the document against.');
  // What nobody fetched looks like what is not there.
  if (git('rev-parse', '--is-shallow-repository') === 'true') {
    console.warn(
      'This clone is shallow: git fetch --unshallow --tags brings the tags, if there are.',
    );
  }
} else {
  const cli = ['src/cli.ts', 'diff', `${tag}:${document}`, document];
  const options = ['--pacts', 'contracts/pacts', '--format', format];
  const { status } = spawnSync(process.execPath, [...cli, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 2;
}

/** The last tag; where the document is that of a tag itself, as in the build of a release, the one before. */
function tagToHold(): string | undefined {
  const last = lastTag('HEAD');
  if (last === undefined || git('diff', '--name-only', last, '--', document) !== '') return last;
  return lastTag(`${last}^`) ?? last;
}

function lastTag(commit: string): string | undefined {
  return git('describe', '--tags', '--abbrev=0', commit);
}

/** What git says; `undefined` where it fails. */
function git(...argv: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', argv, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
