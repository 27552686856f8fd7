import { setTimeout as wait } from 'node:timers/promises';

/** How a request is tried again. */
export interface RetryOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Waits that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** How often a request is tried again at most. */
  readonly retries: number;
}

/** What the service answers when it asks to come back later: it has not done what was asked. */
const LATER: readonly number[] = [429, 503];

/** Waiting longer than this is for the caller to decide; in milliseconds. */
const LONGEST_WAIT = 300_000;

/**
 * Makes a `fetch` that tries a request again after a 429 or 503, when `Retry-After` has passed.
 *
 * An answer without a usable `Retry-After` is the answer: a POST that nobody asked to repeat might
 * create twice.
 */
export function createRetryingFetch({
  fetch,
  sleep,
  retries,
}: RetryOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      // The body of a request can be sent once only.
      const response = await fetch(request.clone());
      const pause = LATER.includes(response.status) ? pauseOf(response) : undefined;
      if (pause === undefined || pause > LONGEST_WAIT || attempt >= retries) return response;
      await response.body?.cancel();
      await sleep(pause);
    }
  };
}

export function sleepFor(milliseconds: number): Promise<void> {
  return wait(milliseconds);
}

/**
 * Reads `Retry-After` as milliseconds from now: seconds, or the date of the end.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function pauseOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // `Date.parse` alone would take almost anything for a date.
  const time = /^[A-Z][a-z]+, .* GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}
