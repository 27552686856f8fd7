import { type Collection, resourceOf } from '../../check/resource.ts';
import { isArray, isObject, type Json, type JsonObject, own, ownString } from '../../json.ts';
import { objectChild } from '../../spec/node.ts';
import { type Operation, operationsOf } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { readDuration } from '../duration.ts';
import { compileValues, type Filler } from './fill.ts';

/** What `x-mock` says of a collection. */
export interface CollectionRules {
  /** What the service sets on creation, whatever the client says. */
  readonly create: Filler;
  /** What the service sets on creation where the client says nothing. */
  readonly defaults: Filler;
  /** What the service sets on every change. */
  readonly update: Filler;
  /** The property that says where an item stands. */
  readonly state: string | undefined;
  readonly after: readonly Step[];
  /** The shortest time after which anything happens by itself, in milliseconds; infinite for never. */
  readonly soonest: number;
}

/** What happens by itself to an item that has been in a state for a time. */
export interface Step {
  readonly from: readonly string[];
  /** In milliseconds. */
  readonly time: number;
  readonly to: string;
  readonly set: Filler;
}

/** What `x-mock` says of an operation on an item. */
export interface Move {
  /** The states that an item may be in; `undefined` for any. */
  readonly from: readonly string[] | undefined;
  readonly to: string | undefined;
  readonly set: Filler;
}

const rulesByCollection = new WeakMap<Collection, CollectionRules>();

/** What the document says of a collection in `x-mock`, in the path item of the collection. */
export function collectionRules(collection: Collection): CollectionRules {
  let rules = rulesByCollection.get(collection);
  if (!rules) {
    rules = readRules(collection.pathItem);
    rulesByCollection.set(collection, rules);
  }
  return rules;
}

function readRules(pathItem: Node<JsonObject>): CollectionRules {
  const extension = objectChild(pathItem, 'x-mock')?.value ?? {};
  const steps = own(extension, 'after');
  const after = (isArray(steps) ? steps : []).filter(isObject).map(toStep);
  return {
    create: valuesAt(extension, 'create'),
    defaults: valuesAt(extension, 'default'),
    update: valuesAt(extension, 'update'),
    state: ownString(extension, 'state'),
    after,
    soonest: Math.min(...after.map(({ time }) => time)),
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

function valuesAt(object: JsonObject, name: string): Filler {
  const values: Json | undefined = own(object, name);
  return compileValues(isObject(values) ? values : {});
}

function statesAt(object: JsonObject, name: string): readonly string[] | undefined {
  const states = own(object, name);
  if (states === undefined) return undefined;
  return (isArray(states) ? states : [states]).map(String);
}

const laterByCollection = new WeakMap<Collection, ReadonlySet<string>>();

/** The properties that come to an item only later: by what follows by itself, or by its actions. */
export function laterNames(spec: Spec, collection: Collection): ReadonlySet<string> {
  let names = laterByCollection.get(collection);
  if (!names) {
    names = new Set(
      isObject(collection.pathItem.value['x-mock']) ? listLater(spec, collection) : [],
    );
    laterByCollection.set(collection, names);
  }
  return names;
}

function listLater(spec: Spec, collection: Collection): readonly string[] {
  const { itemTemplate } = collection;
  const moves = operationsOf(spec)
    .filter(({ path }) => path.startsWith(`${itemTemplate}/`))
    .filter((operation) => resourceOf(spec, operation)?.collection === collection)
    .map(moveOf);
  return [...collectionRules(collection).after, ...moves].flatMap(({ set }) => set.names);
}
