import { declares, isSameSchema, successSchema } from '../../check/declared.ts';
import type { Collection } from '../../check/resource.ts';
import type { Json, JsonObject } from '../../json.ts';
import { responseFor } from '../../spec/operation.ts';
import type { Answer } from '../responder.ts';
import type { Entry, Maybe, Place, Stored } from '../store/store.ts';
import {
  assemble,
  completeInside,
  isItem,
  membersOf,
  propertiesOf,
  shownOf,
  writableOf,
} from './assemble.ts';
import { type Context, keyIn, objectBody, placeOf } from './context.ts';
import { created, makeItem } from './create.ts';
import { changedMeanwhile, etagOf, matches } from './etag.ts';
import { fillValues, type Source } from './fill.ts';
import { mergePatch } from './merge-patch.ts';
import { answerWith } from './represent.ts';
import { type CollectionRules, collectionRules, moveOf } from './rules.ts';
import { settled, stateOf } from './settle.ts';

/** How often a change is tried again because somebody else changed the item in between. */
const ATTEMPTS = 100;

/** A change of an item: what it becomes, or why it cannot. */
type Change = (entry: Entry, rules: CollectionRules) => Stored | Answer;

/** The answer to a request for something that is not there; without memory where it declares no 404. */
export function missing(context: Context, what: string): Maybe<Answer> {
  if (!responseFor(context.spec, context.operation, 404)) return context.respond();
  return { kind: 'refusal', status: 404, reason: `There is no ${what}.` };
}

/** The item that a request names, after all that has happened to it by itself. */
export function findItem(context: Context, collection: Collection): Maybe<Entry | undefined> {
  const { store, now } = context;
  const place = placeOf(context, collection);
  const settle = (entry: Entry | undefined) =>
    entry && settled(store, place, entry, collectionRules(collection), now);
  const found = store.get(place, keyIn(context, collection));
  return found instanceof Promise ? found.then(settle) : settle(found);
}

/** Answers PATCH of an item: JSON Merge Patch (RFC 7396). */
export function patchItem(context: Context, collection: Collection): Promise<Answer> {
  const given = objectBody(context);
  const body = given && writableOf(context.spec, collection.schema, given);
  return change(context, collection, (entry, rules) => {
    if (!body) return entry;
    const { key } = collection;
    const kept = { [key]: entry.value[key] ?? entry.key };
    for (const keepsNull of [false, true]) {
      const patched = mergePatch(entry.value, body, { keepsNull });
      const changed = { ...patched, ...updates(context, rules, entry), ...kept };
      const value = shownOf(context.spec, collection.schema, changed);
      if (isItem(context.spec, collection.schema, value))
        return moved(context, rules, entry, value);
      const whole = completeInside(context.spec, collection.schema, value, entry.order);
      if (isItem(context.spec, collection.schema, whole))
        return moved(context, rules, entry, whole);
    }
    const reason = 'The item would not satisfy its schema after this change.';
    return { kind: 'refusal', status: 400, reason };
  });
}

/** Answers PUT of an item: replaces it, or makes it where the document declares 201 or has no POST. */
export async function putItem(context: Context, collection: Collection): Promise<Answer> {
  const { spec, store, operation } = context;
  const body = objectBody(context);
  if (!body) return context.respond();
  const place = placeOf(context, collection);
  const key = keyIn(context, collection);
  const found = await findItem(context, collection);
  if (found)
    return change(context, collection, (entry, rules) =>
      replaced(context, collection, entry, rules, body),
    );
  if (!declares(operation, '201') && hasPost(collection)) {
    return missing(context, `${nameOf(collection)} "${key}"`);
  }
  if (context.message.headers['if-match'] !== undefined) return changedMeanwhile();
  const sequence = await store.count(context.scope, 'items');
  const number = Number(key);
  for (const given of [key, number]) {
    const made = makeItem(context, collection, body, { given, sequence });
    if (made?.key !== key || !isItem(spec, collection.schema, made.value)) continue;
    const entry = await store.insert(place, key, { value: made.value, since: context.now });
    if (entry) return created(context, collection, entry);
  }
  return context.respond();
}

function hasPost({ pathItem }: Collection): boolean {
  return pathItem.value['post'] !== undefined;
}

function replaced(
  context: Context,
  { schema, key }: Collection,
  entry: Entry,
  rules: CollectionRules,
  body: JsonObject,
): Stored | Answer {
  const own = [...propertiesOf(context.spec, schema).readOnly, ...Object.keys(rules.create), key];
  const kept = membersOf(entry.value, own);
  const writable = writableOf(context.spec, schema, body);
  const known = [writable, kept, updates(context, rules, entry)];
  const value = assemble(context.spec, schema, known, { now: context.now, seed: entry.order });
  if (value) return moved(context, rules, entry, value);
  return { kind: 'refusal', status: 400, reason: 'The body makes no valid item.' };
}

/** Answers DELETE of an item. */
export async function deleteItem(context: Context, collection: Collection): Promise<Answer> {
  const place = placeOf(context, collection);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const entry = await findItem(context, collection);
    if (!entry) return missingItem(context, collection);
    const refusal = barrier(context, entry, collectionRules(collection));
    if (refusal) return refusal;
    if (await context.store.remove(place, entry.key, entry.version))
      return show(context, collection, entry, false);
  }
  return busy();
}

/** Answers an action on an item: moves it to another state, as the document's `x-mock` says. */
export function moveItem(context: Context, collection: Collection): Promise<Answer> {
  return change(context, collection, (entry, rules) => {
    const { to, set } = moveOf(context.operation);
    if (to === undefined && Object.keys(set).length === 0) return entry;
    const target = rules.state === undefined || to === undefined ? {} : { [rules.state]: to };
    const value = {
      ...entry.value,
      ...updates(context, rules, entry),
      ...fillValues(set, sourceOf(context, entry)),
      ...target,
    };
    return moved(context, rules, entry, value);
  });
}

async function change(context: Context, collection: Collection, work: Change): Promise<Answer> {
  const place: Place = placeOf(context, collection);
  const rules = collectionRules(collection);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const entry = await findItem(context, collection);
    if (!entry) return missingItem(context, collection);
    const refusal = barrier(context, entry, rules);
    if (refusal) return refusal;
    const after = work(entry, rules);
    if ('kind' in after) return after;
    if (after === entry) return show(context, collection, entry, true);
    const fresh = await context.store.replace(place, entry.key, after, entry.version);
    if (fresh) return show(context, collection, fresh, true);
  }
  return busy();
}

/** Why an item cannot be changed: it is of another version, or in a state that does not allow it. */
function barrier(context: Context, entry: Entry, rules: CollectionRules): Answer | undefined {
  const { headers } = context.message;
  const match = headers['if-match'];
  if (match !== undefined && !matches(match, etagOf(entry))) return changedMeanwhile();
  const { from } = moveOf(context.operation);
  const state = stateOf(entry.value, rules);
  if (from === undefined || state === undefined || from.includes(state)) return undefined;
  const wanted = from.length === 0 ? 'no state' : from.join(' or ');
  const reason = `${context.operation.id} is not possible: the item is ${state}, and it must be ${wanted}.`;
  return { kind: 'refusal', status: 409, reason };
}

function busy(): Answer {
  const reason = 'The item was changed by others again and again. Send the request once more.';
  return { kind: 'refusal', status: 503, reason };
}

function missingItem(context: Context, collection: Collection): Answer | Promise<Answer> {
  return missing(context, `${nameOf(collection)} "${keyIn(context, collection)}"`);
}

/** How people call an item: by the parameter that names it. */
export function nameOf({ parameter }: Collection): string {
  return parameter.replace(/[-_ ]?id$/i, '') || 'item';
}

function show(
  context: Context,
  collection: Collection,
  entry: Entry,
  isThere: boolean,
): Answer | Promise<Answer> {
  const schema = successSchema(context.spec, context.operation);
  const isOwn = schema !== undefined && isSameSchema(schema, collection.schema);
  // What an action answers with, where it is not the item, only the document's example can say.
  const isOther = context.operation.path !== collection.itemTemplate && !isOwn;
  if (schema && isOther) return context.respond();
  return answerWith(context, {
    value: entry.value,
    etag: isThere ? etagOf(entry) : undefined,
    schema: collection.schema,
    template: collection.template,
  });
}

function sourceOf({ now, parameters, seed, scope }: Context, entry: Entry): Source {
  const { key, order, version } = entry;
  return {
    now,
    path: parameters.path,
    key,
    sequence: order,
    seed: `${seed} ${scope} ${key} ${version}`,
  };
}

function updates(context: Context, rules: CollectionRules, entry: Entry): Record<string, Json> {
  return fillValues(rules.update, sourceOf(context, entry));
}

/** The item as it is remembered: the time that it came into its state goes on where the state has not changed. */
function moved({ now }: Context, rules: CollectionRules, entry: Entry, value: JsonObject): Stored {
  const isSame = stateOf(value, rules) === stateOf(entry.value, rules);
  return { value, since: isSame ? entry.since : now };
}
