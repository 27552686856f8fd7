import { setTimeout as wait } from 'node:timers/promises';
import { ExactMatchError } from '../../errors.ts';
import type { RedisAddress } from './redis-address.ts';
import { dial, type RedisClient, type Reply } from './redis-client.ts';

/** A connection to a Redis, which is made anew whenever it is lost. */
export interface RedisConnection {
  /**
   * Sends a command, and gives the reply to it.
   *
   * @throws {ExactMatchError} `STORE_UNAVAILABLE` at once while there is no connection, after about a
   * second when no reply comes, and when Redis refuses the command.
   */
  readonly send: (command: readonly string[]) => Promise<Reply>;
  /** Why there is no connection, as a sentence; `undefined` when there is one. */
  readonly trouble: () => string | undefined;
  /** Waits for the replies that are due, no longer than a second, then ends the connection. */
  readonly close: () => Promise<void>;
}

/** How often is looked whether replies come, in milliseconds. */
const TICK = 250;
/** How many looks in vain make a connection a lost one. */
const PATIENCE = 5;
/** The first and the longest pause before a lost connection is made anew, in milliseconds. */
const PAUSES = { first: 50, longest: 1000 };
/** What Redis refuses all commands, or all changes, with: for as long as it says so, it is away. */
const AWAY = /\b(?:LOADING|READONLY|MASTERDOWN|NOAUTH|OOM|MISCONF|NOREPLICAS|CLUSTERDOWN|BUSY)\b/;

/**
 * Connects to a Redis.
 *
 * @throws {ExactMatchError} `STORE_UNAVAILABLE`, with address and reason, within three seconds.
 */
export async function connectRedis(address: RedisAddress): Promise<RedisConnection> {
  const connection = new Connection(address);
  await connection.open();
  return {
    send: (command) => connection.send(command),
    trouble: () => connection.trouble(),
    close: () => connection.close(),
  };
}

/** Whether Redis has refused a command with an error that begins with that code. */
export function isRefusal(error: unknown, code: string): boolean {
  if (!(error instanceof ExactMatchError) || !(error.cause instanceof Error)) return false;
  return error.cause.message.startsWith(code);
}

class Connection {
  readonly #address: RedisAddress;
  readonly #closing = new AbortController();
  #client: RedisClient | undefined;
  #reason = '';
  #awaited = 0;
  #silence = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor(address: RedisAddress) {
    this.#address = address;
  }

  async open(): Promise<void> {
    try {
      await this.#dial();
    } catch (cause) {
      throw unavailable(this.#sentence(reasonOf(cause)), cause);
    }
  }

  trouble(): string | undefined {
    return this.#client ? undefined : this.#sentence(this.#reason);
  }

  async send(command: readonly string[]): Promise<Reply> {
    const client = this.#client;
    if (!client) throw unavailable(this.#sentence(this.#reason));
    this.#awaited += 1;
    this.#startWatch();
    try {
      return await client.send(command);
    } catch (cause) {
      if (!client.isRefusal(cause)) {
        const reason = this.#client === client ? reasonOf(cause) : this.#reason;
        throw unavailable(this.#sentence(reason), cause);
      }
      if (AWAY.test(cause.message)) this.#lose(client, cause);
      const { name } = this.#address;
      throw unavailable(`The store "${name}" has refused: ${reasonOf(cause)}.`, cause);
    } finally {
      this.#awaited -= 1;
      this.#silence = 0;
    }
  }

  async close(): Promise<void> {
    // By looks, for what is under way may take several commands.
    for (let look = 0; this.#awaited > 0 && look < 200; look += 1) await wait(5);
    const client = this.#client;
    this.#client = undefined;
    this.#reason = 'it has been closed';
    this.#closing.abort();
    clearInterval(this.#watch);
    client?.destroy();
  }

  async #dial(): Promise<void> {
    const client = await dial(this.#address, this.#closing.signal);
    this.#client = client;
    client.end.then((reason) => this.#lose(client, reason), ignore);
  }

  #lose(client: RedisClient, reason: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#reason = reasonOf(reason);
    client.destroy();
    this.#recover().catch(ignore);
  }

  /** Tries until there is a connection again; rejects when there will be none. */
  async #recover(): Promise<void> {
    const { signal } = this.#closing;
    for (let pause = PAUSES.first; !this.#client; pause = Math.min(pause * 2, PAUSES.longest)) {
      // Of different length, so that many processes do not come back all at once.
      await wait(pause * (0.5 + Math.random() / 2), undefined, { signal });
      try {
        await this.#dial();
      } catch (cause) {
        signal.throwIfAborted();
        this.#reason = reasonOf(cause);
      }
    }
  }

  /** Counts looks, not milliseconds: while this process is busy, replies wait unread. */
  #startWatch(): void {
    this.#watch ??= setInterval(() => {
      if (this.#awaited === 0) {
        clearInterval(this.#watch);
        this.#watch = undefined;
        return;
      }
      this.#silence += 1;
      if (this.#silence < PATIENCE || !this.#client) return;
      this.#lose(this.#client, new Error('no reply for a second'));
    }, TICK).unref();
  }

  #sentence(reason: string): string {
    return `The store "${this.#address.name}" cannot be reached: ${reason}.`;
  }
}

function unavailable(message: string, cause?: unknown): ExactMatchError {
  return new ExactMatchError('STORE_UNAVAILABLE', message, cause === undefined ? {} : { cause });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // A name of several addresses, none of which answers.
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause.message.replace(/\.$/, '');
}

function ignore(): void {}
