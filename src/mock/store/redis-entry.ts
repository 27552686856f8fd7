import type { JsonObject } from '../../json.ts';
import type { Reply } from './redis-client.ts';
import { decodeName, encodeName } from './redis-key.ts';
import type { Dump, Entry, Stored } from './store.ts';

/** An item as Redis keeps it: JSON of `v` (version), `o` (order), `s` (since) and `value`. */
interface Text {
  readonly v: number;
  readonly o: number;
  readonly s: number;
  readonly value: JsonObject;
}

/** The text of an item behind version and order, which the scripts put before it. */
export function restOf({ value, since }: Stored): string {
  return `"s":${JSON.stringify(since)},"value":${JSON.stringify(value)}}`;
}

/** Reads the text of an item. */
export function entryOf(key: string, text: string): Entry {
  // Nobody but the scripts has written it.
  const { v, o, s, value } = JSON.parse(text) as Text;
  return { key, value, since: s, version: v, order: o };
}

/** Reads the reply of `HGETALL`: keys and texts by turns. Gives the items in their order. */
export function entriesOf(reply: Reply): Entry[] {
  return pairsOf(reply)
    .map(([key, text]) => entryOf(decodeName(String(key)), String(text)))
    .sort((one, other) => one.order - other.order);
}

/** Reads the reply of the script `DUMP`, the collection with the oldest item first. */
export function dumpOf(reply: Reply): Dump {
  const collections = pairsOf(reply)
    .map(([path, list]) => ({ path: decodeName(String(path)), entries: entriesOf(list) }))
    .sort((one, other) => (one.entries[0]?.order ?? 0) - (other.entries[0]?.order ?? 0));
  return Object.fromEntries(
    collections.map(({ path, entries }) => [
      path,
      entries.map(({ key, value, since }) => ({ key, value, since })),
    ]),
  );
}

/** The arguments from which the scripts fill a scope. */
export function fillingOf(dump: Dump): string[] {
  return Object.entries(dump).flatMap(([path, list]) => [
    encodeName(path),
    String(list.length),
    ...list.flatMap((item) => [encodeName(item.key), restOf(item)]),
  ]);
}

function pairsOf(reply: Reply): [Reply, Reply][] {
  const list = Array.isArray(reply) ? reply : [];
  return Array.from({ length: list.length / 2 }, (_, index) => [
    list[index * 2],
    list[index * 2 + 1],
  ]);
}
