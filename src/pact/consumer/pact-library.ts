import { env } from 'node:process';
import { isMainThread } from 'node:worker_threads';
import type * as PactLibrary from '@pact-foundation/pact';
import { ExactMatchError } from '../../errors.ts';

let loading: Promise<typeof PactLibrary> | undefined;

/**
 * Loads Pact, which reports nothing to anybody: `PACT_DO_NOT_TRACK` is set before, unless somebody
 * has set it to something else.
 *
 * @throws {ExactMatchError} `PEER_MISSING` when it is not installed; `OPTION_INVALID` in a worker
 * thread that cannot keep it from reporting.
 */
export async function loadPactLibrary(): Promise<typeof PactLibrary> {
  keepFromReporting();
  loading ??= import('@pact-foundation/pact').catch((cause: unknown) => {
    loading = undefined;
    throw unloadable(cause);
  });
  return loading;
}

const SWITCH = 'PACT_DO_NOT_TRACK';

/** Pact's native part asks the process itself, whose environment a thread has only a copy of. */
function keepFromReporting(): void {
  if (env[SWITCH] !== undefined) return;
  if (isMainThread) {
    env[SWITCH] = 'true';
    return;
  }
  throw new ExactMatchError(
    'OPTION_INVALID',
    `Failed to start Pact in a worker thread: it would report its use to its makers, which a thread cannot switch off. Set ${SWITCH}=true for the whole run, or let tests run in processes (Vitest: pool "forks").`,
  );
}

function unloadable(cause: unknown): ExactMatchError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  const reason = isMissing ? 'it is not installed' : String(message).split('\n', 1)[0];
  return new ExactMatchError(
    'PEER_MISSING',
    `Failed to load @pact-foundation/pact: ${reason}. Run: npm install --save-dev @pact-foundation/pact@17`,
    { cause },
  );
}
