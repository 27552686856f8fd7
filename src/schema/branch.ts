import { isArray, isObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { keywordsOf } from './dialect.ts';
import { regularExpression } from './regular-expression.ts';
import { type JsonType, typesOf } from './types.ts';

/**
 * Schemas that all judge one value, with all that they refer to and `allOf` taken in: one of the
 * ways in which `oneOf` and `anyOf` let the value be.
 */
export type Branch = readonly Node[];

/** So many ways are told apart; of a schema that has more, what they have in common is not known. */
const MOST = 64;

/**
 * The ways in which a value can satisfy schemas, each without alternatives; more than one only where
 * `anyOf` or `oneOf` leaves a choice. An empty branch takes anything.
 *
 * `if`, `not` and `dependentSchemas` are not looked at: a branch may be too wide, never too narrow.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED` when a schema is broken.
 */
export function branchesOf(spec: Spec, schemas: readonly Node[]): readonly Branch[] {
  let branches: readonly Branch[] = [[]];
  for (const schema of schemas) branches = product(branches, expand(spec, schema, new Set()));
  return distinct(branches.filter((branch) => typesOfBranch(spec, branch).size > 0));
}

/** The JSON types that a branch leaves. */
export function typesOfBranch(spec: Spec, branch: Branch): ReadonlySet<JsonType> {
  const [first, ...others] = branch;
  if (!first) return ANY;
  let types = typesOf(spec, first);
  for (const schema of others) types = types.intersection(typesOf(spec, schema));
  return types;
}

const ANY: ReadonlySet<JsonType> = new Set<JsonType>([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'integer',
  'string',
]);

/** `within` are the schemas that are being taken apart: one that returns adds nothing. */
function expand(spec: Spec, schema: Node, within: ReadonlySet<string>): readonly Branch[] {
  const address = addressOf(schema);
  if (within.has(address)) return [[]];
  const inside = new Set([...within, address]);
  const keywords = keywordsOf(spec, schema);
  if (typeof keywords === 'boolean') return keywords ? [[]] : [];
  let branches: readonly Branch[] = [[schema]];
  for (const name of ['$ref', '$dynamicRef']) {
    const reference = keywords[name];
    if (typeof reference !== 'string') continue;
    const target = resolveReference(spec, schema, reference);
    branches = product(branches, expand(spec, target, inside));
  }
  for (const part of listOf(schema, 'allOf')) {
    branches = product(branches, expand(spec, part, inside));
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = listOf(schema, keyword);
    if (parts.length === 0) continue;
    branches = product(
      branches,
      parts.flatMap((part) => expand(spec, part, inside)),
    );
  }
  return branches;
}

function listOf(schema: Node, keyword: string): readonly Node[] {
  const list = child(schema, keyword);
  return list && isArray(list.value) ? [...children(list)].map(([, part]) => part) : [];
}

function product(left: readonly Branch[], right: readonly Branch[]): readonly Branch[] {
  if (left.length * right.length > MOST) return [[]];
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
}

function distinct(branches: readonly Branch[]): readonly Branch[] {
  if (branches.length < 2) return branches;
  return [...new Map(branches.map((branch) => [branch.map(addressOf).join(' '), branch])).values()];
}

/** The names that the branches know of the members of an object, in the order of the document. */
export function memberNamesOf(branches: readonly Branch[]): readonly string[] {
  const names = branches.flatMap((branch) =>
    branch.flatMap((schema) => Object.keys(child(schema, 'properties')?.value ?? {})),
  );
  return [...new Set(names)];
}

/**
 * What the branches have for a member of that name: the schemas of each branch that knows it.
 *
 * @returns `undefined` for one that none knows and none expressly takes.
 */
export function memberOf(
  spec: Spec,
  branches: readonly Branch[],
  name: string,
): readonly Branch[] | undefined {
  const known = branches.flatMap((branch) => {
    const schemas = branch.flatMap((schema) => schemasOfMember(schema, name));
    return schemas.length === 0 ? [] : branchesOf(spec, schemas);
  });
  return known.length === 0 ? undefined : distinct(known);
}

function schemasOfMember(schema: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  const properties = child(schema, 'properties');
  const own = properties && child(properties, name);
  if (own) found.push(own);
  const patterns = child(schema, 'patternProperties');
  for (const [pattern, one] of patterns ? children(patterns) : []) {
    if (regularExpression(pattern).test(name)) found.push(one);
  }
  if (found.length > 0) return found;
  // `false` and an absent keyword both say nothing of what such a member would be.
  return ['additionalProperties', 'unevaluatedProperties'].flatMap((keyword) => {
    const others = child(schema, keyword);
    return others && (isObject(others.value) || others.value === true) ? [others] : [];
  });
}

/** What the branches have for an item; `undefined` where none of them is a list. */
export function itemOf(
  spec: Spec,
  branches: readonly Branch[],
  index: number,
): readonly Branch[] | undefined {
  const lists = branches.filter((branch) => typesOfBranch(spec, branch).has('array'));
  if (lists.length === 0) return undefined;
  const items = lists.flatMap((branch) => {
    const schemas = branch.flatMap((schema) => {
      const prefix = child(schema, 'prefixItems');
      const own = prefix && child(prefix, index);
      return own ?? child(schema, 'items') ?? child(schema, 'unevaluatedItems') ?? [];
    });
    return branchesOf(spec, schemas);
  });
  return distinct(items);
}
