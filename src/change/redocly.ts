import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ExactMatchError } from '../errors.ts';
import type { Draft } from './form.ts';

/** One way in which two documents differ, as Redocly's comparison has it. */
export interface RawChange {
  readonly kind: 'added' | 'removed' | 'modified';
  /** The way from the root, through `$ref`s, by which it was first reached. */
  readonly path: string;
  /** The member that is another one, when it is a member. */
  readonly property?: string;
  /** JSON Pointers, from `#`. */
  readonly base?: { readonly pointer: string };
  readonly revision?: { readonly pointer: string };
}

const run = promisify(execFile);
const require = createRequire(import.meta.url);
/** What the comparison may print: it says nothing that is not in its report. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * Compares two documents by `redocly diff`, in a process of its own, without its telemetry and
 * whatever configuration there is.
 *
 * @throws {ExactMatchError} `PEER_MISSING` when `@redocly/cli` is not installed or too old.
 */
export async function compareDocuments(old: Draft, next: Draft): Promise<readonly RawChange[]> {
  const bin = findBin();
  const folder = await mkdtemp(join(tmpdir(), 'exactmatch-diff-'));
  try {
    await Promise.all([
      writeFile(join(folder, 'old.json'), JSON.stringify(old)),
      writeFile(join(folder, 'new.json'), JSON.stringify(next)),
      writeFile(join(folder, 'redocly.yaml'), 'extends: []\n'),
    ]);
    const options = ['--format', 'json', '--fail-on', 'none', '--output', 'changes.json'];
    await compare(
      [bin, 'diff', 'old.json', 'new.json', '--config', 'redocly.yaml', ...options],
      folder,
    );
    const report = JSON.parse(await readFile(join(folder, 'changes.json'), 'utf8')) as {
      readonly changes: readonly RawChange[];
    };
    return report.changes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(args: readonly string[], cwd: string): Promise<void> {
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  };
  try {
    await run(process.execPath, args, { cwd, env, maxBuffer: MOST_OUTPUT });
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    throw new ExactMatchError(
      'PEER_MISSING',
      `Failed to compare the documents by \`redocly diff\`: ${reason || String(cause)}. ${INSTALL}`,
      { cause },
    );
  }
}

const INSTALL = 'Install a version that has it: npm install --save-dev @redocly/cli@2.77.0.';

/** The program: beside this package, or in the folder that the command runs in. */
function findBin(): string {
  const paths = [dirname(import.meta.filename), process.cwd()];
  try {
    const found = require.resolve('@redocly/cli/package.json', { paths });
    return join(dirname(found), 'bin', 'cli.js');
  } catch (cause) {
    throw new ExactMatchError(
      'PEER_MISSING',
      `Failed to compare the documents: the package @redocly/cli is not installed. ${INSTALL}`,
      { cause },
    );
  }
}
