import { canonical } from '../schema/equal.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, operationsOf, operationsOfPath } from '../spec/operation.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { writeSchemes, writeSecurity, writeServers } from './access-form.ts';
import { type Draft, draftIn, type Form, keyOf } from './form.ts';
import {
  type Counterpart,
  type OperationWriter,
  pathEntry,
  pathKeyOf,
  type Travels,
  writeOperation,
} from './operation-form.ts';
import { writeAnnotations } from './words.ts';

/** Marks a schema that no operation uses; its name follows. */
export const UNUSED = 'x-unused-';

/**
 * A document in its normal form, in view of the other one that it is compared with: what stands for
 * several statuses or media types there, is written out for each that either of them names.
 */
export function writeDocument(spec: Spec, other: Spec, side: 'old' | 'new'): Form {
  const document: Draft = { openapi: '3.1.0' };
  const form: Form = {
    spec,
    document,
    entries: new Map(),
    names: new Map(),
    seen: new Set(),
  };
  const schemas: Draft = {};
  const writer: OperationWriter = {
    form,
    waiting: [],
    components: schemas,
    isNew: side === 'new',
  };
  document['info'] = writeInfo(form);
  document['paths'] = writePaths(writer, other);
  document['webhooks'] = writeWebhooks(writer, other);
  while (writer.waiting.length > 0) writer.waiting.shift()?.();
  document['components'] = { schemas };
  const members = new Map<string, Node>();
  writeServers(document, child(spec.root, 'servers'), members);
  writeSecurity(spec, document, spec.root, members);
  writeSchemes(spec, document, members);
  writeUnused(form, members);
  form.entries.set(document, { kind: 'document', node: spec.root, members, name: '' });
  return form;
}

function writeInfo(form: Form): Draft {
  const node = child(form.spec.root, 'info') ?? form.spec.root;
  const info: Draft = { title: '', version: '' };
  const members = new Map<string, Node>();
  for (const [key, item] of node === form.spec.root ? [] : children(node)) {
    const { value } = item;
    const isPlain = (key === 'title' || key === 'version') && typeof value === 'string';
    const name = isPlain ? key : `x-said-${key}`;
    info[name] = isPlain ? value : canonical(value);
    members.set(name, item);
  }
  form.entries.set(info, { kind: 'document', node, members, name: 'info' });
  return info;
}

/** Operations by method and path without the names of its variables; of doubles each has a number. */
function indexOf(operations: Iterable<Operation>): ReadonlyMap<string, Operation> {
  const index = new Map<string, Operation>();
  for (const operation of operations) {
    let key = `${operation.method} ${pathKeyOf(operation.path)}`;
    for (let number = 2; index.has(key); number += 1) {
      key = `${operation.method} ${pathKeyOf(operation.path)} (${number})`;
    }
    index.set(key, operation);
  }
  return index;
}

function counterpartIn(
  index: ReadonlyMap<string, Operation>,
  key: string,
  spec: Spec,
): Counterpart | undefined {
  const operation = index.get(key);
  return operation && { spec, operation };
}

function writePaths(writer: OperationWriter, other: Spec): Draft {
  const { form } = writer;
  const paths: Draft = {};
  const others = indexOf(operationsOf(other));
  for (const [key, operation] of indexOf(operationsOf(form.spec))) {
    const path = key.slice(key.indexOf(' ') + 1);
    const item = draftIn(paths, `/${keyOf(form, path)}`, () => writePath(form, operation));
    const counterpart = counterpartIn(others, key, other);
    item[operation.method.toLowerCase()] = writeOperation(writer, operation, counterpart);
  }
  return paths;
}

function writePath(form: Form, operation: Operation): Draft {
  const item: Draft = {};
  const { pathItem, path } = operation;
  const members = writeAnnotations(item, pathItem, pathItem.value);
  form.entries.set(item, { ...pathEntry(operation, path), members });
  return item;
}

/** In a webhook, as in a callback, it is the provider that asks. */
const REVERSED: Travels = { to: 'response', from: 'request' };

function writeWebhooks(writer: OperationWriter, other: Spec): Draft {
  const { form } = writer;
  const webhooks: Draft = {};
  const others = indexOf(webhookOperations(other));
  for (const [index, operation] of indexOf(webhookOperations(form.spec))) {
    const item = draftIn(webhooks, keyOf(form, operation.path), () => writePath(form, operation));
    const counterpart = counterpartIn(others, index, other);
    const draft = writeOperation(writer, operation, counterpart, REVERSED);
    item[operation.method.toLowerCase()] = draft;
  }
  return webhooks;
}

function* webhookOperations(spec: Spec): Iterable<Operation> {
  const webhooks = objectChild(spec.root, 'webhooks');
  for (const [name, item] of webhooks ? children(webhooks) : []) {
    yield* operationsOfPath(spec, `webhook ${name}`, item);
  }
}

/** Schemas that nothing reaches are compared as texts. */
function writeUnused({ spec, document, seen, names }: Form, members: Map<string, Node>): void {
  const components = objectChild(spec.root, 'components');
  const schemas = components && objectChild(components, 'schemas');
  for (const [name, node] of schemas ? children(schemas) : []) {
    if (seen.has(addressOf(node)) || !isObjectNode(node)) continue;
    const key = UNUSED + name.replace(/[^\w-]/g, '_');
    document[key] = canonical(node.value);
    names.set(key, name);
    members.set(key, node);
  }
}
