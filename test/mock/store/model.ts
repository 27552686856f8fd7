import type { Json } from '../../../src/json.ts';
import type { Dump, Entry, Place, Store } from '../../../src/mock/store/store.ts';

interface Row extends Entry, Place {}

/** A store that is as plain as can be: one list of everything, which is searched. */
export function createModel(): Store {
  let rows: Row[] = [];
  let prepared: string[] = [];
  let notes: { scope: string; name: string; note: Json }[] = [];
  let records: { scope: string; line: Json }[] = [];
  /** All that has been counted, a version of a scope too. */
  let counted: { scope: string; counter: string }[] = [];
  let turns: { scope: string; name: string; start: number }[] = [];
  let scopes = new Set<string>();

  const count = (scope: string, counter: string) => {
    scopes.add(scope);
    counted.push({ scope, counter });
    return counted.filter((each) => each.scope === scope && each.counter === counter).length;
  };
  const isAt = (place: Place) => (row: Row) =>
    row.scope === place.scope && row.collection === place.collection;
  const find = (place: Place, key: string) =>
    rows.filter(isAt(place)).find((row) => row.key === key);
  const load = (scope: string, dump: Dump) => {
    scopes.add(scope);
    rows = rows.filter((row) => row.scope !== scope);
    prepared.push(scope);
    for (const [collection, list] of Object.entries(dump)) {
      for (const item of list) {
        const version = count(scope, ' version');
        rows.push({ ...item, scope, collection, version, order: version });
      }
    }
  };

  return {
    get: (place, key) => entryOf(find(place, key)),
    list: (place) => rows.filter(isAt(place)).flatMap((row) => entryOf(row) ?? []),
    insert: (place, key, stored) => {
      if (find(place, key)) return undefined;
      const version = count(place.scope, ' version');
      rows.push({ ...stored, ...place, key, version, order: version });
      return entryOf(rows.at(-1));
    },
    replace: (place, key, stored, version) => {
      const old = find(place, key);
      if (old?.version !== version) return undefined;
      const row = { ...old, ...stored, version: count(place.scope, ' version') };
      rows = rows.map((each) => (each === old ? row : each));
      return entryOf(row);
    },
    remove: (place, key, version) => {
      const old = find(place, key);
      if (old?.version !== version) return false;
      const isBelow = (row: Row) =>
        row.scope === place.scope &&
        row.collection.startsWith(`${place.collection}/${encodeURIComponent(key)}/`);
      rows = rows.filter((row) => row !== old && !isBelow(row));
      return true;
    },
    count,
    takeTurn: (scope, name, { limit, window }, now) => {
      scopes.add(scope);
      const taken = turns.filter((turn) => turn.scope === scope && turn.name === name);
      const start = taken.at(-1)?.start ?? Number.NaN;
      const isRunning = now >= start && now < start + window;
      if (isRunning && taken.filter((turn) => turn.start === start).length >= limit) {
        return start + window - now;
      }
      if (!isRunning) turns = turns.filter((turn) => !taken.includes(turn));
      turns.push({ scope, name, start: isRunning ? start : now });
      return 0;
    },
    readNote: (scope, name) =>
      notes.find((each) => each.scope === scope && each.name === name)?.note,
    writeNote: (scope, name, note) => {
      notes = notes.filter((each) => each.scope !== scope || each.name !== name);
      if (note === undefined) return;
      scopes.add(scope);
      notes.push({ scope, name, note });
    },
    listNotes: (scope) => notes.filter((each) => each.scope === scope).map(({ name }) => name),
    record: (scope, line) => {
      scopes.add(scope);
      records.push({ scope, line });
    },
    readRecords: (scope) => records.filter((each) => each.scope === scope).map(({ line }) => line),
    clearRecords: (scope) => {
      records = records.filter((each) => each.scope !== scope);
    },
    prepare: (scope, initial) => {
      if (prepared.includes(scope)) return;
      if (rows.every((row) => row.scope !== scope)) load(scope, initial);
      prepared.push(scope);
    },
    load,
    dump: (scope) => {
      const own = rows.filter((row) => row.scope === scope);
      const itemsOf = (path: string) =>
        own
          .filter((row) => row.collection === path)
          .map(({ key, text, since }) => ({ key, text, since }));
      return Object.fromEntries(own.map(({ collection }) => [collection, itemsOf(collection)]));
    },
    forget: (scope) => {
      const isOther = (each: { readonly scope: string }) => each.scope !== scope;
      rows = rows.filter(isOther);
      notes = notes.filter(isOther);
      records = records.filter(isOther);
      counted = counted.filter(isOther);
      turns = turns.filter(isOther);
      prepared = prepared.filter((each) => each !== scope);
      scopes = new Set([...scopes].filter((each) => each !== scope));
    },
    listScopes: () => [...scopes],
    refusal: () => undefined,
    trouble: () => undefined,
    close: () => undefined,
  };
}

function entryOf(row: Row | undefined): Entry | undefined {
  if (!row) return undefined;
  const { scope: _, collection: __, ...entry } = row;
  return entry;
}
