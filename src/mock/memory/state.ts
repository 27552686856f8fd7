import { type Collection, type Resource, resourceOf } from '../../check/resource.ts';
import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { judgeValue } from '../../schema/judge.ts';
import { jsonLocator } from '../../spec/json-text.ts';
import { tokens } from '../../spec/pointer.ts';
import { findRoute } from '../../spec/route.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { itemOf, toStored } from '../store/item.ts';
import type { Dump } from '../store/store.ts';
import { pathOf } from './context.ts';

/** What a mock remembers: items by the path of their collection, and single ones by their own path. */
export type State = Readonly<Record<string, readonly JsonObject[] | JsonObject>>;

/** The key of what is the only one at its path. */
const SINGLE = '';

/** The state in a dump: what people read and write. */
export function toState(dump: Dump): State {
  return Object.fromEntries(
    Object.entries(dump).map(([path, entries]) => {
      const [first] = entries;
      return first?.key === SINGLE ? [path, itemOf(first)] : [path, entries.map(itemOf)];
    }),
  );
}

/** The file that a state was read from. */
export interface StateSource {
  readonly file: string;
  readonly text: string;
}

/**
 * The dump of a state, each item held to the document.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, naming the path, the item and what is wrong with it, and
 * line and column where the state was read from a file.
 */
export function toDump(spec: Spec, state: unknown, now: number, source?: StateSource): Dump {
  try {
    return readState(spec, state, now);
  } catch (cause) {
    throw cause instanceof Mistake ? errorOf(cause, source) : cause;
  }
}

function readState(spec: Spec, state: unknown, now: number): Dump {
  // What was given in process or read from a file is JSON at most.
  const given = state as Json;
  if (!isObject(given))
    throw new Mistake([], 'it must be an object: paths of collections, each with a list of items');
  const dump: Record<string, Dump[string]> = {};
  for (const [path, items] of Object.entries(given)) {
    const { path: normal, entries } = readPath(spec, path, items, now);
    dump[normal] = entries;
  }
  return dump;
}

/** What is wrong with a state, and the way that leads there. */
class Mistake extends Error {
  readonly place: readonly string[];
  constructor(place: readonly string[], reason: string) {
    super(reason);
    this.place = place;
  }
}

function errorOf({ place, message }: Mistake, source: StateSource | undefined): ExactMatchError {
  const [path, index] = place;
  const where = path === undefined ? '' : ` at ${path}${index === undefined ? '' : ` [${index}]`}`;
  if (!source)
    return new ExactMatchError('OPTION_INVALID', `The state is wrong${where}: ${message}.`);
  const { line, column } = jsonLocator(source.text)(place);
  const file = `"${source.file}", line ${line}, column ${column}`;
  return new ExactMatchError(
    'OPTION_INVALID',
    `The seed data in ${file} is wrong${where}: ${message}.`,
  );
}

function readPath(
  spec: Spec,
  path: string,
  items: Json,
  since: number,
): { readonly path: string; readonly entries: Dump[string] } {
  const { resource, place = path } = findPlace(spec, path) ?? {};
  if (resource?.kind === 'single') {
    if (!isObject(items)) throw new Mistake([path], 'it must be an object: there is only one');
    hold(spec, resource.schema, items, [path]);
    return { path: place, entries: [{ key: SINGLE, ...toStored(items, since) }] };
  }
  if (resource?.kind !== 'collection') {
    throw new Mistake([path], 'no collection of the document has this path');
  }
  if (!isArray(items)) throw new Mistake([path], 'it must be a list of items');
  const keys = new Set<string>();
  const entries = items.map((item, index) => {
    const at = [path, String(index)];
    const { key, value } = readItem(spec, resource.collection, item, at);
    if (keys.has(key)) throw new Mistake(at, `the key "${key}" is there twice`);
    keys.add(key);
    return { key, ...toStored(value, since) };
  });
  return { path: place, entries };
}

function readItem(
  spec: Spec,
  { schema, key: property }: Collection,
  item: Json,
  place: readonly string[],
): { readonly key: string; readonly value: JsonObject } {
  if (!isObject(item)) throw new Mistake(place, 'it must be an object');
  hold(spec, schema, item, place);
  const key = item[property];
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new Mistake(place, `it has no key: "${property}" must be there`);
  }
  return { key: String(key), value: item };
}

function hold(spec: Spec, schema: Node, value: JsonObject, place: readonly string[]): void {
  const options = { direction: 'response', strict: false } as const;
  const [violation] = judgeValue(spec, schema, value, options);
  if (!violation) return;
  const { pointer, text } = violation;
  throw new Mistake([...place, ...(tokens(pointer) ?? [])], `${pointer || 'the item'} ${text}`);
}

interface Found {
  readonly resource: Resource | undefined;
  /** The path as the memory has it: without base path, each value encoded in one way. */
  readonly place: string;
}

function findPlace(spec: Spec, path: string): Found | undefined {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    const route = findRoute(spec, method, path);
    if (route.kind !== 'found') continue;
    const values = Object.entries(route.pathParameters).map(([name, raw]) => [
      name,
      decodeURIComponent(raw),
    ]);
    const { operation } = route;
    const place = pathOf(operation.path, Object.fromEntries(values));
    return { resource: resourceOf(spec, operation), place };
  }
  return undefined;
}
