import type { Collection } from '../../check/resource.ts';
import { isArray, isObject, type Json, type JsonObject, own, ownString } from '../../json.ts';
import { objectChild } from '../../spec/node.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import { readDuration } from '../duration.ts';

/** Values by property; texts in them may have `{now}`, `{uuid}` and the like in braces. */
export type Values = Readonly<Record<string, Json>>;

/** What `x-mock` says of a collection. */
export interface CollectionRules {
  /** What the service sets on creation, whatever the client says. */
  readonly create: Values;
  /** What the service sets on creation where the client says nothing. */
  readonly defaults: Values;
  /** What the service sets on every change. */
  readonly update: Values;
  /** The property that says where an item stands. */
  readonly state: string | undefined;
  readonly after: readonly Step[];
}

/** What happens by itself to an item that has been in a state for a time. */
export interface Step {
  readonly from: readonly string[];
  /** In milliseconds. */
  readonly time: number;
  readonly to: string;
  readonly set: Values;
}

/** What `x-mock` says of an operation on an item. */
export interface Move {
  /** The states that an item may be in; `undefined` for any. */
  readonly from: readonly string[] | undefined;
  readonly to: string | undefined;
  readonly set: Values;
}

const NOTHING: Values = {};

const rulesByPathItem = new WeakMap<object, CollectionRules>();

/** What the document says of a collection in `x-mock`, in the path item of the collection. */
export function collectionRules({ pathItem }: Collection): CollectionRules {
  let rules = rulesByPathItem.get(pathItem.value);
  if (!rules) {
    rules = readRules(pathItem);
    rulesByPathItem.set(pathItem.value, rules);
  }
  return rules;
}

function readRules(pathItem: Node<JsonObject>): CollectionRules {
  const extension = objectChild(pathItem, 'x-mock')?.value ?? {};
  const after = own(extension, 'after');
  return {
    create: valuesAt(extension, 'create'),
    defaults: valuesAt(extension, 'default'),
    update: valuesAt(extension, 'update'),
    state: ownString(extension, 'state'),
    after: (isArray(after) ? after : []).filter(isObject).map(toStep),
  };
}

function toStep(step: JsonObject): Step {
  return {
    from: statesAt(step, 'from') ?? [],
    time: readDuration(ownString(step, 'time') ?? '') ?? 0,
    to: ownString(step, 'to') ?? '',
    set: valuesAt(step, 'set'),
  };
}

const moves = new WeakMap<Operation, Move>();

/** What the document says of an operation in `x-mock`. */
export function moveOf(operation: Operation): Move {
  let move = moves.get(operation);
  if (!move) {
    const extension = objectChild(operation.node, 'x-mock')?.value ?? {};
    move = {
      from: statesAt(extension, 'from'),
      to: ownString(extension, 'to'),
      set: valuesAt(extension, 'set'),
    };
    moves.set(operation, move);
  }
  return move;
}

function valuesAt(object: JsonObject, name: string): Values {
  const values = own(object, name);
  return isObject(values) ? values : NOTHING;
}

function statesAt(object: JsonObject, name: string): readonly string[] | undefined {
  const states = own(object, name);
  if (states === undefined) return undefined;
  return (isArray(states) ? states : [states]).map(String);
}
