import type { JsonObject } from '../json.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import {
  type Operation,
  operationsOfPath,
  type Parameter,
  parametersOf,
  requestBodyOf,
  statusesOf,
} from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import { serversOf } from '../spec/route.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { ownsSecurity, ownsServers, writeSecurity, writeServers } from './access-form.ts';
import type { Travel } from './difference.ts';
import { type Draft, draftIn, type Entry, keyOf, PARAMETERS } from './form.ts';
import {
  mediaTypesOf,
  writeAbsent,
  writeParameter,
  writeRequestBody,
  writeResponse,
} from './message-form.ts';
import type { SchemaWriter } from './schema-form.ts';
import { writeAnnotations } from './words.ts';

/** An operation, and the same one of the other document. */
export interface Counterpart {
  readonly spec: Spec;
  readonly operation: Operation;
}

/** Writes the operations of one document. */
export interface OperationWriter extends SchemaWriter {
  /** Whether the document is the new one: its operations have the names that they had. */
  readonly isNew: boolean;
}

/** The ways of an operation's request and of its responses. */
export interface Travels {
  readonly to: Travel;
  readonly from: Travel;
}

/** An operation in its normal form. */
export function writeOperation(
  writer: OperationWriter,
  operation: Operation,
  other: Counterpart | undefined,
  travels: Travels = { to: 'request', from: 'response' },
): Draft {
  const { form } = writer;
  const { spec } = form;
  const draft: Draft = {};
  const members = writeAnnotations(draft, operation.node, operation.node.value);
  const body = requestBodyOf(spec, operation);
  if (body) {
    const otherBody = other && requestBodyOf(other.spec, other.operation);
    draft['requestBody'] = writeRequestBody(writer, body, mediaTypesOf(otherBody), travels.to);
  }
  draft['responses'] = {
    [PARAMETERS]: { headers: writeParameters(writer, operation, travels.to) },
    ...writeResponses(writer, operation, other, travels.from),
  };
  draft['callbacks'] = writeCallbacks(writer, operation, other, travels);
  if (ownsServers(spec, operation) || (other && ownsServers(other.spec, other.operation))) {
    writeServers(draft, serversOf(spec, operation), members);
  }
  if (ownsSecurity(operation) || (other && ownsSecurity(other.operation))) {
    writeSecurity(spec, draft, ownsSecurity(operation) ? operation.node : spec.root, members);
  }
  const name = writer.isNew && other ? other.operation.id : operation.id;
  form.entries.set(draft, { kind: 'operation', node: operation.node, members, name });
  return draft;
}

/** The variables of a path, by their places in it. */
function variablesOf(path: string): ReadonlyMap<string, string> {
  const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  return new Map(names.map((name, index) => [name, `{${index}}`]));
}

/**
 * The parameters by place and name. The comparison knows them as a list only, and pairs what is in a
 * list by likeness: so they stand among the responses, as the headers of a status that there is not.
 */
function writeParameters(writer: OperationWriter, operation: Operation, travel: Travel): Draft {
  const { form } = writer;
  const variables = variablesOf(operation.path);
  const map: Draft = {};
  for (const parameter of parametersOf(form.spec, operation)) {
    const identity = identityIn(parameter, variables);
    const key = keyOf(form, `${parameter.in} ${identity}`);
    map[key] = writeParameter(writer, parameter, identity, travel);
  }
  return map;
}

function identityIn(
  { in: place, name }: Parameter,
  variables: ReadonlyMap<string, string>,
): string {
  if (place === 'path') return variables.get(name) ?? name;
  return place === 'header' ? name.toLowerCase() : name;
}

/** A path without the names of its variables, which do not travel. */
export function pathKeyOf(path: string): string {
  return path.replace(/\{[^{}]+\}/g, '{}');
}

/** The response that answers for a status: a range and `default` stand for what has none of its own. */
function responseNode(
  { spec, operation }: Counterpart,
  status: string,
): Node<JsonObject> | undefined {
  const responses = objectChild(operation.node, 'responses');
  if (!responses) return undefined;
  const isRange = /^\dXX$/.test(status);
  const range = `${status[0]}XX`;
  const names =
    status === 'default' ? ['default'] : isRange ? [status, 'default'] : [status, range, 'default'];
  for (const name of names) {
    const key = Object.keys(responses.value).find((declared) => statusKey(declared) === name);
    const found = key === undefined ? undefined : child(responses, key);
    const node = found && resolve(spec, found);
    if (node && isObjectNode(node)) return node;
  }
  return undefined;
}

function statusKey(declared: string): string {
  return declared.replace(/xx$/i, 'XX');
}

function writeResponses(
  writer: OperationWriter,
  operation: Operation,
  other: Counterpart | undefined,
  travel: Travel,
): Draft {
  const { spec } = writer.form;
  const map: Draft = {};
  const own = { spec, operation };
  const declared = [...statusesOf(operation), ...(other ? statusesOf(other.operation) : [])];
  for (const status of new Set(declared.map(statusKey))) {
    const node = responseNode(own, status);
    const types = other ? mediaTypesOf(responseNode(other, status)) : [];
    const at = objectChild(operation.node, 'responses') ?? operation.node;
    map[status] = node
      ? writeResponse(writer, node, status, types, travel)
      : writeAbsent(writer, {
          kind: 'response',
          node: at,
          name: status,
          travel,
          place: 'response',
        });
  }
  return map;
}

/** In a callback it is the provider that asks: what travels to it, travels from the consumer. */
function writeCallbacks(
  writer: OperationWriter,
  operation: Operation,
  other: Counterpart | undefined,
  travels: Travels,
): Draft {
  const { form } = writer;
  const map: Draft = {};
  const others = new Map(other ? [...callbacksOf(other)].map((one) => [identityOf(one), one]) : []);
  for (const callback of callbacksOf({ spec: form.spec, operation })) {
    const counterpart = others.get(identityOf(callback));
    const expressions = draftIn(map, keyOf(form, callback.name));
    const item = draftIn(expressions, keyOf(form, callback.expression));
    form.entries.set(item, pathEntry(callback.operation, callback.expression));
    item[callback.operation.method.toLowerCase()] = writeOperation(
      writer,
      callback.operation,
      other && counterpart ? { spec: other.spec, operation: counterpart.operation } : undefined,
      { to: travels.from, from: travels.to },
    );
  }
  return map;
}

/** What is known of a path item of the form. */
export function pathEntry({ entry }: Operation, name: string): Entry {
  return { kind: 'path', node: entry, members: new Map(), name };
}

interface Callback {
  readonly name: string;
  readonly expression: string;
  readonly operation: Operation;
}

function identityOf({ name, expression, operation }: Callback): string {
  return [name, expression, operation.method].join('\n');
}

function* callbacksOf({ spec, operation }: Counterpart): Iterable<Callback> {
  const callbacks = objectChild(operation.node, 'callbacks');
  for (const [name, found] of callbacks ? children(callbacks) : []) {
    for (const [expression, item] of children(resolve(spec, found))) {
      const path = `${operation.path} ${name} ${expression}`;
      for (const one of operationsOfPath(spec, path, item)) {
        yield { name, expression, operation: one };
      }
    }
  }
}
