import { isObject, type Json, ownString } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { type Operation, operationsOf } from '../spec/operation.ts';
import { append } from '../spec/pointer.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** How one reading of a document differs from the one before, by the ids of operations. */
export interface SpecChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those of which something is said otherwise, be it in a schema of another file. */
  readonly changed: readonly string[];
}

/** Compares two readings of a document, operation by operation, each with all that it refers to. */
export function changeBetween(before: Spec, after: Spec): SpecChange {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const touched = touchedParts(old.parts, fresh.parts);
  const ids = [...fresh.operations.keys()];
  return {
    added: ids.filter((id) => !old.operations.has(id)),
    removed: [...old.operations.keys()].filter((id) => !fresh.operations.has(id)),
    changed: ids.filter(
      (id) => old.operations.has(id) && touched.has(fresh.operations.get(id) ?? ''),
    ),
  };
}

/** An operation, or what others refer to. */
interface Part {
  /** All that it says itself, without what it refers to. */
  readonly text: string;
  /** The keys of the parts that it refers to. */
  readonly references: readonly string[];
}

type PartMap = ReadonlyMap<string, Part>;

interface Parts {
  readonly parts: PartMap;
  /** The key of the part of each operation, by its id. */
  readonly operations: ReadonlyMap<string, string>;
}

/** Remembered, for what is new now is old at the next change. */
const partsOf = remembered((spec): Parts => {
  const parts = new Map<string, Part>();
  const operations = new Map<string, string>();
  const waiting: Node[] = [];
  const read = (key: string, nodes: readonly Node[]) => {
    const targets = nodes.flatMap((node) => [...targetsIn(spec, node)]);
    const text = nodes.map(({ value }) => JSON.stringify(value)).join('\n');
    parts.set(key, { text, references: targets.map(addressOf) });
    waiting.push(...targets);
  };
  for (const operation of operationsOf(spec)) {
    const key = `${operation.method} ${operation.path}`;
    operations.set(operation.id, key);
    read(key, nodesOf(spec, operation));
  }
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!parts.has(addressOf(node))) read(addressOf(node), [node]);
  }
  return { parts, operations };
});

const METHODS = /^(?:get|put|post|delete|options|head|patch|trace)$/;

/** All that says something of an operation: itself, what its path shares, what the document shares. */
function nodesOf(spec: Spec, { node, pathItem, entry }: Operation): readonly Node[] {
  const shared = [pathItem, entry].flatMap((item) => [...children(item)]);
  const components = child(spec.root, 'components');
  const general = [
    child(spec.root, 'servers'),
    child(spec.root, 'security'),
    components && child(components, 'securitySchemes'),
  ];
  return [
    node,
    ...shared.filter(([name]) => !METHODS.test(name)).map(([, member]) => member),
    ...general.filter((member) => member !== undefined),
  ];
}

/** A value on the way through a part. */
interface Visit {
  readonly value: Json;
  readonly key: string;
  readonly parent: Visit | undefined;
}

/** What a value and the values in it refer to. */
function* targetsIn(spec: Spec, root: Node): Iterable<Node> {
  const waiting: Visit[] = [{ value: root.value, key: '', parent: undefined }];
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { value } = visit;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === 'object') waiting.push({ value: member, key, parent: visit });
    }
    for (const reference of referencesOf(value)) {
      const pointer = root.pointer + pointerOf(visit);
      const target = targetOf(spec, { source: root.source, pointer, value }, reference);
      if (target) yield target;
    }
  }
}

/** Where a value is in its part: worked out for the few that refer to something. */
function pointerOf({ key, parent }: Visit): string {
  return parent ? append(pointerOf(parent), key) : '';
}

function referencesOf(value: Json): readonly string[] {
  if (!isObject(value)) return [];
  const { mapping } = isObject(value['discriminator']) ? value['discriminator'] : {};
  const tagged = isObject(mapping) ? Object.values(mapping) : [];
  return [ownString(value, '$ref'), ownString(value, '$dynamicRef'), ...tagged].filter(
    (reference) => typeof reference === 'string',
  );
}

/** What leads nowhere, such as the `$ref` of an example, is said when it is used. */
function targetOf(spec: Spec, from: Node, reference: string): Node | undefined {
  try {
    return resolveReference(spec, from, reference);
  } catch {
    return undefined;
  }
}

/** The keys of the parts that differ, and of those that lead to one that does. */
function touchedParts(before: PartMap, after: PartMap): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  for (const [key, { references }] of after) {
    for (const reference of references) {
      const known = users.get(reference);
      if (known) known.push(key);
      else users.set(reference, [key]);
    }
  }
  const touched = new Set([...after.keys()].filter((key) => differs(before.get(key), key, after)));
  // A set takes up what is added while it is walked.
  for (const key of touched) for (const user of users.get(key) ?? []) touched.add(user);
  return touched;
}

function differs(old: Part | undefined, key: string, after: PartMap): boolean {
  const fresh = after.get(key);
  return old?.text !== fresh?.text || String(old?.references) !== String(fresh?.references);
}
