import { isArray, isObject, type Json } from '../json.ts';
import type { Place, Shape } from './shape.ts';

/** So many values of one body are looked at; what a longer list holds beyond them does not count. */
const LOOKS = 20_000;

/** Which properties of a shape have been seen. */
export interface Marks {
  readonly shape: Shape;
  /** Marks the properties that a body has. */
  readonly add: (body: Json) => void;
  /** Marks a property by its path; one that the shape has not is passed over. */
  readonly addPath: (path: string) => void;
  readonly seen: () => readonly string[];
  readonly unseen: () => readonly string[];
}

/** Makes marks for a shape; none of it is seen yet. */
export function createMarks(shape: Shape): Marks {
  const state: State = {
    seen: new Uint8Array(shape.places.length),
    done: new Uint8Array(shape.places.length),
    looks: 0,
  };
  const pathsWhere = (isSeen: number) =>
    shape.places.flatMap(({ path, index }) =>
      path !== undefined && state.seen[index] === isSeen ? [path] : [],
    );
  return {
    shape,
    add: (body) => {
      state.looks = LOOKS;
      mark(state, shape.root, body);
    },
    addPath: (path) => {
      for (const place of shape.places) if (place.path === path) state.seen[place.index] = 1;
    },
    seen: () => pathsWhere(1),
    unseen: () => pathsWhere(0),
  };
}

interface State {
  readonly seen: Uint8Array;
  /** What has been seen with all that lies inside it: nobody looks there again. */
  readonly done: Uint8Array;
  looks: number;
}

function mark(state: State, place: Place, value: Json): void {
  const { index, path, members, items, others } = place;
  if (path !== undefined) state.seen[index] = 1;
  if (isArray(value)) markItems(state, items, value);
  else if (isObject(value)) {
    for (const { name, place: member } of members) {
      if (state.done[member.index] === 1) continue;
      if (state.looks <= 0) return;
      state.looks -= 1;
      if (Object.hasOwn(value, name)) mark(state, member, value[name] as Json);
    }
    if (others && state.done[others.index] !== 1) markOthers(state, place, others, value);
  }
  if (isAllDone(state, place)) state.done[index] = 1;
}

function markItems(state: State, items: Place | undefined, values: readonly Json[]): void {
  if (!items) return;
  for (const value of values) {
    if (state.done[items.index] === 1 || state.looks <= 0) return;
    state.looks -= 1;
    mark(state, items, value);
  }
}

function markOthers(
  state: State,
  { members }: Place,
  others: Place,
  value: Readonly<Record<string, Json>>,
): void {
  for (const [name, item] of Object.entries(value)) {
    if (state.looks <= 0) return;
    state.looks -= 1;
    if (!members.some((member) => member.name === name)) mark(state, others, item);
  }
}

function isAllDone({ seen, done }: State, { index, path, members, items, others }: Place): boolean {
  if (path !== undefined && seen[index] !== 1) return false;
  if (items && done[items.index] !== 1) return false;
  if (others && done[others.index] !== 1) return false;
  return members.every(({ place }) => done[place.index] === 1);
}
