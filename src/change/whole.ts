import { locate } from '../spec/locate.ts';
import { findRoute } from '../spec/route.ts';
import type { Difference } from './difference.ts';
import type { EventSide, FormEvent } from './events.ts';
import type { Draft, Entry } from './form.ts';
import { type Branch, type Graph, isBranch } from './graph.ts';
import { pathKeyOf } from './operation-form.ts';

/** The differences of an event that brings or takes whole operations; none for any other. */
export function wholeDifferences(event: FormEvent, old: Graph): readonly Difference[] {
  const side = event.new ?? event.old;
  if (event.kind === 'modified' || !side?.branch) return [];
  const isCallback = event.container === 'callbacks';
  const isWhole = isCallback || ['paths', 'webhooks'].includes(event.container);
  if (!isWhole && side.entry.kind !== 'path') return [];
  return operationsIn(side, side.branch).map(([method, entry]) => {
    if (event.kind === 'removed') return removed(method, entry, side, isCallback);
    return added(method, entry, side, isCallback, old);
  });
}

function operationsIn(side: EventSide, branch: Branch): readonly (readonly [string, Entry])[] {
  const { entries } = side.graph.form;
  const own = entries.get(branch);
  if (own?.kind === 'operation') return [[side.graph.places.get(branch)?.key ?? '', own]];
  return Object.entries(branch).flatMap(([, value]) =>
    isBranch(value) ? operationsIn(side, value) : [],
  );
}

function removed(method: string, entry: Entry, side: EventSide, isCallback: boolean): Difference {
  const name = nameOf(method, entry, side, isCallback);
  return {
    code: 'operation.removed',
    class: 'breaking',
    effect: 'removed',
    message: `${name} is gone.`,
    operations: [ownerOf(entry, side, isCallback)],
    uses: [
      { operation: ownerOf(entry, side, isCallback), place: 'operation', part: '', field: '' },
    ],
    old: { value: name, spec: locate(entry.node) },
  };
}

function added(
  method: string,
  entry: Entry,
  side: EventSide,
  isCallback: boolean,
  old: Graph,
): Difference {
  const name = nameOf(method, entry, side, isCallback);
  const shadowed = isCallback ? undefined : shadowedBy(method, side, entry, old);
  const start = {
    effect: 'added',
    uses: [],
    new: { value: name, spec: locate(entry.node) },
  } as const;
  if (!shadowed) {
    const operations = [ownerOf(entry, side, isCallback)];
    return {
      ...start,
      code: 'operation.added',
      class: 'safe',
      message: `${name} is new.`,
      operations,
    };
  }
  return {
    ...start,
    code: 'operation.shadowed',
    class: 'dangerous',
    message: `${name} is new, and takes requests that ${shadowed} has answered.`,
    operations: [shadowed],
  };
}

/** The operation that has answered so far for the path of a new one. */
function shadowedBy(
  method: string,
  { graph }: EventSide,
  entry: Entry,
  old: Graph,
): string | undefined {
  const draft = [...graph.form.entries].find(([, one]) => one === entry)?.[0];
  const item = draft && graph.places.get(draft as Draft)?.parent;
  const path = item && graph.form.entries.get(item)?.name;
  if (path === undefined || !path.startsWith('/')) return undefined;
  const asked = path.replace(/\{[^{}]+\}/g, 'x');
  const route = findRoute(old.form.spec, method.toUpperCase(), encodeURI(asked));
  if (route.kind !== 'found' || pathKeyOf(route.operation.path) === pathKeyOf(path))
    return undefined;
  return route.operation.id;
}

function nameOf(
  method: string,
  entry: Entry,
  { graph, branch }: EventSide,
  isCallback: boolean,
): string {
  if (isCallback) return `The callback ${entry.name}`;
  const item = branch && graph.form.entries.get(branch);
  const path = item?.kind === 'path' ? item.name : pathOf(graph, branch);
  return `${method.toUpperCase()} ${path}`;
}

function pathOf(graph: Graph, operation: Branch | undefined): string {
  const place = operation && graph.places.get(operation);
  return (place && graph.form.entries.get(place.parent)?.name) ?? '';
}

/** A callback belongs to the operation that announces it. */
function ownerOf(entry: Entry, side: EventSide, isCallback: boolean): string {
  return isCallback ? side.entry.name : entry.name;
}
