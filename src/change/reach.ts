import type { Difference, DifferenceUse } from './difference.ts';
import type { EventSide, FormEvent } from './events.ts';
import type { Draft, Form } from './form.ts';
import { type Branch, type Graph, isBranch, usesOf } from './graph.ts';

/** Which operations a difference reaches. */
export interface Traffic {
  readonly usesOf: (event: FormEvent) => readonly DifferenceUse[];
  /** Of a difference: the place of its first operation in the document. */
  readonly orderOf: (difference: Difference) => number;
  /** The operations of both documents that say nothing of their own under a key. */
  readonly inheriting: (key: string) => readonly string[];
}

/** Finds which operations both documents have, and what reaches them. */
export function findTraffic(old: Graph, next: Graph): Traffic {
  const [before, after] = [operationsIn(old.form), operationsIn(next.form)];
  const order = new Map([...before.keys(), ...after.keys()].map((id, index) => [id, index]));
  const placeOf = (id: string) => order.get(id) ?? 0;
  const inOrder = (uses: readonly DifferenceUse[]) =>
    uses.toSorted((left, right) => placeOf(left.operation) - placeOf(right.operation));
  return {
    usesOf: (event) => {
      const [one, other] = [event.old, event.new].map((side) => side && usesOfSide(side));
      if (!one || !other) {
        const own = one ? after : before;
        return inOrder((one ?? other ?? []).filter(({ operation }) => own.has(operation)));
      }
      return inOrder(inBoth(one, other));
    },
    orderOf: ({ operations: [first] }) => (first === undefined ? -1 : placeOf(first)),
    inheriting: (key) =>
      [...before].flatMap(([id, draft]) => {
        const other = after.get(id);
        return other && !(key in draft) && !(key in other) ? [id] : [];
      }),
  };
}

/** The uses on both sides. Of many on one side not all are known: there, those of the other side count. */
function inBoth(
  one: readonly DifferenceUse[],
  other: readonly DifferenceUse[],
): readonly DifferenceUse[] {
  const operations = new Set(one.map(({ operation }) => operation));
  const shared = new Set(other.map(({ operation }) => operation)).intersection(operations);
  const keys = new Set(other.map(keyOf));
  const both = one.filter((use) => keys.has(keyOf(use)));
  const told = new Set(both.map(({ operation }) => operation));
  const fewer = other.length < one.length ? other : one;
  return [
    ...both,
    ...fewer.filter(({ operation }) => shared.has(operation) && !told.has(operation)),
  ];
}

function keyOf({ operation, part, field }: DifferenceUse): string {
  return [operation, part, field].join('\n');
}

/** What is told of by itself: a parameter or a header; a property is told of with its object. */
function usesOfSide({ graph, owner, branch }: EventSide): readonly DifferenceUse[] {
  const kind = branch && graph.form.entries.get(branch)?.kind;
  return usesOf(graph, branch && kind && kind !== 'schema' ? branch : owner);
}

/** The operations of paths and webhooks, by the id that they have in the old document, in their order. */
function operationsIn({ document, entries }: Form): ReadonlyMap<string, Draft> {
  const found = new Map<string, Draft>();
  const items = [...branchesIn(document['paths']), ...branchesIn(document['webhooks'])];
  for (const item of items) {
    for (const operation of branchesIn(item)) {
      const entry = entries.get(operation);
      if (entry?.kind === 'operation') found.set(entry.name, operation as Draft);
    }
  }
  return found;
}

function branchesIn(value: Draft[string] | undefined): readonly Branch[] {
  return isBranch(value) ? Object.values(value).filter(isBranch) : [];
}
