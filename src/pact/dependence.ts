import { isObject, ownString } from '../json.ts';
import { type Operation, operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Pact } from './interaction.ts';
import { type InteractionReliance, listReliances, type Reliance } from './reliance.ts';

/** What each consumer depends on, of everything that a document has. */
export interface Dependence {
  /** Of the form of this; it grows when a reader of the form before could not read it. */
  readonly version: 1;
  readonly document: { readonly file: string; readonly title: string; readonly version: string };
  /** In the order of their names. */
  readonly consumers: readonly Consumer[];
  /** The operations that somebody uses, in the order of the document. */
  readonly operations: readonly OperationDependence[];
  /** Those that nobody uses: their ids, or `METHOD /path` where others have the same. */
  readonly unused: readonly string[];
  /** Interactions that ask for what the document does not have. */
  readonly unknown: readonly UnknownInteraction[];
}

/** A consumer and the pacts that it was read from. */
export interface Consumer {
  readonly name: string;
  readonly files: readonly string[];
  readonly interactions: number;
  /** Messages, which no operation has. */
  readonly messages: number;
}

/** How many interactions of a consumer use something, by its name; who uses nothing is not there. */
export type Uses = Readonly<Record<string, number>>;

/** An operation and what its consumers use of it. */
export interface OperationDependence {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly uses: Uses;
  readonly parts: readonly PartDependence[];
}

/** A status, parameter, header or field that somebody uses. */
export interface PartDependence {
  readonly place: 'response.status' | Reliance['place'];
  /** The status of the response that it belongs to; left out for what is sent. */
  readonly status?: number;
  /** As people write it: `value[].id`; empty for a status. */
  readonly field: string;
  readonly uses: Uses;
}

/** An interaction that asks for what the document does not have. */
export interface UnknownInteraction {
  readonly consumer: string;
  readonly description: string;
  readonly method: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Lists for each consumer of pacts the operations, statuses, parameters and fields that it depends on.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an interaction needs it.
 */
export function listDependences(spec: Spec, pacts: readonly Pact[]): Dependence {
  const found = new Map<Operation, OpenOperation>();
  const unknown: UnknownInteraction[] = [];
  for (const reliance of pacts.flatMap((pact) => listReliances(spec, pact))) {
    if (reliance.operation) addTo(found, reliance.operation, reliance);
    else unknown.push(toUnknown(reliance));
  }
  const all = operationsOf(spec);
  return {
    version: 1,
    document: documentOf(spec),
    consumers: consumersOf(pacts),
    operations: all.flatMap((operation) => {
      const open = found.get(operation);
      return open ? [toDependence(operation, open)] : [];
    }),
    unused: all.filter((operation) => !found.has(operation)).map((one) => nameOf(one, all)),
    unknown,
  };
}

function nameOf({ id, method, path }: Operation, all: readonly Operation[]): string {
  const isAlone = all.filter((other) => other.id === id).length === 1;
  return isAlone ? id : `${method} ${path}`;
}

interface OpenOperation {
  readonly uses: Record<string, number>;
  readonly parts: Map<string, PartDependence & { readonly uses: Record<string, number> }>;
}

function addTo(
  found: Map<Operation, OpenOperation>,
  operation: Operation,
  { pact: { consumer }, status, reliances }: InteractionReliance,
): void {
  let open = found.get(operation);
  if (!open) {
    open = { uses: nobody(), parts: new Map() };
    found.set(operation, open);
  }
  count(open.uses, consumer);
  const { parts } = open;
  const add = (part: Omit<PartDependence, 'uses'>) => {
    const key = `${part.place} ${part.status ?? ''} ${part.field}`;
    const known = parts.get(key) ?? { ...part, uses: nobody() };
    parts.set(key, known);
    count(known.uses, consumer);
  };
  add({ place: 'response.status', status, field: '' });
  for (const { place, field } of reliances.filter((one) => isLeaf(one, reliances))) {
    add({ place, ...(place.startsWith('response') ? { status } : {}), field });
  }
}

/** Without a prototype, so that a consumer may be called `constructor`. */
function nobody(): Record<string, number> {
  return Object.create(null) as Record<string, number>;
}

function count(uses: Record<string, number>, consumer: string): void {
  uses[consumer] = (uses[consumer] ?? 0) + 1;
}

/** What holds others is used through them. */
function isLeaf({ place, path }: Reliance, all: readonly Reliance[]): boolean {
  if (!place.endsWith('.body')) return true;
  return (
    path.length > 0 && !all.some((other) => other.place === place && isWithin(other.path, path))
  );
}

function isWithin(inner: Reliance['path'], outer: Reliance['path']): boolean {
  if (inner.length <= outer.length) return false;
  return outer.every((step, index) => JSON.stringify(step) === JSON.stringify(inner[index]));
}

const ORDER: readonly PartDependence['place'][] = [
  ...([
    'request.path',
    'request.query',
    'request.header',
    'request.cookie',
    'request.body',
  ] as const),
  ...(['response.status', 'response.header', 'response.body'] as const),
];

function toDependence(
  { id, method, path }: Operation,
  { uses, parts }: OpenOperation,
): OperationDependence {
  const sorted = [...parts.values()].sort(
    (one, other) =>
      (one.status ?? 0) - (other.status ?? 0) ||
      ORDER.indexOf(one.place) - ORDER.indexOf(other.place),
  );
  return { id, method, path, uses, parts: sorted };
}

function toUnknown({ pact, interaction }: InteractionReliance): UnknownInteraction {
  const { consumer, file } = pact;
  const { description, request, pointer } = interaction;
  const { method, path } = request;
  const { line } = pact.positionOf(pointer);
  return { consumer, description, method, path, file, line };
}

function consumersOf(pacts: readonly Pact[]): readonly Consumer[] {
  const byName = Map.groupBy(pacts, ({ consumer }) => consumer);
  return [...byName]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, own]) => ({
      name,
      files: own.map(({ file }) => file),
      interactions: own.reduce((sum, { interactions }) => sum + interactions.length, 0),
      messages: own.reduce((sum, { messages }) => sum + messages.length, 0),
    }));
}

function documentOf({ root }: Spec): Dependence['document'] {
  const info = isObject(root.value['info']) ? root.value['info'] : {};
  return {
    file: root.source.file,
    title: ownString(info, 'title') ?? '',
    version: ownString(info, 'version') ?? '',
  };
}
