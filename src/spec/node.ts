import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { append, step, tokens } from './pointer.ts';
import type { Node } from './source.ts';

/** The node under a key, or `undefined` when there is none. */
export function child(node: Node, key: string | number): Node | undefined {
  const value = step(node.value, String(key));
  return value === undefined
    ? undefined
    : { source: node.source, pointer: append(node.pointer, key), value };
}

/** The node under a key when it is an object, or `undefined`. */
export function objectChild(node: Node, key: string): Node<JsonObject> | undefined {
  const found = child(node, key);
  return found && isObjectNode(found) ? found : undefined;
}

/** The members of an object node, or the items of an array node, each with its pointer. */
export function* children(node: Node): Iterable<readonly [key: string, Node]> {
  const { source, pointer, value } = node;
  if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield [String(index), { source, pointer: append(pointer, index), value: item }];
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    yield [key, { source, pointer: append(pointer, key), value: item }];
  }
}

/** The node that a JSON Pointer leads to from here, or `undefined`. */
export function follow(node: Node, pointer: string): Node | undefined {
  const path = tokens(pointer);
  if (!path) return undefined;
  let value: Json | undefined = node.value;
  for (const token of path) {
    value = step(value, token);
    if (value === undefined) return undefined;
  }
  return { source: node.source, pointer: node.pointer + pointer, value };
}

/** Narrows a node to one that holds an object. */
export function isObjectNode(node: Node): node is Node<JsonObject> {
  return isObject(node.value);
}
