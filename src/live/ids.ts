import { type Collection, listOf } from '../check/resource.ts';
import { isArray, isObject, type Json, own } from '../json.ts';
import { type Operation, operationAt } from '../spec/operation.ts';
import type { Binding } from './binding.ts';
import { extended } from './binding.ts';
import type { Owned } from './created.ts';
import { creationDraft, creatorOf, ownedBy, pathOf } from './creation.ts';
import { isDraft, minimalDraft } from './right-draft.ts';
import { type Answered, isSuccess, type Run } from './run.ts';
import { itemTrace } from './trace.ts';

/** Knows the keys of items. */
export interface Ids {
  /** An item that the probe created and that is still there; it creates one where it can. */
  readonly own: (collection: Collection, parents: Binding) => Promise<Owned | undefined>;
  /** An item beside one, created for whoever asks and for nobody else. */
  readonly fresh: (owned: Owned) => Promise<Owned | undefined>;
  /** The keys that the collection's list has, first page. */
  readonly learn: (collection: Collection, parents: Binding) => Promise<readonly Json[]>;
  /** What a link of an earlier answer gives for a path parameter. */
  readonly linked: (operation: Operation, parameter: string) => Json | undefined;
  /** Keeps what a link gives. */
  readonly link: (operation: string, parameter: string, value: Json) => void;
  /** A text that no other value of this run has. */
  readonly salt: () => string;
}

/** Makes a memory of keys for a run. */
export function createIds(run: () => Run): Ids {
  const owned = new Map<string, Promise<Owned | undefined>>();
  const learned = new Map<string, Promise<readonly Json[]>>();
  const links = new Map<string, Json>();
  // Two runs with one seed must not collide in what the first could not delete.
  const start = Date.now().toString(36);
  let count = 0;
  const ids: Ids = {
    own: async (collection, parents) => {
      const key = pathOf(collection.template, parents);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const making = owned.get(key) ?? create(run(), ids, collection, parents);
        owned.set(key, making);
        const item = await making;
        if (!item || isThere(run(), item)) return item;
        owned.delete(key);
      }
      return undefined;
    },
    fresh: ({ collection, parents }) => create(run(), ids, collection, parents),
    learn: (collection, parents) => {
      const key = pathOf(collection.template, parents);
      const known = learned.get(key) ?? list(run(), collection, parents);
      learned.set(key, known);
      return known;
    },
    linked: (operation, parameter) => links.get(`${operation.id}\n${parameter}`),
    link: (operation, parameter, value) => links.set(`${operation}\n${parameter}`, value),
    salt: () => {
      count += 1;
      return `${start}${count}`;
    },
  };
  return ids;
}

/** Tells whether an item that was created has not been deleted since. */
export function isThere(run: Run, { collection, parents, key }: Owned): boolean {
  const binding = extended(parents, collection.parameter, { value: key, origin: 'owned' });
  return run.created.has(pathOf(collection.itemTemplate, binding));
}

/** With what is required; where that is refused, with all that there may be. */
async function create(
  run: Run,
  ids: Ids,
  collection: Collection,
  parents: Binding,
): Promise<Owned | undefined> {
  if (!creatorOf(run.spec, collection)) return undefined;
  for (const extent of ['minimal', 'full'] as const) {
    const made = creationDraft(run, collection, parents, { salt: ids.salt(), extent });
    if (!('draft' in made)) return undefined;
    const { draft } = made;
    const what = 'to have an item of its own';
    const answer = await run.perform({ draft, what, expects: 'success' });
    const isMade = answer && isSuccess(answer);
    const owned = isMade ? ownedBy(run, collection, parents, draft, answer) : undefined;
    if (owned) run.created.add(itemTrace(run, owned));
    if (isMade) return owned;
  }
  return undefined;
}

async function list(run: Run, collection: Collection, parents: Binding): Promise<readonly Json[]> {
  const operation = operationAt(run.spec, 'GET', collection.template);
  const draft = operation && minimalDraft(run, operation, parents);
  if (!draft || !isDraft(draft)) return [];
  const answer = await run.perform({ draft, what: 'to learn what is there', expects: 'success' });
  return answer && isSuccess(answer) ? keysIn(run, collection, draft.operation, answer) : [];
}

/** The keys of the items in a list. */
export function keysIn(
  run: Run,
  { key }: Collection,
  operation: Operation,
  { body }: Answered,
): readonly Json[] {
  return itemsIn(run, operation, body).flatMap((item) => {
    const value = isObject(item) ? own(item, key) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? [value] : [];
  });
}

/** The items of a list, however it travels. */
export function itemsIn(run: Run, operation: Operation, body: Json | undefined): readonly Json[] {
  const shape = listOf(run.spec, operation);
  if (!shape || body === undefined) return [];
  const items =
    shape.property === undefined ? body : isObject(body) ? own(body, shape.property) : [];
  return isArray(items) ? items : [];
}
