import type { Reply } from './redis-client.ts';
import { decodeName, encodeName } from './redis-key.ts';
import type { Dump, Entry, Stored } from './store.ts';

/** An item as Redis keeps it: JSON of `v` (version), `o` (order), `s` (since) and `value`. */
const KEPT = /^\{"v":(\d+),"o":(\d+),"s":([^,]+),"value":/;

/** The text of an item behind version and order, which the scripts put before it. */
export function restOf({ text, since }: Stored): string {
  return `"s":${JSON.stringify(since)},"value":${text}}`;
}

/** Reads the text of an item. */
export function entryOf(key: string, kept: string): Entry {
  // Nobody but the scripts has written it.
  const [head = '', version, order, since] = KEPT.exec(kept) ?? [];
  return {
    key,
    text: kept.slice(head.length, -1),
    since: Number(since),
    version: Number(version),
    order: Number(order),
  };
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
      entries.map(({ key, text, since }) => ({ key, text, since })),
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
