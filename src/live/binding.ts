import { exampleOf } from '../check/example-value.ts';
import { type Collection, collectionOfItem } from '../check/resource.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Operation, parametersOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Owned } from './created.ts';
import type { Run } from './run.ts';

/** Where the value of a path parameter comes from. */
export type Origin =
  /** The user says that it exists. */
  | 'given'
  /** The probe created it. */
  | 'owned'
  /** A list had it, or a link of the document led to it. */
  | 'learned'
  /** The document's example, or made up: it may exist or not. */
  | 'guessed';

/** The parameters of a path. */
export interface Binding {
  readonly values: JsonObject;
  readonly origins: Readonly<Record<string, Origin>>;
  /** What of it the probe created, from the outside in. */
  readonly owned: readonly Owned[];
}

/** A path without parameters. */
const NO_BINDING: Binding = { values: {}, origins: {}, owned: [] };

/**
 * Values for the parameters of an operation's path. To `change` something, only what the probe created
 * or what the user named: `undefined` where that is not to be had.
 *
 * @param path a part of the operation's path, from its beginning.
 */
export async function bindPath(
  run: Run,
  operation: Operation,
  purpose: 'read' | 'change',
  path: string = operation.path,
): Promise<Binding | undefined> {
  let binding = NO_BINDING;
  for (const { name, itemPath } of parametersOfPath(path)) {
    const collection = collectionOfItem(run.spec, itemPath);
    const isLast = isBelow(path, itemPath);
    const found = await find(run, operation, { name, collection, parents: binding });
    const isFit = found !== undefined && (purpose === 'read' || !isLast || isOurs(found.origin));
    if (!isFit) return undefined;
    binding = extended(binding, name, found);
  }
  return binding;
}

/** A binding with one parameter more. */
export function extended({ values, origins, owned }: Binding, name: string, found: Found): Binding {
  return {
    values: { ...values, [name]: found.value },
    origins: { ...origins, [name]: found.origin },
    owned: found.owned ? [...owned, found.owned] : owned,
  };
}

/** Tells whether everything that a path names is known to be there. */
export function isKnown({ origins }: Binding): boolean {
  return Object.values(origins).every((origin) => origin !== 'guessed');
}

/** A value for a path parameter. */
export interface Found {
  readonly value: Json;
  readonly origin: Origin;
  readonly owned?: Owned;
}

function isOurs(origin: Origin): boolean {
  return origin === 'owned' || origin === 'given';
}

/** Tells whether a path is that of an item, or lies below it without another parameter in between. */
function isBelow(path: string, itemPath: string): boolean {
  return path.startsWith(itemPath) && !path.slice(itemPath.length).includes('{');
}

/** The parameters of a path in their order, each with the path up to the end of its segment. */
export function parametersOfPath(
  path: string,
): readonly { readonly name: string; readonly itemPath: string }[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(({ 1: name = '', index, 0: all }) => {
    const end = path.indexOf('/', index + all.length);
    return { name, itemPath: end === -1 ? path : path.slice(0, end) };
  });
}

interface Asked {
  readonly name: string;
  readonly collection: Collection | undefined;
  readonly parents: Binding;
}

async function find(
  run: Run,
  operation: Operation,
  { name, collection, parents }: Asked,
): Promise<Found | undefined> {
  const { spec, settings, ids } = run;
  const given = settings.pathParameters[name];
  if (given !== undefined) return { value: given, origin: 'given' };
  const owned = collection && settings.allowWrites ? await ids.own(collection, parents) : undefined;
  if (owned) return { value: owned.key, origin: 'owned', owned };
  const learned = collection ? await ids.learn(collection, parents) : [];
  const [first] = learned;
  if (first !== undefined) return { value: first, origin: 'learned' };
  const linked = ids.linked(operation, name);
  if (linked !== undefined) return { value: linked, origin: 'learned' };
  const example = guess(spec, operation, name);
  return example === undefined ? undefined : { value: example, origin: 'guessed' };
}

/** The document's example for a path parameter, or a sample. */
function guess(spec: Spec, operation: Operation, name: string): Json | undefined {
  const parameter = parametersOf(spec, operation).find(
    (each) => each.in === 'path' && each.name === name,
  );
  const example = parameter && exampleOf(spec, parameter.node, (value) => !isObject(value));
  return example ?? undefined;
}

/** Values for the parameters of a path without asking anybody; `undefined` where one has none. */
export function guessPath(
  spec: Spec,
  operation: Operation,
  given: Readonly<Record<string, string>>,
): Binding | undefined {
  let binding = NO_BINDING;
  for (const { name } of parametersOfPath(operation.path)) {
    const value = given[name] ?? guess(spec, operation, name);
    if (value === undefined) return undefined;
    binding = extended(binding, name, { value, origin: 'guessed' });
  }
  return binding;
}
