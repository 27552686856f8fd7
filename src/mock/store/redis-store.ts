import type { Json } from '../../json.ts';
import { pathBelow } from './place.ts';
import { readRedisAddress } from './redis-address.ts';
import { createRedisCall, type RedisCall } from './redis-call.ts';
import type { Reply } from './redis-client.ts';
import { connectRedis } from './redis-connection.ts';
import { dumpOf, entriesOf, entryOf, fillingOf, restOf } from './redis-entry.ts';
import { decodeName, encodeName, itemsKey, itemsPrefix, keyOf, SCOPES } from './redis-key.ts';
import {
  COUNT,
  DUMP,
  FORGET,
  INSERT,
  LOAD,
  PREPARE,
  RECORD,
  REMOVE,
  REPLACE,
  SIZE,
  TAKE_TURN,
  WRITE_NOTE,
} from './redis-scripts.ts';
import type { Store } from './store.ts';

/**
 * Makes a store that lives in Redis or Valkey: all that is acknowledged is there, and the processes
 * that share it answer as one.
 *
 * What is refused with `STORE_UNAVAILABLE` while the connection breaks may have been done or not.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when the address is none, `STORE_UNAVAILABLE` when nothing
 * answers there within three seconds, or refuses to serve.
 */
export async function createRedisStore(url: string): Promise<Store> {
  const connection = await connectRedis(readRedisAddress(url));
  const call = createRedisCall(connection);
  return {
    ...items(call),
    ...turns(call),
    ...notes(call),
    ...journal(call),
    ...scopes(call),
    // How much there may be is for Redis to say.
    refusal: () => undefined,
    trouble: connection.trouble,
    close: connection.close,
  };
}

function items({
  command,
  script,
  change,
}: RedisCall): Pick<Store, 'get' | 'list' | 'insert' | 'replace' | 'remove'> {
  return {
    get: async ({ scope, collection }, key) => {
      const text = await command('HGET', itemsKey(scope, collection), encodeName(key));
      return text === null ? undefined : entryOf(key, String(text));
    },
    list: async ({ scope, collection }) =>
      entriesOf(await command('HGETALL', itemsKey(scope, collection))),
    insert: async ({ scope, collection }, key, stored) => {
      const reply = await change(
        scope,
        INSERT,
        [keyOf(scope, 'meta'), keyOf(scope, 'collections'), itemsKey(scope, collection)],
        [encodeName(collection), encodeName(key), restOf(stored)],
      );
      if (reply === null) return undefined;
      const version = Number(reply);
      return { key, text: stored.text, since: stored.since, version, order: version };
    },
    replace: async ({ scope, collection }, key, stored, version) => {
      const reply = await script(
        REPLACE,
        [keyOf(scope, 'meta'), itemsKey(scope, collection)],
        [encodeName(key), String(version), restOf(stored)],
      );
      if (reply === null) return undefined;
      const [newest = 0, order = 0] = listOf(reply).map(Number);
      return { key, text: stored.text, since: stored.since, version: newest, order };
    },
    remove: async (place, key, version) => {
      const { scope, collection } = place;
      const below = pathBelow(place, key);
      const first = below === undefined ? '' : encodeName(below);
      const reply = await script(
        REMOVE,
        [keyOf(scope, 'collections'), itemsKey(scope, collection)],
        [
          encodeName(key),
          String(version),
          encodeName(collection),
          itemsPrefix(scope),
          first,
          // No path is between those that begin with `…/` and `…0`, the next character.
          first.replace(/\/$/, '0'),
        ],
      );
      return reply === 1;
    },
  };
}

function turns({ change }: RedisCall): Pick<Store, 'count' | 'takeTurn'> {
  return {
    count: async (scope, counter) => {
      const keys = [keyOf(scope, 'meta'), keyOf(scope, 'counters')];
      return Number(await change(scope, COUNT, keys, [encodeName(counter)]));
    },
    takeTurn: async (scope, name, { limit, window }, now) => {
      const keys = [keyOf(scope, 'meta'), keyOf(scope, 'windows')];
      const values = [encodeName(name), String(limit), String(window), String(now)];
      return Number(await change(scope, TAKE_TURN, keys, values));
    },
  };
}

function notes({
  command,
  change,
}: RedisCall): Pick<Store, 'readNote' | 'writeNote' | 'listNotes'> {
  return {
    readNote: async (scope, name) => {
      const text = await command('HGET', keyOf(scope, 'notes'), encodeName(name));
      return text === null ? undefined : jsonOf(text);
    },
    writeNote: async (scope, name, note) => {
      const key = keyOf(scope, 'notes');
      if (note === undefined) await command('HDEL', key, encodeName(name));
      else {
        const values = [encodeName(name), JSON.stringify(note)];
        await change(scope, WRITE_NOTE, [keyOf(scope, 'meta'), key], values);
      }
    },
    listNotes: async (scope) => namesOf(await command('HKEYS', keyOf(scope, 'notes'))),
  };
}

function journal({
  command,
  change,
}: RedisCall): Pick<Store, 'record' | 'readRecords' | 'clearRecords'> {
  return {
    record: async (scope, line, limit) => {
      if (limit < 1) return;
      const keys = [keyOf(scope, 'meta'), keyOf(scope, 'journal')];
      await change(scope, RECORD, keys, [JSON.stringify(line), String(limit)]);
    },
    readRecords: async (scope) =>
      listOf(await command('LRANGE', keyOf(scope, 'journal'), '0', '-1')).map(jsonOf),
    clearRecords: async (scope) => {
      await command('DEL', keyOf(scope, 'journal'));
    },
  };
}

function scopes({
  command,
  script,
  fill,
}: RedisCall): Pick<Store, 'prepare' | 'dump' | 'load' | 'forget' | 'listScopes'> {
  return {
    prepare: async (scope, initial) => {
      const meta = keyOf(scope, 'meta');
      // The script asks again; this saves sending much for nothing.
      if ((await command('HEXISTS', meta, 'prepared')) === 1) return;
      const keys = [meta, keyOf(scope, 'collections')];
      await fill(scope, PREPARE, keys, [itemsPrefix(scope), ...fillingOf(initial)]);
    },
    dump: async (scope) => {
      const keys = [keyOf(scope, 'collections')];
      const values = [itemsPrefix(scope)];
      const size = Number(await script(SIZE, keys, values));
      return dumpOf(await script(DUMP, keys, values, size));
    },
    load: async (scope, dump) => {
      const keys = [keyOf(scope, 'meta'), keyOf(scope, 'collections')];
      await fill(scope, LOAD, keys, [itemsPrefix(scope), ...fillingOf(dump)]);
    },
    forget: async (scope) => {
      const kinds = ['collections', 'meta', 'counters', 'windows', 'notes', 'journal'] as const;
      const keys = kinds.map((kind) => keyOf(scope, kind));
      // In this order, see `change`.
      await Promise.all([
        command('SREM', SCOPES, encodeName(scope)),
        script(FORGET, keys, [itemsPrefix(scope)]),
      ]);
    },
    listScopes: async () => namesOf(await command('SMEMBERS', SCOPES)),
  };
}

function listOf(reply: Reply): readonly Reply[] {
  return Array.isArray(reply) ? reply : [];
}

/** Names in a fixed order, for Redis keeps none. */
function namesOf(reply: Reply): string[] {
  return listOf(reply)
    .map((name) => decodeName(String(name)))
    .sort();
}

function jsonOf(text: Reply): Json {
  return JSON.parse(String(text)) as Json;
}
