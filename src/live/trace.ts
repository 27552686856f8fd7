import { collectionAt, collectionOfItem } from '../check/resource.ts';
import { type Operation, operationAt } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import { type Binding, extended } from './binding.ts';
import type { Owned, Trace } from './created.ts';
import { locationPath, ownedBy, pathOf } from './creation.ts';
import type { Draft } from './draft.ts';
import { isDraft, minimalDraft } from './right-draft.ts';
import { type Answered, isSuccess, type Run } from './run.ts';

/**
 * Remembers what a request may have created, or forgets what it deleted. A creation whose answer does not
 * tell where the item is cannot be undone, and is told.
 */
export function noteWrite(run: Run, draft: Draft, answer: Answered): void {
  const { method } = draft.operation;
  if (!isSuccess(answer) || draft.method === 'HEAD') return;
  const { path } = answer.verdict.request;
  if (method === 'DELETE' || draft.method === 'DELETE') run.created.remove(path);
  if (method !== 'POST' && method !== 'PUT') return;
  if (isSingle(run, draft)) run.created.put(run.pathOf(draft), draft);
  const trace = traceOf(run, draft, answer);
  if (trace) run.created.add(trace);
  else if (method === 'POST' && collectionAt(run.spec, draft.operation.path)) {
    run.created.addUntraceable(
      `${method} ${path} was answered ${answer.status} without telling where the new item is`,
    );
  }
}

/** Whether a request is about what there is once only at its path. */
function isSingle({ spec }: Run, { operation: { path }, method }: Draft): boolean {
  return method === undefined && !collectionAt(spec, path) && !collectionOfItem(spec, path);
}

/** What an answer of success to POST or PUT says of something new; `undefined` when it says nothing. */
function traceOf(run: Run, draft: Draft, answer: Answered): Trace | undefined {
  const { operation, binding } = draft;
  const { path } = answer.verdict.request;
  const isNew = answer.status === 201;
  if (operation.method === 'PUT') return isNew ? pathTrace(run, path, operation) : undefined;
  const collection = collectionAt(run.spec, operation.path);
  const owned = collection && ownedBy(run, collection, binding, draft, answer);
  if (owned) return itemTrace(run, owned);
  const location = isNew ? locationPath(run, answer.response) : undefined;
  if (location !== undefined) return pathTrace(run, location, operation);
  // What there is once only is where it was made.
  const canGo = isNew && operationAt(run.spec, 'DELETE', operation.path) !== undefined;
  return canGo ? pathTrace(run, path, operation) : undefined;
}

/** Where an item is that was created. */
export function itemTrace(run: Run, owned: Owned): Trace {
  const { collection, parents, key, request } = owned;
  const binding = extended(parents, collection.parameter, { value: key, origin: 'owned', owned });
  const removal = operationAt(run.spec, 'DELETE', collection.itemTemplate);
  return {
    path: pathOf(collection.itemTemplate, binding),
    operation: request.operation,
    removal: removalOf(run, removal, binding),
  };
}

function pathTrace(run: Run, path: string, operation: Operation): Trace {
  const route = findRoute(run.spec, 'DELETE', path);
  const found = route.kind === 'found' ? route : undefined;
  const values = Object.fromEntries(
    Object.entries(found?.pathParameters ?? {}).map(([name, text]) => [name, decoded(text)]),
  );
  const binding = { values, origins: {}, owned: [] };
  return { path, operation, removal: removalOf(run, found?.operation, binding) };
}

function removalOf(
  run: Run,
  operation: Operation | undefined,
  binding: Binding,
): Draft | undefined {
  const draft = operation && minimalDraft(run, operation, binding);
  return draft && isDraft(draft) ? draft : undefined;
}

/** A text without its percent-encoding, or as it is where that is broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
