import type { Collection } from '../../check/resource.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import { evaluate } from '../../schema/evaluate.ts';
import { namesOf, schemasOfProperty } from '../../schema/members.ts';
import { typesOf } from '../../schema/types.ts';
import { children } from '../../spec/node.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { wrong } from './extension-mistake.ts';
import { compileValues, type Source, unknownPlaceholders } from './fill.ts';

/**
 * Sees to it that values of `x-mock` are of properties that items have, that their placeholders mean
 * something, and that the properties take what comes of them.
 *
 * @throws {ExactMatchError} `SPEC_EXTENSION_INVALID`
 */
export function checkValues(
  spec: Spec,
  collection: Collection,
  values: Node | undefined,
  parameters: ReadonlySet<string>,
): void {
  for (const [name, value] of values ? children(values) : []) {
    checkProperty(spec, collection, value, name);
    checkPlaceholders(value, value.value, parameters);
    checkFit(spec, collection, value, name);
  }
}

/** Sees to it that items have a property. */
export function checkProperty(spec: Spec, collection: Collection, at: Node, name: string): void {
  const { names, takesOthers } = namesOf(spec, collection.schema);
  if (names.has(name) || takesOthers) return;
  throw wrong(at, `an item has no property "${name}": it has ${[...names].join(', ')}`);
}

function checkPlaceholders(at: Node, value: Json, parameters: ReadonlySet<string>): void {
  if (isArray(value)) for (const item of value) checkPlaceholders(at, item, parameters);
  if (isObject(value)) {
    for (const item of Object.values(value)) checkPlaceholders(at, item, parameters);
  }
  if (typeof value !== 'string') return;
  const [unknown] = unknownPlaceholders(value, parameters);
  if (unknown === undefined) return;
  const paths = [...parameters].map((name) => `{path.${name}}`);
  const known = ['{now}', '{now+1h}', '{uuid}', '{key}', '{sequence}', ...paths].join(', ');
  throw wrong(at, `${unknown} means nothing: there are ${known}`);
}

/** Something to fill values in from: what depends on a request is not judged. */
const SOURCE: Source = { now: 0, path: {}, key: undefined, sequence: 1, seed: '' };
const OF_REQUEST = /\{(?:key|path\.[^{}]*)\}/;

/** Sees to it that a property takes a value: by one of the schemas that speak of it. */
export function checkFit(spec: Spec, collection: Collection, at: Node, name: string): void {
  const schemas = schemasOfProperty(spec, collection.schema, name);
  const [first] = schemas;
  if (!first) return;
  if (OF_REQUEST.test(JSON.stringify(at.value))) {
    const isText = typeof at.value === 'string';
    if (!isText || schemas.some((schema) => typesOf(spec, schema).has('string'))) return;
    throw wrong(at, `"${name}" takes no text, and that is what a placeholder in a text makes`);
  }
  const value = compileValues({ [name]: at.value }).fillOne(name, SOURCE) ?? null;
  const judged = schemas.map((schema) => evaluate(spec, schema, value, RESPONSE));
  if (judged.some((violations) => violations.length === 0)) return;
  const [violation] = judged[0] ?? [];
  if (violation) throw wrong(at, `"${name}${violation.pointer}" ${violation.text}`);
}

const RESPONSE = { direction: 'response', strict: false } as const;
