import { isArray, isObject, type Json } from '../json.ts';

/** What a JSON file of messages looks like. */
export interface Shape {
  /** The names that lead to the array of them. */
  readonly path: readonly string[];
  /** What each of them is called. */
  readonly item: 'entry' | 'exchange';
  /** What is wrong with a value in which the array was not found; the rest of a sentence. */
  readonly describe: (value: Json) => string;
}

/** HTTP Archive, 1.1 and 1.2. */
export const HAR: Shape = {
  path: ['log', 'entries'],
  item: 'entry',
  describe: (value) => {
    if (!isObject(value)) return `it is ${kindOf(value)}, and a HAR is an object`;
    const { log } = value;
    if (log === undefined) return `it has no "log", only ${namesOf(value)}`;
    if (!isObject(log)) return `its "log" is ${kindOf(log)}, not an object`;
    const { entries } = log;
    if (entries === undefined) return `its "log" has no "entries", only ${namesOf(log)}`;
    return `its "log.entries" is ${kindOf(entries)}, not an array`;
  },
};

/** A list of exchanges. */
export const EXCHANGES: Shape = {
  path: [],
  item: 'exchange',
  describe: (value) => `it is ${kindOf(value)}, not an array of exchanges`,
};

/** What a JSON value is, in words. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

function namesOf(value: object): string {
  const names = Object.keys(value);
  if (names.length === 0) return 'nothing';
  const listed = names.slice(0, 8).map((name) => `"${name.slice(0, 40)}"`);
  return listed.join(', ') + (names.length > listed.length ? ', …' : '');
}
