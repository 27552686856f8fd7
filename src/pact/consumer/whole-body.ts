import { isArray, isObject, type Json, type JsonObject, own } from '../../json.ts';
import { type Branch, branchesOf, itemOf, memberOf, typesOfBranch } from '../../schema/branch.ts';
import { keywordsOf } from '../../schema/dialect.ts';
import { isEqual } from '../../schema/equal.ts';
import { evaluate } from '../../schema/evaluate.ts';
import { isValid } from '../../schema/judge.ts';
import { sample, sampleAll } from '../../schema/sample.ts';
import type { JsonType } from '../../schema/types.ts';
import type { Direction } from '../../schema/violation.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import type { FieldTree } from './field-tree.ts';

/** What a body is made from. */
export interface WholeBodyOptions {
  readonly spec: Spec;
  readonly schema: Node;
  readonly direction: Direction;
  /** The examples that the document gives of it. */
  readonly examples: readonly Json[];
}

/** A body, and whether the document allows it. */
export interface WholeBody {
  readonly value: Json;
  readonly isValid: boolean;
}

/**
 * A body that the document allows and that has every field of a tree: one of the document's examples
 * where one can be completed, else a sample. The values that were given are in it.
 *
 * @returns `undefined` when nothing can be made; where only wrong bodies can, the first of them.
 */
export function wholeBody(options: WholeBodyOptions, tree: FieldTree): WholeBody | undefined {
  const { spec, schema, direction, examples } = options;
  const filler: Filler = { spec, direction };
  const branches = branchesOf(spec, [schema]);
  const isAllowed = (value: Json) => isValid(spec, schema, value, { direction, strict: false });
  let first: Json | undefined;
  // What an example lacks is taken from the others, and made where none has it.
  const sorted = examples.toSorted((one, other) => lacks(one, tree) - lacks(other, tree));
  for (const example of sorted) {
    const value = fill(filler, branches, tree, [example, ...sorted]);
    if (value === undefined) continue;
    if (isAllowed(value)) return { value, isValid: true };
    first ??= value;
  }
  const refine = (made: Json) => {
    const value = fill(filler, branches, tree, [made]);
    if (value !== undefined) first ??= value;
    return value;
  };
  const value = sample(spec, schema, { direction, refine });
  if (value !== undefined) return { value, isValid: true };
  return first === undefined ? undefined : { value: first, isValid: false };
}

interface Filler {
  readonly spec: Spec;
  readonly direction: Direction;
}

/** How many fields of a tree a value lacks, or has with another value than is to be there. */
function lacks(value: Json | undefined, tree: FieldTree): number {
  const { members, items, places, given } = tree;
  if (given?.kind === 'equal') return value !== undefined && isEqual(value, given.value) ? 0 : 1;
  let count = value === undefined || value === null ? 1 : 0;
  for (const [name, subtree] of members) {
    count += lacks(isObject(value) ? own(value, name) : undefined, subtree);
  }
  for (const [index, subtree] of places) {
    count += lacks(isArray(value) ? value[index] : undefined, subtree);
  }
  return count + (items ? lacks(isArray(value) ? value[0] : undefined, items) : 0);
}

/** A value, and those that may stand in where it has nothing. */
type Values = readonly (Json | undefined)[];

/** A value with the fields of a tree put in where they are missing; `undefined` where they cannot be. */
function fill(
  filler: Filler,
  branches: readonly Branch[],
  tree: FieldTree,
  values: Values,
): Json | undefined {
  if (tree.given) return fillGiven(filler, branches, tree, tree.given);
  if (tree.members.size > 0) return fillMembers(filler, branches, tree, values);
  if (tree.items || tree.places.size > 0) return fillItems(filler, branches, tree, values);
  // An example of null says nothing of what there is otherwise.
  return values.find((value) => value !== undefined && value !== null) ?? make(filler, branches);
}

/** A list that is an example is completed: its items may have more fields than were given. */
function fillGiven(
  filler: Filler,
  branches: readonly Branch[],
  tree: FieldTree,
  given: NonNullable<FieldTree['given']>,
): Json | undefined {
  const isOpen = given.kind === 'like' && isArray(given.value) && given.value.length > 0;
  if (!isOpen || !tree.items) return given.value;
  return fillItems(filler, branches, tree, [given.value]);
}

function fillMembers(
  filler: Filler,
  branches: readonly Branch[],
  tree: FieldTree,
  values: Values,
): Json | undefined {
  const objects = values.filter((value) => isObject(value));
  const [first] = objects;
  if (!first) {
    return firstOf(ofType(filler, branches, 'object'), (branch) =>
      putMembers(filler, [branch], tree, [{}]),
    );
  }
  const fitting =
    branches.length === 1 ? branches : branches.filter((branch) => fits(filler, branch, first));
  return putMembers(filler, fitting.length > 0 ? fitting : branches, tree, objects);
}

function putMembers(
  filler: Filler,
  branches: readonly Branch[],
  tree: FieldTree,
  objects: readonly JsonObject[],
): Json | undefined {
  const [first = {}] = objects;
  const [branch = []] = branches;
  const filled = new Map(
    Object.entries({ ...requiredMembers(filler, branch, tree, first), ...first }),
  );
  for (const [name, subtree] of tree.members) {
    const member = memberOf(filler.spec, branches, name);
    // A value of another kind, which knows no such member: another one has to be made.
    if (!member && filled.get(name) === undefined && subtree.given === undefined) return undefined;
    const values = objects.map((object) => own(object, name));
    const inner = fill(filler, member ?? [[]], subtree, values);
    if (inner === undefined) return undefined;
    filled.set(name, inner);
  }
  return Object.fromEntries(filled);
}

/** What an object must have besides the members of a tree, and has not. */
function requiredMembers(
  filler: Filler,
  branch: Branch,
  tree: FieldTree,
  given: JsonObject,
): JsonObject {
  const members = new Map<string, Json>();
  for (const schema of branch) {
    const keywords = keywordsOf(filler.spec, schema);
    const required = typeof keywords === 'boolean' ? undefined : keywords['required'];
    for (const name of isArray(required) ? required.map(String) : []) {
      if (tree.members.has(name) || members.has(name) || Object.hasOwn(given, name)) continue;
      const value = make(filler, memberOf(filler.spec, [branch], name) ?? [[]]);
      if (value !== undefined) members.set(name, value);
    }
  }
  return Object.fromEntries(members);
}

function firstOf<T, R>(list: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tells whether a value is of the kind of a branch; where there is one only, it is. */
function fits(filler: Filler, branch: Branch, value: Json): boolean {
  return branch.every((schema) => holds(filler, schema, value));
}

/** By walking through the schema: it would have to be compiled for the one value. */
function holds({ spec, direction }: Filler, schema: Node, value: Json): boolean {
  return evaluate(spec, schema, value, { direction, strict: false }).length === 0;
}

function fillItems(
  filler: Filler,
  branches: readonly Branch[],
  tree: FieldTree,
  values: Values,
): Json | undefined {
  const lists = values.filter((value) => isArray(value));
  const made = lists.length > 0 ? undefined : make(filler, ofType(filler, branches, 'array'));
  const [list] = lists.length > 0 ? lists : [made];
  if (!isArray(list)) return undefined;
  const places = [...tree.places.keys()].map((index) => index + 1);
  const length = Math.max(list.length, tree.items ? 1 : 0, ...places);
  const filled: Json[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = itemOf(filler.spec, branches, index) ?? [[]];
    const subtree = tree.places.get(index) ?? tree.items;
    const others = lists.map((other) => other[index] ?? other[0]);
    const value = subtree
      ? fill(filler, item, subtree, [list[index], ...others])
      : (list[index] ?? make(filler, item));
    if (value === undefined) return undefined;
    filled.push(value);
  }
  return filled;
}

function ofType(
  { spec }: Filler,
  branches: readonly Branch[],
  type: 'object' | 'array',
): readonly Branch[] {
  return branches.filter((branch) => typesOfBranch(spec, branch).has(type));
}

/** A value of the first branch that has one, other than null where there is another. */
function make(filler: Filler, branches: readonly Branch[]): Json | undefined {
  const { spec, direction } = filler;
  const options = { direction, holds: (schema: Node, value: Json) => holds(filler, schema, value) };
  const telling = branches.filter(
    (branch) => typesOfBranch(spec, branch).symmetricDifference(NULL).size > 0,
  );
  return firstOf(telling.length > 0 ? telling : branches, (branch) =>
    sampleAll(spec, branch, options),
  );
}

const NULL: ReadonlySet<JsonType> = new Set<JsonType>(['null']);
