import { createMemoryStore } from '../../../src/mock/store/memory-store.ts';
import { createRedisStore } from '../../../src/mock/store/redis-store.ts';
import type { Store } from '../../../src/mock/store/store.ts';
import { ask, freePort, type RedisServer, startRedis } from './redis-server.ts';

/** One store, as two processes would have it that share it. */
export interface Subject {
  readonly one: Store;
  readonly other: Store;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A store in a Redis of its own. */
export interface RedisSubject extends Subject {
  readonly server: RedisServer;
}

/** The stores that must behave alike. */
export const subjects = {
  memory: openMemory,
  redis: openRedis,
  'a node of a Redis Cluster': openCluster,
} as const;

async function openMemory(): Promise<Subject> {
  const store = createMemoryStore();
  return { one: store, other: store, [Symbol.asyncDispose]: async () => store.close() };
}

/** Starts a Redis, with arguments of its command line, and has two stores share it. */
export async function openRedis(...options: readonly string[]): Promise<RedisSubject> {
  const server = await startRedis(...options);
  if (options.includes('--cluster-enabled')) {
    await ask(server.port, 'CLUSTER ADDSLOTSRANGE 0 16383');
    while (!(await ask(server.port, 'CLUSTER INFO')).includes('cluster_state:ok'));
  }
  const [one, other] = await Promise.all([
    createRedisStore(server.url),
    createRedisStore(server.url),
  ]);
  return {
    server,
    one,
    other,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([one.close(), other.close()]);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** One node that has all slots: it refuses a script whose keys lie in several. */
async function openCluster(): Promise<Subject> {
  return openRedis(...(await clusterOptions()));
}

/** What makes a Redis a node of a cluster: its bus would be 10,000 ports above, where there may be none. */
export async function clusterOptions(): Promise<readonly string[]> {
  return ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())];
}
