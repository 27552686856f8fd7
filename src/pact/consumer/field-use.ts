import type { Json } from '../../json.ts';
import { type Branch, itemOf, memberNamesOf, memberOf } from '../../schema/branch.ts';
import type { Direction } from '../../schema/violation.ts';
import type { Spec } from '../../spec/spec.ts';
import { followField, isKeptOut } from './field-path.ts';
import { addField, addValue, type FieldTree, newFieldTree } from './field-tree.ts';

/** What a consumer reads of a body. */
export interface FieldUse {
  readonly branches: readonly Branch[];
  readonly direction: Direction;
  readonly uses: readonly string[];
  /** Values that are to be found exactly so. */
  readonly equals: Json | undefined;
  /** Values that are examples. */
  readonly like: Json | undefined;
}

/** A field that no schema has. */
export interface UnknownField {
  /** As it was asked for. */
  readonly path: string;
  /** The part of it that leads somewhere. */
  readonly reached: string;
  /** Whether there is such a field, which does not travel in that direction. */
  readonly isBarred: boolean;
  /** The names that there are instead. */
  readonly known: readonly string[];
}

/**
 * Makes the tree of the fields that a consumer reads, and lists those that the document does not have.
 *
 * @throws {ExactMatchError} `SPEC_*` when a schema is broken.
 */
export function readFieldUse(
  spec: Spec,
  use: FieldUse,
): { readonly tree: FieldTree; readonly unknown: readonly UnknownField[] } {
  const { branches, direction, uses, equals, like } = use;
  const tree = newFieldTree();
  const unknown: UnknownField[] = [];
  for (const path of uses) {
    const found = followField(spec, { path, branches, direction });
    if (found.kind === 'found') addField(tree, found.steps);
    else unknown.push({ path, ...found, known: memberNamesOf(found.branches) });
  }
  if (like !== undefined) addValue(tree, 'like', like);
  if (equals !== undefined) addValue(tree, 'equal', equals);
  unknown.push(...unknownIn(spec, { branches, tree, path: '', direction }));
  return { tree, unknown };
}

interface Place {
  readonly branches: readonly Branch[];
  readonly tree: FieldTree;
  readonly path: string;
  readonly direction: Direction;
}

/** The names that the given values have put into a tree, and no schema has. */
function* unknownIn(spec: Spec, place: Place): Iterable<UnknownField> {
  const { branches, tree, path, direction } = place;
  for (const [name, subtree] of tree.members) {
    const member = memberOf(spec, branches, name);
    const isBarred = member !== undefined && isKeptOut(spec, member, direction);
    const inner = path === '' ? name : `${path}.${name}`;
    if (member && !isBarred) {
      yield* unknownIn(spec, { branches: member, tree: subtree, path: inner, direction });
    } else {
      yield { path: inner, reached: path, isBarred, known: memberNamesOf(branches) };
    }
  }
  const items = tree.items && itemOf(spec, branches, 0);
  if (!tree.items || !items) return;
  yield* unknownIn(spec, { branches: items, tree: tree.items, path: `${path}[]`, direction });
}
