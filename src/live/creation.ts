import type { ResponseMessage } from '../check/message.ts';
import type { Collection } from '../check/resource.ts';
import { isObject, type Json, own } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { namesOf } from '../schema/members.ts';
import { type Operation, operationAt } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import type { Spec } from '../spec/spec.ts';
import { type Binding, extended } from './binding.ts';
import { bodyChoicesOf } from './body-choice.ts';
import type { Owned } from './created.ts';
import type { Draft } from './draft.ts';
import { withValue } from './edit.ts';
import { bodyOf, isDraft, minimalDraft, type Unmakeable } from './right-draft.ts';
import type { Answered, Run } from './run.ts';
import { unknownKey } from './unknown-key.ts';
import { variableFor } from './variable.ts';
import { varied } from './vary.ts';

/** The operation that adds an item to a collection; `undefined` when none does. */
export function creatorOf(
  spec: Spec,
  { template, itemTemplate }: Collection,
): Operation | undefined {
  const post = operationAt(spec, 'POST', template);
  if (post) return post;
  return operationAt(spec, 'PUT', itemTemplate);
}

/** A request that creates an item, and what of it can be found again. */
export interface CreationDraft {
  readonly draft: Draft;
  /** The members of its body whose texts nobody else has written. */
  readonly names: readonly string[];
}

/** A request that creates an item with what is required, or with all that there may be. */
export function creationDraft(
  run: Run,
  collection: Collection,
  parents: Binding,
  { salt, extent }: { readonly salt: string; readonly extent: 'minimal' | 'full' },
): CreationDraft | Unmakeable {
  const { spec } = run;
  const operation = creatorOf(spec, collection);
  if (!operation) return { reason: 'no operation creates what it is about' };
  const isPut = operation.method === 'PUT';
  const key = isPut ? unknownKey(spec, operation, collection.parameter, salt) : undefined;
  if (isPut && key === undefined) return { reason: 'no key was found for a new item' };
  const binding =
    key === undefined
      ? parents
      : extended(parents, collection.parameter, { value: key, origin: 'guessed' });
  const minimal = minimalDraft(run, operation, binding, salt);
  if (!isDraft(minimal)) return minimal;
  const [choice] = minimal.body ? bodyChoicesOf(spec, operation) : [];
  if (!choice?.schema) return { draft: minimal, names: [] };
  const { schema } = choice;
  const start = extent === 'full' ? choice.full : choice.minimal;
  const own = varied(spec, schema, start, salt);
  // An item that is put under a key has that key.
  const keyed = key === undefined ? undefined : withValue(own.value, [collection.key], key);
  const isKeyed =
    keyed !== undefined &&
    namesOf(spec, schema).names.has(collection.key) &&
    isValid(spec, schema, keyed, { direction: 'request', strict: false });
  const value = isKeyed ? keyed : own.value;
  const names = own.names.filter((name) => name !== collection.key);
  return { draft: { ...minimal, body: bodyOf(choice, value) }, names };
}

/** What an answer to a creation says of the item; `undefined` when it does not tell where it is. */
export function ownedBy(
  run: Run,
  collection: Collection,
  parents: Binding,
  draft: Draft,
  answer: Answered,
): Owned | undefined {
  const { parameter } = collection;
  const shared = {
    collection,
    parameter,
    variable: variableFor(parameter),
    parents,
    request: draft,
  };
  const chosen = draft.operation.method === 'PUT' ? draft.binding.values[parameter] : undefined;
  if (chosen !== undefined) return { ...shared, key: chosen, taken: { from: 'chosen' } };
  const found = keyIn(collection, answer.body);
  if (found) return { ...shared, key: found.key, taken: { from: 'body', way: found.way } };
  const path = locationPath(run, answer.response);
  const route = path === undefined ? undefined : findRoute(run.spec, 'GET', path);
  if (route?.kind !== 'found' || route.operation.path !== collection.itemTemplate) return undefined;
  const text = route.pathParameters[parameter];
  if (text === undefined) return undefined;
  return { ...shared, key: decodeURIComponent(text), taken: { from: 'location' } };
}

/** Where an item's key stands: in it, or one level down where the answer wraps it. */
function keyIn(
  { key }: Collection,
  body: Json | undefined,
): { readonly key: Json; readonly way: readonly string[] } | undefined {
  if (!isObject(body)) return undefined;
  const direct = own(body, key);
  if (isKey(direct)) return { key: direct, way: [key] };
  for (const [name, inner] of Object.entries(body)) {
    const wrapped = isObject(inner) ? own(inner, key) : undefined;
    if (isKey(wrapped)) return { key: wrapped, way: [name, key] };
  }
  return undefined;
}

function isKey(value: Json | undefined): value is string | number {
  return typeof value === 'string' ? value !== '' : typeof value === 'number';
}

/** The path of a `Location` on the same host, without the base path; `undefined` for any other. */
export function locationPath(run: Run, { headers }: ResponseMessage): string | undefined {
  const location = headers['location'];
  const base = run.base();
  const url = location === undefined ? null : URL.parse(location, `${base}/`);
  if (!url || url.origin !== new URL(base).origin) return undefined;
  const basePath = new URL(base).pathname.replace(/\/$/, '');
  const isBelow = url.pathname.startsWith(`${basePath}/`);
  return isBelow ? url.pathname.slice(basePath.length) : url.pathname;
}

/** The path of a template, its parameters filled in. */
export function pathOf(template: string, { values }: Binding): string {
  return template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name] ?? '')),
  );
}
