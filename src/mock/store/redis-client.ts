import type { createClient, ErrorReply } from '@redis/client';
import { type RedisAddress, serverName } from './redis-address.ts';

/** What Redis replies. */
export type Reply = string | number | null | undefined | readonly Reply[];

/** One connection to a Redis, which ends when it breaks. */
export interface RedisClient {
  /** Sends a command; those sent in one turn of the event loop go out together. */
  readonly send: (command: readonly string[]) => Promise<Reply>;
  /** Tells the error of a command that Redis has answered from that of a broken connection. */
  readonly isRefusal: (error: unknown) => error is Error;
  /** Ends it; what has no reply by then is rejected. */
  readonly destroy: () => void;
  /** Resolves with the reason when the connection breaks. */
  readonly end: Promise<Error>;
}

type Library = {
  readonly createClient: typeof createClient;
  readonly ErrorReply: typeof ErrorReply;
};

/** How long a connection may take to be made, in milliseconds. */
const DEADLINE = 3000;

/**
 * Fails where a change would: without the right to run scripts or to use our keys, on a replica, in
 * a full Redis, and while Redis is loading.
 */
const PROBE = ['EVAL', "return redis.call('SET', KEYS[1], '', 'PX', 1)", '1', 'exactmatch:probe'];

/** Connects to a Redis, and sees that it serves; gives up after three seconds, or when told to. */
export async function dial(address: RedisAddress, closing: AbortSignal): Promise<RedisClient> {
  // Three tenths of a second of loading, which those pay who share a store.
  const library: Library = await import('@redis/client');
  closing.throwIfAborted();
  const attempt = new AbortController();
  const giveUp = () => attempt.abort(new Error(`no answer within ${DEADLINE / 1000} seconds`));
  const deadline = setTimeout(giveUp, DEADLINE);
  closing.addEventListener('abort', giveUp);
  const client = library.createClient(optionsOf(address, attempt.signal));
  const end = new Promise<Error>((resolve) => client.on('error', resolve));
  const connecting = client.connect();
  try {
    const probe = connecting.then(() => assertServing((command) => client.sendCommand(command)));
    await Promise.race([probe, rejection(attempt.signal)]);
    if (!client.isReady) throw new Error('the connection was closed');
  } catch (cause) {
    client.destroy();
    // What connects after all would stay.
    connecting.then(() => client.destroy(), ignore);
    throw cause;
  } finally {
    clearTimeout(deadline);
    closing.removeEventListener('abort', giveUp);
  }
  return {
    send: (command) => client.sendCommand<Reply>(command),
    isRefusal: (error) => error instanceof library.ErrorReply,
    destroy: () => client.destroy(),
    end,
  };
}

const CLUSTER =
  'it is one of several nodes of a Redis Cluster, and the mock speaks to one server. Give the address of a Redis or Valkey that is no cluster, or of a cluster of one node';

/**
 * Fails where a server cannot be the store: it refuses changes, or has some of the keys only.
 *
 * @throws {Error} with the reason.
 */
async function assertServing(
  send: (command: readonly string[]) => Promise<unknown>,
): Promise<void> {
  // What is no cluster, or does not let us ask, refuses; the probe says the rest.
  const told = String(await send(['CLUSTER', 'INFO']).catch(() => ''));
  const nodes = Number(/cluster_size:(\d+)/.exec(told)?.[1] ?? 0);
  if (nodes > 1) throw new Error(CLUSTER);
  await send(PROBE).catch((cause: Error) => {
    throw /^(?:MOVED|ASK) /.test(cause.message) ? new Error(CLUSTER, { cause }) : cause;
  });
}

function optionsOf(address: RedisAddress, signal: AbortSignal) {
  const { host, port, username, password, database, isEncrypted } = address;
  const socket = { host, port, connectTimeout: DEADLINE, reconnectStrategy: false } as const;
  const name = serverName(address);
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    database,
    // Lists come as they are, from servers of any age.
    RESP: 2,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // Would be a timer for each command, and for its sending only.
    commandOptions: { timeout: 0 },
    socket: isEncrypted
      ? { ...socket, tls: true as const, ...(name === undefined ? {} : { servername: name }) }
      : { ...socket, signal },
  } as const;
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function ignore(): void {}
