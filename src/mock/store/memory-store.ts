import { ExactMatchError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { pathBelow } from './place.ts';
import type { Dump, Entry, Place, Store } from './store.ts';

/** What one scope remembers. */
interface Room {
  readonly collections: Map<string, Map<string, Entry>>;
  readonly counters: Map<string, number>;
  readonly windows: Map<string, { start: number; taken: number }>;
  readonly notes: Map<string, Json>;
  records: Json[];
  version: number;
  isPrepared: boolean;
  /** The version that it had when it was prepared: with the same one, all items are those of the seed. */
  preparedAt: number;
}

/** So many scopes are remembered; what they hold stays, so that no more can be begun. */
const SCOPES = 1_000;

/** Makes a store that lives in this process and ends with it. */
export function createMemoryStore(): Store {
  const rooms = new Map<string, Room>();
  const roomOf = (scope: string): Room => {
    let room = rooms.get(scope);
    if (!room) {
      const reason = refusal(scope);
      if (reason !== undefined) throw new ExactMatchError('OPTION_INVALID', reason);
      room = emptyRoom();
      rooms.set(scope, room);
    }
    return room;
  };
  const refusal = (scope: string): string | undefined => {
    if (rooms.size < SCOPES || rooms.has(scope)) return undefined;
    // A scope as it is at its start can be made again when somebody comes back to it.
    for (const [name, room] of rooms) if (isUntouched(room)) rooms.delete(name);
    if (rooms.size < SCOPES) return undefined;
    return `The scope "${scope}" cannot be begun: there are ${SCOPES} already, as many as are remembered in this process. Reset those that are done with, or start the mock with a store in Redis.`;
  };
  const collectionOf = ({ scope, collection }: Place) =>
    rooms.get(scope)?.collections.get(collection);

  return {
    ...items(roomOf, collectionOf),
    ...turns(roomOf),
    ...journal(rooms, roomOf),
    prepare: (scope, initial) => {
      const room = roomOf(scope);
      if (room.isPrepared) return;
      const isEmpty = [...room.collections.values()].every(({ size }) => size === 0);
      if (isEmpty) fill(room, initial);
      room.isPrepared = true;
      room.preparedAt = room.version;
    },
    dump: (scope) => dumpOf(rooms.get(scope)),
    load: (scope, dump) => {
      const room = roomOf(scope);
      room.isPrepared = true;
      fill(room, dump);
    },
    forget: (scope) => {
      rooms.delete(scope);
    },
    listScopes: () => [...rooms.keys()],
    refusal,
    trouble: () => undefined,
    close: () => rooms.clear(),
  };
}

function emptyRoom(): Room {
  return {
    collections: new Map(),
    counters: new Map(),
    windows: new Map(),
    notes: new Map(),
    records: [],
    version: 0,
    isPrepared: false,
    preparedAt: 0,
  };
}

function isUntouched(room: Room): boolean {
  const { counters, windows, notes, records, version, preparedAt } = room;
  const isUnused = counters.size === 0 && windows.size === 0 && records.length === 0;
  return isUnused && notes.size === 0 && version === preparedAt;
}

type RoomOf = (scope: string) => Room;

function items(
  roomOf: RoomOf,
  collectionOf: (place: Place) => Map<string, Entry> | undefined,
): Pick<Store, 'get' | 'list' | 'insert' | 'replace' | 'remove'> {
  return {
    get: (place, key) => collectionOf(place)?.get(key),
    list: (place) => [...(collectionOf(place)?.values() ?? [])],
    insert: ({ scope, collection }, key, { text, since }) => {
      const room = roomOf(scope);
      let entries = room.collections.get(collection);
      if (!entries) {
        entries = new Map();
        room.collections.set(collection, entries);
      }
      if (entries.has(key)) return undefined;
      room.version += 1;
      const entry = { key, text, since, version: room.version, order: room.version };
      entries.set(key, entry);
      return entry;
    },
    replace: (place, key, { text, since }, version) => {
      const entries = collectionOf(place);
      const old = entries?.get(key);
      if (!entries || old?.version !== version) return undefined;
      const room = roomOf(place.scope);
      room.version += 1;
      const entry = { key, text, since, version: room.version, order: old.order };
      entries.set(key, entry);
      return entry;
    },
    remove: (place, key, version) => {
      const entries = collectionOf(place);
      if (entries?.get(key)?.version !== version) return false;
      entries.delete(key);
      const below = pathBelow(place, key);
      if (below === undefined) return true;
      const { collections } = roomOf(place.scope);
      for (const path of collections.keys()) if (path.startsWith(below)) collections.delete(path);
      return true;
    },
  };
}

function turns(roomOf: RoomOf): Pick<Store, 'count' | 'takeTurn'> {
  return {
    count: (scope, counter) => {
      const { counters } = roomOf(scope);
      const number = (counters.get(counter) ?? 0) + 1;
      counters.set(counter, number);
      return number;
    },
    takeTurn: (scope, name, { limit, window }, now) => {
      const { windows } = roomOf(scope);
      let current = windows.get(name);
      // A clock that was set back begins a window too.
      if (!current || now >= current.start + window || now < current.start) {
        current = { start: now, taken: 0 };
        windows.set(name, current);
      }
      if (current.taken >= limit) return current.start + window - now;
      current.taken += 1;
      return 0;
    },
  };
}

function journal(
  rooms: ReadonlyMap<string, Room>,
  roomOf: RoomOf,
): Pick<Store, 'readNote' | 'writeNote' | 'listNotes' | 'record' | 'readRecords' | 'clearRecords'> {
  return {
    readNote: (scope, name) => rooms.get(scope)?.notes.get(name),
    writeNote: (scope, name, note) => {
      if (note === undefined) rooms.get(scope)?.notes.delete(name);
      else roomOf(scope).notes.set(name, note);
    },
    listNotes: (scope) => [...(rooms.get(scope)?.notes.keys() ?? [])],
    record: (scope, line, limit) => {
      if (limit < 1) return;
      const room = roomOf(scope);
      room.records.push(line);
      // Cut in one go and seldom: taking off the first line each time would move all others.
      if (room.records.length >= limit * 1.25) room.records = room.records.slice(-limit);
    },
    readRecords: (scope) => [...(rooms.get(scope)?.records ?? [])],
    clearRecords: (scope) => {
      const room = rooms.get(scope);
      if (room) room.records = [];
    },
  };
}

function fill(room: Room, dump: Dump): void {
  room.collections.clear();
  for (const [path, list] of Object.entries(dump)) {
    const entries = new Map<string, Entry>();
    for (const { key, text, since } of list) {
      room.version += 1;
      entries.set(key, { key, text, since, version: room.version, order: room.version });
    }
    room.collections.set(path, entries);
  }
}

function dumpOf(room: Room | undefined): Dump {
  const collections = [...(room?.collections ?? [])].filter(([, entries]) => entries.size > 0);
  return Object.fromEntries(
    collections.map(([path, entries]) => [
      path,
      [...entries.values()].map(({ key, text, since }) => ({ key, text, since })),
    ]),
  );
}
