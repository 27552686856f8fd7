import type { Json } from '../json.ts';
import { append } from '../spec/pointer.ts';
import { boundaryValues } from './boundary.ts';
import type { Draft } from './draft.ts';
import { nameOfWay, valueAt, type Way, withValue } from './edit.ts';
import type { Place } from './place.ts';

/** The places of a body that are at an edge of what they take. */
export interface Edges {
  readonly ways: readonly Way[];
  /** The body without them. */
  readonly usual: Json;
}

/** A value in which each place has the edge of that number, where it has so many. */
export function atEdge(
  full: Json,
  places: readonly Place[],
  edge: number,
  isRight: (value: Json) => boolean,
): { readonly value: Json; readonly names: readonly Way[] } {
  let value = full;
  const names: Way[] = [];
  for (const place of places) {
    const placed = boundaryValues(place)[edge];
    if (!placed) continue;
    const changed = withValue(value, place.way, placed.value);
    if (!isRight(changed)) continue;
    value = changed;
    names.push(place.way);
  }
  return { value, names };
}

/** What is special about a body at edges: a single place is named, several are counted. */
export function describeEdges(edges: Edges): {
  readonly what: string;
  readonly at?: string;
  readonly edges: Edges;
} {
  const [only] = edges.ways;
  const isOne = edges.ways.length === 1 && only !== undefined;
  const said = isOne ? `\`${nameOfWay(only)}\`` : `${edges.ways.length} values`;
  const at = isOne ? { at: only.reduce((pointer, step) => append(pointer, step), '') } : {};
  return { what: `with ${said} at an edge of what is allowed`, ...at, edges };
}

/**
 * The request with as few places at an edge as still fail: one after the other has its usual value again.
 *
 * @param fails sends a request and tells whether the same finding comes back.
 */
export async function fewerEdges(
  draft: Draft,
  { ways, usual }: Edges,
  fails: (fewer: Draft) => Promise<boolean>,
): Promise<{ readonly draft: Draft; readonly edges: Edges }> {
  let least = draft;
  let left = ways.filter((way) => bodyAt(draft, way) !== undefined);
  for (const way of left) {
    const value = valueAt(usual, way);
    if (left.length < 2 || !least.body || !('value' in least.body) || value === undefined) continue;
    const body = { ...least.body, value: withValue(least.body.value, way, value) };
    if (!(await fails({ ...least, body }))) continue;
    least = { ...least, body };
    left = left.filter((each) => each !== way);
  }
  return { draft: least, edges: { ways: left, usual } };
}

function bodyAt({ body }: Draft, way: Way): Json | undefined {
  return body && 'value' in body ? valueAt(body.value, way) : undefined;
}
