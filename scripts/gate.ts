// Run by `npm run gate`, and so by CI: holds the document against that of the last tag, and against the
// pacts of `contracts/`. A change that breaks a consumer here fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = 'spec/exact-match-sessions.openapi.yaml';
const format = process.env['GITHUB_ACTIONS'] ? 'github' : 'pretty';

const tag = lastTag();
if (tag === undefined) {
  console.log('There is no tag yet, and so nothing to hold the document against.');
} else {
  const cli = ['src/cli.ts', 'diff', `${tag}:${document}`, document];
  const options = ['--pacts', 'contracts/pacts', '--format', format];
  const { status } = spawnSync(process.execPath, [...cli, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 2;
}

function lastTag(): string | undefined {
  const argv = ['describe', '--tags', '--abbrev=0'];
  const { status, stdout } = spawnSync('git', argv, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
