import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeHar } from '../../scripts/bench/write-har.ts';
import type { Report } from '../../src/report/report.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

test('a HAR is judged in a fraction of the memory that it would take', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'large.har');
  expect(writeHar(file, 25_000)).toBeGreaterThan(55e6);
  // Parsed as a whole, it needs more than twice as much.
  const argv = ['--max-old-space-size=48', cli, 'check', file, '--format', 'json'];
  const { stdout, stderr } = await run(process.execPath, argv, { maxBuffer: 1e8 });
  const { summary } = JSON.parse(stdout) as Report;
  expect(stderr).toBe('');
  expect(summary).toMatchObject({ checked: 25_000, failed: 0, skipped: 0 });
});
