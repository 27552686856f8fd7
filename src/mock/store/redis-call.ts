import type { Reply } from './redis-client.ts';
import { isRefusal, type RedisConnection } from './redis-connection.ts';
import { encodeName, SCOPES } from './redis-key.ts';
import { NEW_SCOPE, type Script } from './redis-scripts.ts';

/** How the store asks Redis; all that is asked in one turn of the event loop goes out together. */
export interface RedisCall {
  /** Runs a command. */
  readonly command: (...command: readonly string[]) => Promise<Reply>;
  /** Runs a script as one step. */
  readonly script: (
    script: Script,
    keys: readonly string[],
    values: readonly string[],
  ) => Promise<Reply>;
  /** Runs a script that may be the first to write to a scope, and lists the scope before. */
  readonly change: (
    scope: string,
    script: Script,
    keys: readonly string[],
    values: readonly string[],
  ) => Promise<Reply>;
}

/** Makes the ways to ask a Redis from a connection. */
export function createRedisCall({ send }: RedisConnection): RedisCall {
  const script: RedisCall['script'] = async ({ text, sha }, keys, values) => {
    const rest = [String(keys.length), ...keys, ...values];
    try {
      return await send(['EVALSHA', sha, ...rest]);
    } catch (error) {
      if (!isRefusal(error, 'NOSCRIPT')) throw error;
      // Never run there before, or not since it was started.
      return send(['EVAL', text, ...rest]);
    }
  };
  return {
    command: (...command) => send(command),
    script,
    change: async (scope, text, keys, values) => {
      try {
        return await script(text, keys, ['', ...values]);
      } catch (error) {
        if (!isRefusal(error, NEW_SCOPE)) throw error;
        const list = ['SADD', SCOPES, encodeName(scope)];
        // Before, lest a process that dies leaves a scope that nobody knows of. And after, in case
        // that the scope is being forgotten: that takes it from the list first, then empties it.
        const [, reply] = await Promise.all([
          send(list),
          script(text, keys, ['listed', ...values]),
          send(list),
        ]);
        return reply;
      }
    },
  };
}
