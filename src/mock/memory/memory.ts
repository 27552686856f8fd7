import { type Collection, parentOf, type Resource } from '../../check/resource.ts';
import type { Answer } from '../held-answer.ts';
import { chain, type Maybe, type Place } from '../store/store.ts';
import { deleteItem, missing, moveItem, nameOf, patchItem, putItem } from './change.ts';
import { type Context, pathOf } from './context.ts';
import { createItem } from './create.ts';
import { getItem, listItems } from './read.ts';
import { answerSingle } from './single.ts';

/**
 * Answers a valid request from memory; as without memory where the document does not say enough. An
 * operation that has nothing to do with what is remembered is answered where it lies below nothing,
 * or below what is there.
 */
export function answerFromMemory(context: Context, resource: Resource | undefined): Maybe<Answer> {
  if (resource === undefined || resource.kind === 'single') {
    const owner = parentOf(context.spec, context.operation.path);
    const answer = () => (resource ? answerSingle(context, resource) : context.respond());
    return below(context, owner, answer);
  }
  const { kind, collection } = resource;
  return chain(collection.isFilled || isSeeded(context, collection), (isKept) => {
    if (!isKept) return context.respond();
    // What an action works on is asked for by the action itself.
    const owner = kind === 'action' ? undefined : parentOf(context.spec, collection.template);
    return below(context, owner, () => dispatch(context, resource));
  });
}

/** Answers for what lies below an item, where the item is there. */
function below(
  context: Context,
  owner: Collection | undefined,
  answer: () => Maybe<Answer>,
): Maybe<Answer> {
  return chain(owner === undefined || exists(context, owner), (isThere) => {
    if (isThere || !owner) return answer();
    const key = String(context.parameters.path[owner.parameter]);
    return missing(context, `${nameOf(owner)} "${key}"`);
  });
}

function dispatch(
  context: Context,
  { kind, collection }: Exclude<Resource, { kind: 'single' }>,
): Maybe<Answer> {
  const { method } = context.operation;
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
function isSeeded(context: Context, collection: Collection): Maybe<boolean> {
  return chain(context.store.list(placeIn(context, collection)), (list) => list.length > 0);
}

/** An owner that nobody can fill is taken to be there. */
function exists(context: Context, owner: Collection): Maybe<boolean> {
  return chain(owner.isFilled || isSeeded(context, owner), (isKept) => {
    if (!isKept) return true;
    const key = String(context.parameters.path[owner.parameter]);
    return chain(context.store.get(placeIn(context, owner), key), (entry) => entry !== undefined);
  });
}

function placeIn({ scope, parameters }: Context, { template }: Collection): Place {
  return { scope, collection: pathOf(template, parameters.path) };
}
