import { ExactMatchError } from '../../errors.ts';
import { createMemoryStore } from './memory-store.ts';
import type { Store } from './store.ts';

/**
 * Opens a store: `memory`, or the URL of a Redis or Valkey.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` for anything else, `STORE_UNAVAILABLE` when it cannot be
 * reached.
 */
export async function openStore(store: string): Promise<Store> {
  if (store === 'memory') return createMemoryStore();
  if (/^rediss?:\/\//i.test(store)) {
    // Loaded here: few mocks need it.
    const { createRedisStore } = await import('./redis-store.ts');
    return createRedisStore(store);
  }
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The store must be "memory" or a URL such as redis://127.0.0.1:6379, got "${store}".`,
  );
}
