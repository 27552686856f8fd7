import { ExactMatchError } from '../../errors.ts';
import { isArray, isObject, type Json, own } from '../../json.ts';
import { type Branch, itemOf, memberOf } from '../../schema/branch.ts';
import type { Spec } from '../../spec/spec.ts';
import type { FieldTree } from './field-tree.ts';
import { leastItemsOf, type MatcherList, matchersOf } from './matcher.ts';

/** What a consumer expects of a body: the part that it reads, and how its values may differ. */
export interface BodyExpectation {
  readonly content: Json;
  /** By path expression, from `$`. */
  readonly matchers: ReadonlyMap<string, MatcherList>;
}

/**
 * Cuts out of a whole body what a consumer reads of it, with matchers from the document.
 *
 * Only what is read is in the pact: it is all that the provider is held to, and all that the consumer
 * gets in its test, so that a field that it reads and does not name is missing there.
 *
 * @param whole a body that has every field of the tree.
 * @throws {ExactMatchError} `OPTION_INVALID` for a name that Pact's path expressions cannot say.
 */
export function expectBody(
  spec: Spec,
  branches: readonly Branch[],
  tree: FieldTree,
  whole: Json,
): BodyExpectation {
  const matchers = new Map<string, MatcherList>();
  const walk: Walk = { spec, matchers };
  const content = expect(walk, { branches, tree, expression: '$', isInList: false }, whole);
  return { content, matchers };
}

interface Walk {
  readonly spec: Spec;
  readonly matchers: Map<string, MatcherList>;
}

interface Place {
  readonly branches: readonly Branch[];
  readonly tree: FieldTree;
  readonly expression: string;
  /** Whether the matcher of a list further out holds here, unless there is one of its own. */
  readonly isInList: boolean;
}

const EQUAL: MatcherList = { combine: 'AND', matchers: [{ match: 'equality' }] };

function expect(walk: Walk, place: Place, value: Json): Json {
  const { branches, tree, expression, isInList } = place;
  if (tree.given?.kind === 'equal') {
    if (isInList) walk.matchers.set(expression, EQUAL);
    return value;
  }
  if (isArray(value)) return expectList(walk, place, value);
  if (isObject(value) && tree.members.size > 0) return expectMembers(walk, place, value);
  walk.matchers.set(expression, matchersOf(walk.spec, branches, value));
  return isObject(value) ? {} : value;
}

function expectMembers(walk: Walk, place: Place, value: Json): Json {
  const { branches, tree, expression, isInList } = place;
  const members: Record<string, Json> = {};
  for (const name of [...tree.members.keys()].sort()) {
    const found = isObject(value) ? own(value, name) : undefined;
    const subtree = tree.members.get(name);
    if (found === undefined || !subtree) continue;
    const member = {
      branches: memberOf(walk.spec, branches, name) ?? [[]],
      tree: subtree,
      expression: expression + memberExpression(name),
      isInList,
    };
    Object.defineProperty(members, name, {
      value: expect(walk, member, found),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return members;
}

function expectList(walk: Walk, place: Place, value: readonly Json[]): Json {
  const { branches, tree, expression } = place;
  const { spec, matchers } = walk;
  if (tree.places.size > 0) return expectPlaces(walk, place, value);
  matchers.set(expression, matchersOf(spec, branches, value));
  const isGiven = tree.given !== undefined;
  const items = isGiven ? value : value.slice(0, leastItemsOf(spec, branches));
  const item = {
    branches: itemOf(spec, branches, 0) ?? [[]],
    tree: tree.items ?? WHOLE,
    expression: `${expression}[*]`,
    isInList: true,
  };
  // One expression speaks of all items: what the first of them asks for counts.
  const expected = items.map((one) => expect(walk, item, one));
  const [first] = items;
  if (first !== undefined) expect(walk, item, first);
  return expected;
}

/** The items of a list that is read as a whole. */
const WHOLE: FieldTree = {
  members: new Map(),
  items: undefined,
  places: new Map(),
  given: undefined,
};

function expectPlaces(walk: Walk, place: Place, value: readonly Json[]): Json {
  const { branches, tree, expression, isInList } = place;
  return value.map((item, index) => {
    const subtree = tree.places.get(index) ?? tree.items ?? WHOLE;
    const inner = {
      branches: itemOf(walk.spec, branches, index) ?? [[]],
      tree: subtree,
      expression: `${expression}[${index}]`,
      isInList,
    };
    return expect(walk, inner, item);
  });
}

/** A name as Pact's path expressions have it. */
function memberExpression(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `.${name}`;
  if (!name.includes("'")) return `['${name}']`;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `Failed to expect the field "${name}": Pact's path expressions have no word for a name with an apostrophe. Leave it out.`,
  );
}
