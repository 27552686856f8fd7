import { once } from 'node:events';
import { connect } from 'node:net';
import { ExactMatchError } from '../../errors.ts';
import { networkReason } from '../../network-error.ts';

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
    throw new ExactMatchError(
      'PROVIDER_UNREACHABLE',
      `Failed to reach the provider at ${provider}: it ${networkReason(cause)}. Is it running, and is the address right?`,
      { cause },
    );
  } finally {
    socket.destroy();
  }
}
