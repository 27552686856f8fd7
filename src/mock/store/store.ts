import type { Json } from '../../json.ts';

/** A value, or the promise of one: memory answers at once, a server after a while. */
export type Maybe<T> = T | Promise<T>;

/** Goes on with a value: at once where it is there, so that what memory answers waits for nothing. */
export function chain<T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Where items lie: a scope, and the path of the collection in it, such as `/pets/7/toys`. */
export interface Place {
  readonly scope: string;
  readonly collection: string;
}

/** What is remembered of an item. */
export interface Stored {
  /** The item as JSON: what travels. Most items are never looked into after they were made. */
  readonly text: string;
  /** When the item came into its present state, in milliseconds since 1970 by the scope's clock. */
  readonly since: number;
}

/** An item in its collection. */
export interface Entry extends Stored {
  readonly key: string;
  /** Another one after every change; unique in its scope. */
  readonly version: number;
  /** Items are listed in this order, that of their creation. */
  readonly order: number;
}

/** All items of a scope, by collection, in the order of their creation. */
export type Dump = Readonly<Record<string, readonly (Stored & { readonly key: string })[]>>;

/**
 * What the mock remembers. Each function is atomic, also among processes that share a store.
 *
 * @throws {ExactMatchError} `STORE_UNAVAILABLE`, from each function, while the store cannot be reached.
 */
export interface Store {
  readonly get: (place: Place, key: string) => Maybe<Entry | undefined>;
  readonly list: (place: Place) => Maybe<readonly Entry[]>;
  /** Adds an item; `undefined` when the key is taken. */
  readonly insert: (place: Place, key: string, stored: Stored) => Maybe<Entry | undefined>;
  /** Replaces an item that still has that version; `undefined` when it has changed or is gone. */
  readonly replace: (
    place: Place,
    key: string,
    stored: Stored,
    version: number,
  ) => Maybe<Entry | undefined>;
  /** Removes an item that still has that version, and every collection below it. */
  readonly remove: (place: Place, key: string, version: number) => Maybe<boolean>;

  /** The next number of a counter of a scope, from 1. */
  readonly count: (scope: string, counter: string) => Maybe<number>;
  /**
   * Takes one of `limit` turns in a window; returns 0, or the milliseconds until the window ends. A
   * window begins with its first turn, at `now`, in milliseconds since 1970.
   */
  readonly takeTurn: (
    scope: string,
    name: string,
    rule: { readonly limit: number; readonly window: number },
    now: number,
  ) => Maybe<number>;

  /** A note of a scope: settings, a snapshot. */
  readonly readNote: (scope: string, name: string) => Maybe<Json | undefined>;
  readonly writeNote: (scope: string, name: string, note: Json | undefined) => Maybe<void>;
  readonly listNotes: (scope: string) => Maybe<readonly string[]>;

  /** Adds to the journal of a scope, which keeps at least the last `limit` lines, and not many more. */
  readonly record: (scope: string, line: Json, limit: number) => Maybe<void>;
  /** The journal, the oldest line first. */
  readonly readRecords: (scope: string) => Maybe<readonly Json[]>;
  readonly clearRecords: (scope: string) => Maybe<void>;

  /** Fills a scope that nobody has filled before and that is empty; the first of several callers wins. */
  readonly prepare: (scope: string, initial: Dump) => Maybe<void>;
  /** All items of a scope. */
  readonly dump: (scope: string) => Maybe<Dump>;
  /** Replaces all items of a scope. */
  readonly load: (scope: string, dump: Dump) => Maybe<void>;
  /** Forgets a scope: its items, counters, turns, notes and journal. */
  readonly forget: (scope: string) => Maybe<void>;
  readonly listScopes: () => Maybe<readonly string[]>;
  /**
   * Why a new scope cannot be begun, as a sentence; `undefined` when it can, or is there. What writes
   * to such a scope throws `OPTION_INVALID`.
   */
  readonly refusal: (scope: string) => string | undefined;

  /** What is wrong with the store, as a sentence; `undefined` when nothing is. */
  readonly trouble: () => string | undefined;
  readonly close: () => Maybe<void>;
}
