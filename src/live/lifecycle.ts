import type { Collection } from '../check/resource.ts';
import { isObject, type JsonObject } from '../json.ts';
import { findRoute } from '../spec/route.ts';
import { type Binding, bindPath } from './binding.ts';
import { checkConditions, checkPrecondition } from './conditions.ts';
import type { Owned } from './created.ts';
import { creationDraft, creatorOf, locationPath, ownedBy } from './creation.ts';
import { providerFinding } from './finding.ts';
import {
  type Item,
  isUnchanged,
  itemDraft,
  itemIn,
  keptIn,
  otherItem,
  staleMembers,
} from './item.ts';
import { checkList } from './lists.ts';
import { isDraft, minimalDraft } from './right-draft.ts';
import { type Answered, isSuccess, type Run } from './run.ts';
import { stubFindings } from './stub.ts';
import { itemTrace } from './trace.ts';
import { checkReplacement, checkUpdate } from './update.ts';

/** What the later steps of a life know. */
export interface Life extends Item {
  readonly run: Run;
  /** The members that came back as they were written. */
  readonly kept: readonly string[];
}

/**
 * Leads an item through its life: it is created, read, found in its list, changed, replaced, deleted and
 * gone. What is read must be what was written, as far as the provider keeps it verbatim.
 */
export async function* lifecycle(run: Run, collection: Collection): AsyncGenerator<void> {
  const creator = creatorOf(run.spec, collection);
  const parents = creator && (await bindPath(run, creator, 'read', collection.template));
  if (!parents) return;
  const born = await create(run, collection, parents);
  yield;
  if (!born) return;
  const { item, answer } = born;
  const life = await read(run, item, answer);
  yield;
  if (!life || run.memories.of(collection) === 'stub') return remove(run, item);
  await checkLocation(run, item.owned, answer);
  yield;
  // Two items make a list in which pages can be told apart.
  await run.ids.own(collection, parents);
  yield* checkList(run, collection, parents, item.owned);
  yield* checkUpdate(life);
  yield* checkReplacement(life);
  yield* checkConditions(run, item.owned);
  await remove(run, item);
}

async function create(
  run: Run,
  collection: Collection,
  parents: Binding,
): Promise<{ readonly item: Item; readonly answer: Answered } | undefined> {
  const made = creationDraft(run, collection, parents, { salt: run.ids.salt(), extent: 'full' });
  if (!('draft' in made)) return undefined;
  const { draft, names } = made;
  const what = 'with all that it may have';
  const answer = await run.perform({ draft, what, expects: 'success' });
  const owned =
    answer && isSuccess(answer) ? ownedBy(run, collection, parents, draft, answer) : undefined;
  if (!answer || !owned) return undefined;
  run.created.add(itemTrace(run, owned));
  const value = draft.body && 'value' in draft.body ? draft.body.value : undefined;
  return { item: { owned, names, written: isObject(value) ? value : {} }, answer };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2 */
async function checkLocation(
  run: Run,
  { request, collection }: Owned,
  answer: Answered,
): Promise<void> {
  const path = answer.status === 201 ? locationPath(run, answer.response) : undefined;
  if (path === undefined) return;
  const route = findRoute(run.spec, 'GET', path);
  const item = route.kind === 'found' ? route : undefined;
  const location = answer.response.headers['location'];
  const target = item?.operation ?? request.operation;
  const values = { ...(item?.pathParameters ?? {}) };
  const origins = Object.fromEntries(Object.keys(values).map((name) => [name, 'owned' as const]));
  const decoded = Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, decodeURIComponent(text)]),
  );
  const draft = item && minimalDraft(run, target, { values: decoded, origins, owned: [] });
  const isElsewhere = item?.operation.path !== collection.itemTemplate;
  const text = `The Location of the answer to ${request.operation.id}, ${location}, does not lead to the item`;
  if (!draft || !isDraft(draft)) {
    run.report(request, 'and its Location', [
      providerFinding(
        'provider.item.lost',
        `${text}: the document has no GET for it.`,
        request.operation.node,
        {
          at: 'location',
          actual: location,
        },
      ),
    ]);
    return;
  }
  await run.perform({
    draft,
    what: 'by the Location of its creation',
    expects: isElsewhere ? 'either' : 'success',
    after: [request],
  });
}

async function read(run: Run, item: Item, created: Answered): Promise<Life | undefined> {
  const { owned, names } = item;
  const { collection } = owned;
  const echo = itemIn(created, owned) ?? {};
  const echoed = keptIn(run, item, echo);
  const draft = itemDraft(run, owned, 'GET');
  if (!draft) return { ...item, run, kept: echoed };
  let shown: JsonObject | undefined;
  await run.perform({
    draft,
    what: 'after it was created',
    expects: 'success',
    compare: (answer) => {
      shown = isSuccess(answer) ? itemIn(answer, owned) : undefined;
      if (!shown) return [];
      const found = keptIn(run, item, shown);
      const isKept = names.some((name) => echoed.includes(name) || found.includes(name));
      const hasKey = otherItem(owned, draft.operation, shown).length === 0;
      const isMemory = isKept || (names.length === 0 && hasKey);
      if (!isMemory) return stubFindings(run, collection, draft);
      run.memories.set(collection, 'remembers');
      const wanted = Object.fromEntries(echoed.map((name) => [name, item.written[name] ?? null]));
      const when = 'after it was created';
      return [
        ...otherItem(owned, draft.operation, shown),
        ...staleMembers(run, owned, draft.operation, { wanted, shown, when }),
      ];
    },
  });
  return shown && { ...item, run, kept: keptIn(run, item, shown) };
}

async function remove(run: Run, { owned }: Item): Promise<void> {
  const removal = itemDraft(run, owned, 'DELETE');
  const draft = itemDraft(run, owned, 'GET');
  const isStub = run.memories.of(owned.collection) === 'stub';
  let before: JsonObject | undefined;
  if (draft && removal && !isStub) {
    const answer = await run.perform({ draft, what: 'before it is deleted', expects: 'success' });
    before = answer && isSuccess(answer) ? itemIn(answer, owned) : undefined;
  }
  if (!removal) return;
  // What ignores the condition has deleted it.
  if (before && (await checkPrecondition(run, owned, 'DELETE'))) return;
  const answer = await run.perform({ draft: removal, what: 'of its own', expects: 'success' });
  // 202: it will be deleted, nobody knows when.
  const isDone = answer && isSuccess(answer) && answer.status !== 202;
  if (!isDone || !draft || !before) return;
  const last = before;
  await run.perform({
    draft,
    what: 'after it was deleted',
    expects: 'either',
    after: [removal],
    compare: (found) => {
      const shown = isSuccess(found) ? itemIn(found, owned) : undefined;
      // Where something has changed, it may be marked as deleted.
      if (!shown || !isUnchanged(last, shown)) return [];
      const text = `${draft.operation.method} ${draft.operation.path} still answers ${found.status} with the item after its DELETE was answered ${answer.status}.`;
      const details = { actual: found.status };
      return [providerFinding('provider.item.deleted', text, removal.operation.node, details)];
    },
  });
}
