import { isArray, isObject, type Json } from '../../json.ts';
import type { FieldStep } from './field-path.ts';

/** What a consumer reads of a value: which members and items, and what it asks of them. */
export interface FieldTree {
  readonly members: Map<string, FieldTree>;
  /** Of every item. */
  items: FieldTree | undefined;
  /** Of items that have a place of their own. */
  readonly places: Map<number, FieldTree>;
  /** A value that somebody has given: to be found exactly so, or as an example. */
  given: { readonly kind: 'equal' | 'like'; readonly value: Json } | undefined;
}

/** Makes a tree that reads nothing yet. */
export function newFieldTree(): FieldTree {
  return { members: new Map(), items: undefined, places: new Map(), given: undefined };
}

/** Adds a field by the way to it. */
export function addField(tree: FieldTree, steps: readonly FieldStep[]): FieldTree {
  let current = tree;
  for (const step of steps) current = below(current, step);
  return current;
}

function below(tree: FieldTree, step: FieldStep): FieldTree {
  if (step.kind === 'items') {
    tree.items ??= newFieldTree();
    return tree.items;
  }
  const map: Map<string | number, FieldTree> = step.kind === 'name' ? tree.members : tree.places;
  const key = step.kind === 'name' ? step.name : step.index;
  let found = map.get(key);
  if (!found) {
    found = newFieldTree();
    map.set(key, found);
  }
  return found;
}

/**
 * Adds the fields of a value: each member that is no object itself, with the value that it is to
 * have (`equal`), or has as an example (`like`).
 *
 * A list that is to be equal is one value; one that is an example names the fields of its items.
 */
export function addValue(tree: FieldTree, kind: 'equal' | 'like', value: Json): void {
  if (isObject(value) && Object.keys(value).length > 0) {
    for (const [name, member] of Object.entries(value)) {
      addValue(below(tree, { kind: 'name', name }), kind, member);
    }
    return;
  }
  // An object without members names none, and is no example either.
  if (kind === 'like' && isObject(value)) return;
  if (tree.given?.kind !== 'equal') tree.given = { kind, value };
  if (kind === 'equal' || !isArray(value)) return;
  for (const item of value) addNames(below(tree, { kind: 'items' }), item);
}

function addNames(tree: FieldTree, value: Json): void {
  if (isArray(value)) for (const item of value) addNames(below(tree, { kind: 'items' }), item);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    addNames(below(tree, { kind: 'name', name }), member);
  }
}
