import {
  type Collection,
  collectionAt,
  collectionOfItem,
  parentOf,
  resourceOf,
} from '../check/resource.ts';
import { type Operation, operationAt } from '../spec/operation.ts';
import { type Binding, bindPath, extended, parametersOfPath } from './binding.ts';
import { checkNotModified } from './conditions.ts';
import { identityFor } from './credentials.ts';
import { type Draft, toMessage } from './draft.ts';
import { isThere } from './ids.ts';
import { checkList } from './lists.ts';
import { rightDrafts } from './right-cases.ts';
import { isDraft, minimalDraft } from './right-draft.ts';
import { type Answered, type Case, isSuccess, type Run } from './run.ts';
import { askHead, askUnknownItem, askUnknownMethod, checkKey } from './special-cases.ts';
import { mistakeIn, wrongDrafts } from './wrong-cases.ts';

/** Where nothing was found to ask for, so many right and wrong requests show how it is refused. */
const UNFOUND = { right: 2, wrong: 6 };

/** Tells whether a method only reads. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * The cases of an operation, one at a time: right requests, then requests that are wrong in one known
 * way each.
 */
export async function* operationCases(run: Run, operation: Operation): AsyncGenerator<void> {
  const target = await findTarget(run, operation);
  if (!target) return;
  const { minimal } = target;
  const identity = identityFor(run.spec, operation, run.settings, 'true');
  if (identity.kind === 'lacking') {
    run.skip(`right requests of operations that demand ${identity.wanted}: none was given`);
    yield* wrongCases(run, target, UNFOUND.wrong);
    return;
  }
  if (mistakeIn(run, minimal) || !toMessage(run, minimal)) {
    run.skip('operations for which no right request could be made up');
    return;
  }
  const answer = await performOn(run, target, rightCase(run, minimal));
  yield;
  const isFound = answer !== undefined && answer.status < 400;
  if (isFound) yield* readingCases(run, minimal, answer);
  // A deletion is done once: each takes an item of its own.
  if (operation.method !== 'DELETE') yield* rightCases(run, target, isFound);
  // PUT may create what there is not, and what is deleted twice is gone as well.
  if (operation.method === 'GET' || operation.method === 'PATCH') {
    await askUnknownItem(run, minimal);
    yield;
  }
  await askUnknownMethod(run, minimal);
  yield;
  yield* wrongCases(run, target, isFound ? Number.POSITIVE_INFINITY : UNFOUND.wrong);
}

/** What an operation is asked about. */
interface Target {
  readonly operation: Operation;
  readonly minimal: Draft;
}

async function findTarget(run: Run, operation: Operation): Promise<Target | undefined> {
  const binding = await bindFresh(run, operation);
  if (!binding) {
    run.skip(
      'operations that change what the probe did not create: nothing of its own could be created',
    );
    return undefined;
  }
  const minimal = minimalDraft(run, operation, binding, run.ids.salt());
  if (isDraft(minimal)) return { operation, minimal };
  run.skip(`operations: ${minimal.reason}`);
  return undefined;
}

async function bindFor(run: Run, operation: Operation): Promise<Binding | undefined> {
  const { spec } = run;
  const isCreation =
    operation.method === 'POST' && collectionAt(spec, operation.path) !== undefined;
  const purpose = isReading(operation.method) || isCreation ? 'read' : 'change';
  const binding = await bindPath(run, operation, purpose);
  // What the user named may be changed, and never deleted.
  const isDeletable = operation.method !== 'DELETE' || (binding?.owned.length ?? 0) > 0;
  return isDeletable ? binding : undefined;
}

/**
 * Where an operation is sent: what deletes or moves an item takes one that no other operation asks for.
 */
async function bindFresh(run: Run, operation: Operation): Promise<Binding | undefined> {
  const binding = await bindFor(run, operation);
  const owned = binding?.owned.at(-1);
  const isAction = resourceOf(run.spec, operation)?.kind === 'action';
  if (!binding || !owned || !(isAction || operation.method === 'DELETE')) return binding;
  const fresh = await run.ids.fresh(owned);
  if (!fresh) return undefined;
  const { values, origins } = binding;
  return {
    origins,
    values: { ...values, [owned.parameter]: fresh.key },
    owned: [...binding.owned.slice(0, -1), fresh],
  };
}

function rightCase(run: Run, draft: Draft): Case {
  const { operation } = draft;
  const collection =
    operation.method === 'GET' ? collectionOfItem(run.spec, operation.path) : undefined;
  const compare = collection ? { compare: checkKey(run, draft, collection) } : {};
  return { draft, what: 'with what it must have', expects: 'success', ...compare };
}

/** Sends a case; where what it is about has been deleted since, it is about another one. */
async function performOn(
  run: Run,
  { operation, minimal }: Target,
  request: Case,
): Promise<Answered | undefined> {
  const { binding } = request.draft;
  const isUsual = binding === minimal.binding;
  if (!isUsual || binding.owned.every((owned) => isThere(run, owned))) return run.perform(request);
  const other = await bindFresh(run, operation);
  return other && run.perform({ ...request, draft: { ...request.draft, binding: other } });
}

async function* readingCases(run: Run, minimal: Draft, answer: Answered): AsyncGenerator<void> {
  const { operation, binding } = minimal;
  if (operation.method !== 'GET' || !isSuccess(answer)) return;
  await askHead(run, minimal, answer);
  yield;
  const { spec, memories } = run;
  const list = collectionAt(spec, operation.path);
  const about = list ?? parentOf(spec, `${operation.path}/`);
  if (!about) return;
  yield* learnMemory(run, about, list ? binding : parentsOf(binding, about));
  // A stub heeds nothing: whether it remembers must be known before that is held against it.
  if (memories.of(about) !== 'remembers') return;
  if (list) yield* checkList(run, list, binding, undefined);
  await checkNotModified(run, minimal);
  yield;
}

/** Reads two items, if there are so many: each must come under its own key. */
async function* learnMemory(
  run: Run,
  collection: Collection,
  parents: Binding,
): AsyncGenerator<void> {
  if (run.memories.of(collection) !== 'unknown') return;
  const operation = operationAt(run.spec, 'GET', collection.itemTemplate);
  if (!operation) return;
  const keys = await run.ids.learn(collection, parents);
  for (const value of keys.slice(0, 2)) {
    const binding = extended(parents, collection.parameter, { value, origin: 'learned' });
    const draft = minimalDraft(run, operation, binding);
    if (!isDraft(draft)) return;
    await run.perform({ ...rightCase(run, draft), what: 'as its list has it' });
    yield;
  }
}

/** A binding without the item that it names, and without what lies below that. */
function parentsOf({ values, origins, owned }: Binding, { template }: Collection): Binding {
  const names = new Set(parametersOfPath(template).map(({ name }) => name));
  const ofParents = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  return {
    values: ofParents(values),
    origins: ofParents(origins),
    owned: owned.filter(({ parameter }) => names.has(parameter)),
  };
}

async function* rightCases(run: Run, target: Target, isFound: boolean): AsyncGenerator<void> {
  const { spec, settings, ids } = run;
  let left = isFound ? Number.POSITIVE_INFINITY : UNFOUND.right;
  for (const right of rightDrafts(spec, target.minimal, ids.salt, settings.seed)) {
    if (left <= 0) return;
    if (mistakeIn(run, right.draft) || !toMessage(run, right.draft)) continue;
    left -= 1;
    await performOn(run, target, { ...right, expects: 'success' });
    yield;
  }
}

async function* wrongCases(run: Run, target: Target, most: number): AsyncGenerator<void> {
  let left = most;
  for (const { draft, what, mistake } of wrongDrafts(run, target.minimal)) {
    if (left <= 0) return;
    left -= 1;
    await performOn(run, target, { draft, what, expects: 'refusal', mistake });
    yield;
  }
}
