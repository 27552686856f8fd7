import { type Collection, resourceOf } from '../../check/resource.ts';
import type { JsonObject } from '../../json.ts';
import { evaluate } from '../../schema/evaluate.ts';
import { toSpec } from '../../spec/load.ts';
import { child, children, follow, objectChild } from '../../spec/node.ts';
import { type Operation, operationsOf } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { parseTemplate } from '../../spec/template.ts';
import { DURATION_FORM, readDuration } from '../duration.ts';
import { FAULT_NAMES, type FaultName, faultMistake } from '../fault/rules.ts';
import { wrong } from './extension-mistake.ts';
import { checkPlaces } from './extension-places.ts';
import { collectionSchema, documentSchema, operationSchema } from './extension-schema.ts';
import { checkFit, checkProperty, checkValues } from './extension-values.ts';

/**
 * Sees to it that the document uses the vendor extension `x-mock` as it is meant.
 *
 * @throws {ExactMatchError} `SPEC_EXTENSION_INVALID`, with file, line and column.
 */
export function checkExtensions(spec: Spec): void {
  const seen = new Set<string>();
  for (const operation of operationsOf(spec)) {
    const { pathItem, node } = operation;
    const ofPath = child(pathItem, 'x-mock');
    if (ofPath && !seen.has(ofPath.source.uri + ofPath.pointer)) {
      seen.add(ofPath.source.uri + ofPath.pointer);
      checkCollection(spec, operation, ofPath);
    }
    const own = child(node, 'x-mock');
    if (own && !seen.has(own.source.uri + own.pointer)) {
      seen.add(own.source.uri + own.pointer);
      checkOperation(spec, operation, own);
    }
  }
  const ofDocument = child(spec.root, 'x-mock');
  if (ofDocument) checkForm(ofDocument, 'Document');
  checkPlaces(spec, seen.size > 0 || ofDocument !== undefined);
}

function checkCollection(spec: Spec, operation: Operation, extension: Node): void {
  checkForm(extension, 'Collection');
  const resource = resourceOf(spec, operation);
  if (resource?.kind !== 'collection') {
    const reason = `${operation.path} is no collection: it needs a path of one parameter more, such as ${operation.path}/{id}, whose items are objects`;
    throw wrong(extension, reason);
  }
  const { collection } = resource;
  const names = parametersIn(collection.template);
  for (const member of ['create', 'default', 'update']) {
    checkValues(spec, collection, child(extension, member), names);
  }
  const state = child(extension, 'state');
  if (state) checkProperty(spec, collection, state, String(state.value));
  const key = child(extension, 'key');
  if (key) checkProperty(spec, collection, key, String(key.value));
  const after = child(extension, 'after');
  if (after && !state)
    throw wrong(after, '"after" needs "state", the property that says where an item stands');
  for (const [, step] of after ? children(after) : []) {
    const time = child(step, 'time');
    if (time && readDuration(String(time.value)) === undefined) {
      throw wrong(time, `a time is written as ${DURATION_FORM}, not "${String(time.value)}"`);
    }
    checkValues(spec, collection, child(step, 'set'), new Set());
    checkStates(spec, collection, step);
  }
}

/** Sees to it that the states of a step or a move are some that items can be in. */
function checkStates(spec: Spec, collection: Collection, move: Node): void {
  const state = objectChild(collection.pathItem, 'x-mock')?.value['state'];
  if (typeof state !== 'string') return;
  for (const name of ['from', 'to']) {
    const states = child(move, name);
    const isList = states !== undefined && Array.isArray(states.value);
    const each = isList ? [...children(states)].map(([, node]) => node) : [states];
    for (const node of each) if (node) checkFit(spec, collection, node, state);
  }
}

function checkOperation(spec: Spec, operation: Operation, extension: Node): void {
  checkForm(extension, 'Operation');
  const faults = child(extension, 'faults');
  for (const [name, fault] of faults ? children(faults) : []) {
    if (!isFaultName(name)) continue;
    const mistake = faultMistake(name, String(fault.value));
    if (mistake !== undefined) throw wrong(fault, `${name} ${mistake}`);
  }
  const moves = ['from', 'to', 'set'].flatMap((name) => child(extension, name) ?? []);
  const [move] = moves;
  if (!move) return;
  const resource = resourceOf(spec, operation);
  if (resource?.kind !== 'item' && resource?.kind !== 'action') {
    throw wrong(
      move,
      `${operation.id} does nothing with an item: only there can it have "from", "to" and "set"`,
    );
  }
  const { collection } = resource;
  const rules = objectChild(collection.pathItem, 'x-mock');
  if (!child(rules ?? extension, 'state') || !rules) {
    const needs = child(extension, 'from') ?? child(extension, 'to');
    if (needs) throw wrong(needs, `it needs "x-mock" with "state" at ${collection.template}`);
  }
  const names = parametersIn(collection.itemTemplate);
  checkValues(spec, collection, child(extension, 'set'), names);
  checkStates(spec, collection, extension);
}

function isFaultName(name: string): name is FaultName {
  return FAULT_NAMES.some((known) => known === name);
}

function parametersIn(template: string): ReadonlySet<string> {
  return new Set(parseTemplate(template).flatMap(({ names }) => names));
}

const schemas = toSpec({
  uri: 'exactmatch:x-mock',
  file: '(x-mock)',
  syntax: 'json',
  root: {
    openapi: '3.1.0',
    components: {
      schemas: {
        Collection: collectionSchema,
        Document: documentSchema,
        Operation: operationSchema,
      },
    },
  } satisfies JsonObject,
  text: () => '{}',
});

/** Holds an extension to its form; it is walked, not compiled: there are few, and small ones. */
function checkForm(extension: Node, name: 'Collection' | 'Document' | 'Operation'): void {
  const schema = follow(schemas.root, `/components/schemas/${name}`);
  if (!schema) return;
  const options = { direction: 'request', strict: false } as const;
  const [violation] = evaluate(schemas, schema, extension.value, options);
  if (!violation) return;
  const at = nearest(extension, violation.pointer);
  const path = violation.pointer.slice(1).replaceAll('/', '.');
  throw wrong(at, `${path === '' ? 'it' : `"${path}"`} ${violation.text}`);
}

function nearest(extension: Node, pointer: string): Node {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = follow(extension, at);
    if (found) return found;
  }
  return extension;
}
