import type { Finding } from '../finding.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isEqual } from '../schema/equal.ts';
import { schemasOfProperty } from '../schema/members.ts';
import { type Operation, operationAt } from '../spec/operation.ts';
import { append } from '../spec/pointer.ts';
import { type Binding, extended } from './binding.ts';
import type { Owned } from './created.ts';
import type { Draft } from './draft.ts';
import { valueAt } from './edit.ts';
import { providerFinding } from './finding.ts';
import { placesOf } from './place.ts';
import { isDraft, minimalDraft } from './right-draft.ts';
import type { Answered, Run } from './run.ts';

/** An item that the probe created, and what was written into it. */
export interface Item {
  readonly owned: Owned;
  readonly written: JsonObject;
  /** Names of the members whose texts nobody else has written. */
  readonly names: readonly string[];
}

/** Where an item is: of the same item always the same, so that a line that does it again makes it once. */
function bindingOf(owned: Owned): Binding {
  const { collection, parents, key } = owned;
  return extended(parents, collection.parameter, { value: key, origin: 'owned', owned });
}

/** A request about an item: with what is required and no more; `undefined` where none can be made. */
export function itemDraft(run: Run, owned: Owned, method: string): Draft | undefined {
  const operation = operationAt(run.spec, method, owned.collection.itemTemplate);
  const draft = operation && minimalDraft(run, operation, bindingOf(owned));
  return draft && isDraft(draft) ? draft : undefined;
}

/** The item in an answer, out of what wraps it as it did when it was created. */
export function itemIn({ body }: Answered, { taken }: Owned): JsonObject | undefined {
  if (body === undefined) return undefined;
  const inner = taken.from === 'body' ? valueAt(body, taken.way.slice(0, -1)) : body;
  return isObject(inner) ? inner : isObject(body) ? body : undefined;
}

/** Names of what services change by themselves. */
const VOLATILE = /stat(?:e|us)|phase|updated|modified|version|etag|count|token|secret|password/i;

/** The members of what was written that came back as they were: those are kept verbatim. */
export function keptIn(run: Run, { owned, written }: Item, shown: JsonObject): readonly string[] {
  const { collection } = owned;
  const places = placesOf(run.spec, collection.schema, shown);
  return Object.keys(written).filter((name) => {
    const place = places.find(({ way }) => way.length === 1 && way[0] === name);
    const isListed = place?.keywords.some((keywords) => keywords['enum'] !== undefined) === true;
    if (name === collection.key || VOLATILE.test(name) || isListed) return false;
    return Object.hasOwn(shown, name) && isEqual(shown[name] ?? null, written[name] ?? null);
  });
}

/** The findings for members that are read with another value than they should have. */
export function staleMembers(
  run: Run,
  { collection }: Owned,
  operation: Operation,
  {
    wanted,
    shown,
    when,
  }: { readonly wanted: JsonObject; readonly shown: JsonObject; readonly when: string },
): readonly Finding[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const read = Object.hasOwn(shown, name) ? shown[name] : undefined;
    if (read !== undefined && isAlike(read, value)) return [];
    const [property] = schemasOfProperty(run.spec, collection.schema, name);
    const found = read === undefined ? 'nothing' : JSON.stringify(read);
    const text = `${operation.method} ${operation.path} has ${found} for \`${name}\` ${when}: it was given ${JSON.stringify(value)}.`;
    const details = { at: append('', name), expected: value, actual: read };
    return [providerFinding('provider.item.stale', text, property ?? operation.node, details)];
  });
}

/** Spaces around a text and its case may be evened out. */
function isAlike(read: Json, written: Json): boolean {
  if (typeof read !== 'string' || typeof written !== 'string') return isEqual(read, written);
  return read.trim().toLowerCase() === written.trim().toLowerCase();
}

/** The finding for an item that answers under the key of another. */
export function otherItem(
  { collection, key }: Pick<Owned, 'collection' | 'key'>,
  operation: Operation,
  shown: JsonObject,
): readonly Finding[] {
  const read = Object.hasOwn(shown, collection.key) ? shown[collection.key] : undefined;
  if (read === undefined || String(read).toLowerCase() === String(key).toLowerCase()) return [];
  const text = `${operation.method} ${operation.path} was asked for ${JSON.stringify(key)} and answers with the item ${JSON.stringify(read)}.`;
  const details = { at: append('', collection.key), expected: key, actual: read };
  return [providerFinding('provider.item.stale', text, operation.node, details)];
}

/** Tells whether an item is as it was, but for what services change by themselves. */
export function isUnchanged(before: JsonObject, now: JsonObject): boolean {
  return Object.keys(before).every(
    (name) => VOLATILE.test(name) || isEqual(before[name] ?? null, now[name] ?? null),
  );
}
