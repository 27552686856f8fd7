import { isArray, isObject, type JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { inPlace } from './access.ts';
import { regularExpression } from './regular-expression.ts';

/** Which members a schema knows in an object. */
export interface KnownNames {
  /** Those of `properties`, in the order of the document. */
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
  /** Whether `additionalProperties` or `unevaluatedProperties` expressly takes others. */
  readonly takesOthers: boolean;
}

const parts = remembered(() => new WeakMap<object, readonly Node[]>());

/** A schema and all that it applies to the same value, worked out once. */
export function partsOf(spec: Spec, schema: Node): readonly Node[] {
  const { value } = schema;
  if (!isObject(value)) return [];
  const cache = parts(spec);
  let list = cache.get(value);
  if (!list) {
    list = [...inPlace(spec, schema)].reverse();
    // `inPlace` is depth first from the end; the schema itself says most and comes first.
    list = [schema, ...list.filter((part) => part !== schema)];
    cache.set(value, list);
  }
  return list;
}

/** The names that a schema, and all that it applies to the same object, knows. */
export function namesOf(spec: Spec, schema: Node): KnownNames {
  const names = new Set<string>();
  const patterns: RegExp[] = [];
  let takesOthers = false;
  for (const { value } of partsOf(spec, schema)) {
    if (!isObject(value)) continue;
    for (const name of Object.keys(record(value['properties']))) names.add(name);
    for (const text of Object.keys(record(value['patternProperties']))) {
      patterns.push(regularExpression(text));
    }
    for (const keyword of OTHERS) {
      const others = value[keyword];
      takesOthers ||= others === true || isObject(others);
    }
  }
  return { names, patterns, takesOthers };
}

const OTHERS = ['additionalProperties', 'unevaluatedProperties'] as const;

/** The schemas that a schema, and all that it applies to the same object, has for a property. */
export function schemasOfProperty(spec: Spec, schema: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  for (const part of partsOf(spec, schema)) found.push(...ownSchemasOfProperty(part, name));
  return distinct(found);
}

/** The schemas that one schema object has for a property, without what it refers to. */
export function ownSchemasOfProperty(part: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  const properties = child(part, 'properties');
  const own = properties && child(properties, name);
  if (own) found.push(own);
  const patterns = child(part, 'patternProperties');
  for (const [pattern, schema] of patterns ? children(patterns) : []) {
    if (regularExpression(pattern).test(name)) found.push(schema);
  }
  if (found.length > 0) return found;
  return OTHERS.flatMap((keyword) => child(part, keyword) ?? []);
}

/** The schemas that a schema, and all that it applies to the same array, has for an item. */
export function schemasOfItem(spec: Spec, schema: Node, index: number): readonly Node[] {
  const found: Node[] = [];
  for (const part of partsOf(spec, schema)) found.push(...ownSchemasOfItem(part, index));
  return distinct(found);
}

/** The schemas that one schema object has for an item, without what it refers to. */
export function ownSchemasOfItem(part: Node, index: number): readonly Node[] {
  const prefix = child(part, 'prefixItems');
  const own =
    (prefix && child(prefix, index)) ?? child(part, 'items') ?? child(part, 'unevaluatedItems');
  return own ? [own] : [];
}

function distinct(schemas: readonly Node[]): readonly Node[] {
  if (schemas.length < 2) return schemas;
  return [...new Map(schemas.map((schema) => [addressOf(schema), schema])).values()];
}

function record(value: unknown): JsonObject {
  return isObject(value) && !isArray(value) ? value : {};
}
