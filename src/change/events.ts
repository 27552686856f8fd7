import { isArray } from '../json.ts';
import { tokens } from '../spec/pointer.ts';
import { type Draft, type DraftValue, type Entry, PARAMETERS } from './form.ts';
import { type Branch, branchAt, entryOf, type Graph, targetOf } from './graph.ts';
import { ABSENT } from './message-form.ts';
import type { RawChange } from './redocly.ts';

/** What one side of an event is. */
export interface EventSide {
  readonly graph: Graph;
  /** The object that the member belongs to. */
  readonly owner: Draft;
  readonly entry: Entry;
  /** The member; `undefined` when it is not there. What a reference leads to stands for it. */
  readonly value: DraftValue | undefined;
  /** What was added or removed, as it stands there. */
  readonly branch?: Branch;
}

/** A difference of two normal forms: one member of one object. */
export interface FormEvent {
  readonly kind: RawChange['kind'];
  /** The way to the object, through references. */
  readonly path: string;
  /** The member, or what was added or removed: a keyword; the key of a map; the index of a list. */
  readonly key: string;
  /** The map or list that it is in, such as `properties`; `''` when it is a keyword. */
  readonly container: string;
  /** Only one of the two, when something was added or removed. */
  readonly old?: EventSide;
  readonly new?: EventSide;
}

/** Finds what the changes of a comparison are about, without those that follow from others. */
export function toEvents(
  changes: readonly RawChange[],
  old: Graph,
  next: Graph,
): readonly FormEvent[] {
  const covered = changes.flatMap(({ path, property }) =>
    property !== undefined && WHOLE.has(property) ? [path] : [],
  );
  const events: FormEvent[] = [];
  for (const change of changes) {
    // What no operation leads to is compared as a component too, and means nothing.
    if (change.path.startsWith('#/components')) continue;
    if (isCovered(change, covered)) continue;
    const event = toEvent(change, old, next);
    if (event) events.push(event);
  }
  return events;
}

/** Marks that say of an object whether it is there at all. */
const WHOLE: ReadonlySet<string> = new Set([ABSENT, 'x-barred']);

function isCovered({ path, property }: RawChange, covered: readonly string[]): boolean {
  return covered.some(
    (whole) =>
      (path === whole && (property === undefined || !WHOLE.has(property))) ||
      path.startsWith(`${whole}/`),
  );
}

function toEvent(change: RawChange, old: Graph, next: Graph): FormEvent | undefined {
  const { kind, path, property } = change;
  if (kind === 'modified') {
    const before = memberSide(old, change.base?.pointer, property ?? '');
    const after = memberSide(next, change.revision?.pointer, property ?? '');
    if (!before || !after) return undefined;
    return { kind, path, key: property ?? '', container: '', old: before, new: after };
  }
  const graph = kind === 'added' ? next : old;
  const pointer = (kind === 'added' ? change.revision : change.base)?.pointer;
  const branch = pointer === undefined ? undefined : branchAt(graph.form, pointer);
  const found = branch && partSide(graph, branch);
  if (!found) return undefined;
  const { side, key, container } = found;
  return { kind, path, key, container, ...(kind === 'added' ? { new: side } : { old: side }) };
}

/** The object of a member: the pointer leads to the member, or to the object that lacks it. */
function memberSide(
  graph: Graph,
  pointer: string | undefined,
  property: string,
): EventSide | undefined {
  if (pointer === undefined) return undefined;
  const path = tokens(pointer.slice(1)) ?? [];
  const isMember = path.at(-1) === property;
  const owner = branchAt(
    graph.form,
    isMember ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer,
  );
  if (!owner || isArray(owner)) return undefined;
  const entry = entryOf(graph, owner);
  return entry && { graph, owner, entry, value: owner[property] };
}

/** The object that a part belongs to, and the names by which it does. */
function partSide(
  graph: Graph,
  branch: Branch,
): { readonly side: EventSide; readonly key: string; readonly container: string } | undefined {
  const place = graph.places.get(branch);
  if (!place) return undefined;
  const value = isArray(branch) ? branch : (targetOf(graph.form, branch) ?? branch);
  const keys: string[] = [];
  let owner: Branch = branch;
  for (let at = graph.places.get(owner); at; at = graph.places.get(owner)) {
    keys.push(at.key);
    owner = at.parent;
    const entry = entryOf(graph, owner);
    if (!entry || isArray(owner)) continue;
    const [key = '', ...containers] = keys;
    return {
      side: { graph, owner, entry, value, branch },
      key,
      container: containers.includes(PARAMETERS) ? 'parameters' : (containers.at(-1) ?? ''),
    };
  }
  return undefined;
}
