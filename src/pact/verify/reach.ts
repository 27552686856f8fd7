import { once } from 'node:events';
import { connect } from 'node:net';
import { ExactMatchError } from '../../errors.ts';

/** For a connection, in milliseconds: nothing is asked yet. */
const PATIENCE = 10_000;

/**
 * Makes sure that somebody listens where the provider should be: else every interaction would fail, and
 * a broker would be told so.
 *
 * @throws {ExactMatchError} `PROVIDER_UNREACHABLE`.
 */
export async function requireProvider(provider: URL): Promise<void> {
  const { hostname, port, protocol } = provider;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PATIENCE) });
  } catch (cause) {
    const isLate = Error.isError(cause) && cause.name === 'AbortError';
    const reason = isLate ? 'no connection in time' : reasonOf(cause);
    throw new ExactMatchError(
      'PROVIDER_UNREACHABLE',
      `Failed to reach the provider at ${provider}: ${reason}. Is it running, and is the address right?`,
      { cause },
    );
  } finally {
    socket.destroy();
  }
}

/** Where a name has several addresses, each has failed in its own way, and the whole says nothing. */
function reasonOf(cause: unknown): string {
  if (!Error.isError(cause)) return String(cause);
  const [first] = cause instanceof AggregateError ? cause.errors : [cause];
  return Error.isError(first) ? first.message : String(first);
}
