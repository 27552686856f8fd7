import { showSize } from '../capture/piece.ts';
import type { Io } from './io.ts';

/** Shows how much of a file has been read. */
export interface Progress {
  readonly onBytes: (count: number) => void;
  /** Wipes it away. */
  readonly end: () => void;
}

const WIDTH = 24;
/** Shorter runs show none. */
const START = 300;
const PAUSE = 100;

/** Makes a bar on standard error, where that is a terminal; else nothing is shown. */
export async function startProgress(target: string, io: Io): Promise<Progress> {
  if (!io.screen('stderr').isTerminal) return { onBytes: () => undefined, end: () => undefined };
  const total = await io.sizeOf(target);
  let read = 0;
  let shown = Date.now() + START - PAUSE;
  let isShown = false;
  return {
    onBytes: (count) => {
      read += count;
      const now = Date.now();
      if (now - shown < PAUSE) return;
      shown = now;
      isShown = true;
      io.stderr(`\r${bar(read, total)}\u001b[K`);
    },
    end: () => {
      if (isShown) io.stderr('\r\u001b[K');
    },
  };
}

function bar(read: number, total: number | undefined): string {
  if (total === undefined || total === 0) return `${showSize(read)} read`;
  const share = Math.min(read / total, 1);
  const filled = Math.round(share * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} % of ${showSize(total)}`;
}
