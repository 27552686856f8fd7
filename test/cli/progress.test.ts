import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { processIo } from '../../src/cli/io.ts';
import { startProgress } from '../../src/cli/progress.ts';

const screen = { columns: 80, hasColor: false };

/** What is shown of a file of 1000 bytes while it is read, a tenth at a time, in so many milliseconds. */
async function shown(path: string, isTerminal: boolean, pause: number): Promise<string> {
  let text = '';
  const io = {
    ...processIo(process),
    screen: () => ({ ...screen, isTerminal }),
    stderr: (piece: string) => {
      text += piece;
    },
  };
  const clock = vi.spyOn(Date, 'now').mockReturnValue(0);
  const progress = await startProgress(path, io);
  for (let step = 1; step <= 10; step += 1) {
    clock.mockReturnValue(step * pause);
    progress.onBytes(100);
  }
  progress.end();
  clock.mockRestore();
  return text;
}

test('a terminal is shown how far a long reading has come, and nothing is left of it', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const path = join(folder.path, 'one.har');
  await writeFile(path, 'x'.repeat(1000));
  const bars = (await shown(path, true, 150)).split('\r').map((bar) => bar.replace('\u001b[K', ''));
  expect(bars).toMatchInlineSnapshot(`
    [
      "",
      "█████░░░░░░░░░░░░░░░░░░░  20 % of 1000 bytes",
      "███████░░░░░░░░░░░░░░░░░  30 % of 1000 bytes",
      "██████████░░░░░░░░░░░░░░  40 % of 1000 bytes",
      "████████████░░░░░░░░░░░░  50 % of 1000 bytes",
      "██████████████░░░░░░░░░░  60 % of 1000 bytes",
      "█████████████████░░░░░░░  70 % of 1000 bytes",
      "███████████████████░░░░░  80 % of 1000 bytes",
      "██████████████████████░░  90 % of 1000 bytes",
      "████████████████████████ 100 % of 1000 bytes",
      "",
    ]
  `);
  expect(await shown(path, true, 10)).toBe('');
  expect(await shown(path, false, 150)).toBe('');
  expect(await shown('-', true, 150)).toContain('400 bytes read');
});
