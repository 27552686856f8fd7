import { type Collection, parentOf, type Resource, resourceOf } from '../../check/resource.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Answer } from '../responder.ts';
import type { Maybe, Place } from '../store/store.ts';
import { deleteItem, missing, moveItem, nameOf, patchItem, putItem } from './change.ts';
import { type Context, pathOf } from './context.ts';
import { createItem } from './create.ts';
import { getItem, listItems } from './read.ts';
import { answerSingle } from './single.ts';

/** Tells whether an operation has anything to do with the memory. */
export function isRemembered(spec: Spec, operation: Operation): boolean {
  return resourceOf(spec, operation) !== undefined;
}

/** Answers a valid request from memory; as without memory where the document does not say enough. */
export function answerFromMemory(context: Context): Maybe<Answer> {
  const { spec, operation } = context;
  const resource = resourceOf(spec, operation);
  if (!resource) return context.respond();
  const { kind, collection } = resource;
  const owner = kind === 'single' ? collection : parentOf(spec, collection.template);
  const isOwned = owner !== undefined && kind !== 'action';
  return collection.isFilled && !isOwned
    ? dispatch(context, resource)
    : answerOwned(context, resource, isOwned ? owner : undefined);
}

async function answerOwned(
  context: Context,
  resource: Resource,
  owner: Collection | undefined,
): Promise<Answer> {
  const { collection } = resource;
  if (!collection.isFilled && !(await isSeeded(context, collection))) return context.respond();
  if (owner && !(await exists(context, owner))) {
    const key = String(context.parameters.path[owner.parameter]);
    return missing(context, `${nameOf(owner)} "${key}"`);
  }
  return dispatch(context, resource);
}

function dispatch(context: Context, resource: Resource): Maybe<Answer> {
  const { method } = context.operation;
  const { kind, collection } = resource;
  if (kind === 'single') return answerSingle(context, resource);
  if (kind === 'action') return moveItem(context, collection);
  if (kind === 'collection') {
    if (method === 'GET') return listItems(context, collection);
    return method === 'POST' ? createItem(context, collection) : context.respond();
  }
  if (method === 'GET') return getItem(context, collection);
  if (method === 'PATCH') return patchItem(context, collection);
  if (method === 'PUT') return putItem(context, collection);
  return method === 'DELETE' ? deleteItem(context, collection) : context.respond();
}

/** What nobody can fill through the API lives in memory only when it was seeded. */
async function isSeeded(context: Context, collection: Collection): Promise<boolean> {
  return (await context.store.list(placeIn(context, collection))).length > 0;
}

/** An owner that nobody can fill is taken to be there. */
async function exists(context: Context, owner: Collection): Promise<boolean> {
  const place = placeIn(context, owner);
  if (!owner.isFilled && !(await isSeeded(context, owner))) return true;
  const key = String(context.parameters.path[owner.parameter]);
  return (await context.store.get(place, key)) !== undefined;
}

function placeIn({ scope, parameters }: Context, { template }: Collection): Place {
  return { scope, collection: pathOf(template, parameters.path) };
}
