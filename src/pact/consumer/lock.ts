import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long is waited between two tries, in milliseconds. */
const PAUSE = 5;
/** What holds a lock for longer has been killed: milliseconds, where it takes a few. */
const STALE = 10_000;

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs a function while no other process does so for the same path, and waits for those that do.
 *
 * The lock is a folder beside the path; what the function writes into it lies in the same file system,
 * and goes with it.
 */
export function withLock<T>(path: string, run: (folder: string) => T): T {
  const lock = `${path}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  for (let isHeld = take(lock); !isHeld; isHeld = take(lock)) {
    if (isStale(lock)) breakLock(lock);
    else Atomics.wait(pause, 0, 0, PAUSE);
  }
  try {
    return run(lock);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function isStale(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > STALE;
}

/** Renamed first, so that of several processes one breaks it. */
function breakLock(lock: string): void {
  const broken = `${lock}.${process.pid}`;
  try {
    renameSync(lock, broken);
  } catch {
    // Another process has been faster.
    return;
  }
  rmSync(broken, { recursive: true, force: true });
}
