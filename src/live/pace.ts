import { setTimeout as sleep } from 'node:timers/promises';

/** Says when the next request may be sent. */
export interface Pace {
  /** Resolves when it is this request's turn. */
  readonly turn: () => Promise<void>;
  /** Holds all requests back for so many milliseconds from now. */
  readonly pause: (milliseconds: number) => void;
}

/** What time it is, and waiting; in milliseconds. */
export interface Clock {
  readonly now: () => number;
  /** Rejects when the signal ends it. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

const REAL: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
};

/** Makes a pace of at most so many requests in a second. */
export function createPace(
  rate: number | undefined,
  signal: AbortSignal | undefined,
  clock: Clock = REAL,
): Pace {
  const gap = rate === undefined ? 0 : 1_000 / rate;
  let next = 0;
  return {
    turn: async () => {
      for (;;) {
        const now = clock.now();
        if (now >= next) {
          next = Math.max(next, now) + gap;
          return;
        }
        try {
          await clock.sleep(next - now, signal?.aborted === true ? undefined : signal);
        } catch {
          // Stopped: what is left to do, such as cleaning up, need not wait for what was asked before.
          next = 0;
        }
      }
    },
    pause: (milliseconds) => {
      next = Math.max(next, clock.now() + milliseconds);
    },
  };
}

/**
 * The milliseconds that a `Retry-After` asks to wait: seconds, or a date; `undefined` when it is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readRetryAfter(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1_000;
  if (!/^[A-Z][a-z]{2,8},? /.test(trimmed)) return undefined;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}
