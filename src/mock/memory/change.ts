import { declares, isSameSchema, successSchema } from '../../check/declared.ts';
import type { Collection } from '../../check/resource.ts';
import type { Json, JsonObject } from '../../json.ts';
import { responseFor } from '../../spec/operation.ts';
import type { Answer } from '../held-answer.ts';
import { itemOf, toStored } from '../store/item.ts';
import { chain, type Entry, type Maybe, type Place, type Stored } from '../store/store.ts';
import { assemble, isItem, membersOf, shownOf, writableOf } from './assemble.ts';
import { attempt } from './attempt.ts';
import { completeInside } from './complete.ts';
import { type Context, keyIn, objectBody, placeOf } from './context.ts';
import { created, makeItem } from './create.ts';
import { changedMeanwhile, etagOf, versionRefusal } from './etag.ts';
import type { Source } from './fill.ts';
import { propertiesOf } from './item-properties.ts';
import { mergePatch } from './merge-patch.ts';
import { answerWith } from './represent.ts';
import { type CollectionRules, collectionRules, moveOf } from './rules.ts';
import { settled, stateOf } from './settle.ts';

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
  return chain(
    store.get(place, keyIn(context, collection)),
    (entry) => entry && settled(store, place, entry, collectionRules(collection), now),
  );
}

/** Answers PATCH of an item: JSON Merge Patch (RFC 7396). */
export function patchItem(context: Context, collection: Collection): Maybe<Answer> {
  const given = objectBody(context);
  const body = given && writableOf(context.spec, collection.schema, given);
  return change(context, collection, (entry, rules) => {
    if (!body) return entry;
    const { key } = collection;
    const item = itemOf(entry);
    const kept = { [key]: item[key] ?? entry.key };
    for (const keepsNull of [false, true]) {
      const patched = mergePatch(item, body, { keepsNull });
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
export function putItem(context: Context, collection: Collection): Maybe<Answer> {
  const body = objectBody(context);
  // What is no object is no item: a picture, say.
  if (!body && context.message.content.kind !== 'none') return context.respond();
  return attempt(() =>
    chain(findItem(context, collection), (found) => {
      if (!found) return placeItem(context, collection, body ?? {});
      // Without a body it says no more than that the item is there.
      return change(context, collection, (entry, rules) =>
        body ? replaced(context, collection, entry, rules, body) : entry,
      );
    }),
  );
}

/** Makes an item of the key that the client names; `undefined` when somebody else just has. */
function placeItem(
  context: Context,
  collection: Collection,
  body: JsonObject,
): Maybe<Answer | undefined> {
  const { spec, store, operation, scope, now, message } = context;
  const key = keyIn(context, collection);
  if (!declares(operation, '201') && collection.pathItem.value['post'] !== undefined) {
    return missingItem(context, collection);
  }
  if (message.headers['if-match'] !== undefined) return changedMeanwhile();
  return chain(store.count(scope, 'items'), (sequence) => {
    const made = [key, Number(key)]
      .map((given) => makeItem(context, collection, body, { given, sequence }))
      .find((item) => item?.key === key && isItem(spec, collection.schema, item.value));
    if (!made) return context.respond();
    const inserting = store.insert(placeOf(context, collection), key, toStored(made.value, now));
    return chain(inserting, (entry) => entry && created(context, collection, entry));
  });
}

function replaced(
  context: Context,
  { schema, key }: Collection,
  entry: Entry,
  rules: CollectionRules,
  body: JsonObject,
): Stored | Answer {
  const own = [...propertiesOf(context.spec, schema).readOnly, ...rules.create.names, key];
  const kept = membersOf(itemOf(entry), own);
  const writable = writableOf(context.spec, schema, body);
  const known = [writable, kept, updates(context, rules, entry)];
  const value = assemble(context.spec, schema, known, { now: context.now, seed: entry.order });
  if (value) return moved(context, rules, entry, value);
  return { kind: 'refusal', status: 400, reason: 'The body makes no valid item.' };
}

/** Answers DELETE of an item. */
export function deleteItem(context: Context, collection: Collection): Maybe<Answer> {
  const place = placeOf(context, collection);
  return attempt(() =>
    chain(findItem(context, collection), (entry) => {
      if (!entry) return missingItem(context, collection);
      const refusal = barrier(context, entry, collectionRules(collection));
      if (refusal) return refusal;
      return chain(context.store.remove(place, entry.key, entry.version), (isRemoved) =>
        isRemoved ? show(context, collection, entry, false) : undefined,
      );
    }),
  );
}

/** Answers an action on an item: moves it to another state, as the document's `x-mock` says. */
export function moveItem(context: Context, collection: Collection): Maybe<Answer> {
  return change(context, collection, (entry, rules) => {
    const { to, set } = moveOf(context.operation);
    if (to === undefined && set.names.length === 0) return entry;
    const target = rules.state === undefined || to === undefined ? {} : { [rules.state]: to };
    const value = {
      ...itemOf(entry),
      ...updates(context, rules, entry),
      ...set.fill(sourceOf(context, entry)),
      ...target,
    };
    return moved(context, rules, entry, value);
  });
}

function change(context: Context, collection: Collection, work: Change): Maybe<Answer> {
  const place: Place = placeOf(context, collection);
  const rules = collectionRules(collection);
  return attempt(() =>
    chain(findItem(context, collection), (entry) => {
      if (!entry) return missingItem(context, collection);
      const refusal = barrier(context, entry, rules);
      if (refusal) return refusal;
      const after = work(entry, rules);
      if ('kind' in after) return after;
      if (after === entry) return show(context, collection, entry, true);
      return chain(context.store.replace(place, entry.key, after, entry.version), (fresh) =>
        fresh ? show(context, collection, fresh, true) : undefined,
      );
    }),
  );
}

/** Why an item cannot be changed: it is of another version, or in a state that does not allow it. */
function barrier(context: Context, entry: Entry, rules: CollectionRules): Answer | undefined {
  const refusal = versionRefusal(context, entry);
  if (refusal) return refusal;
  const { from } = moveOf(context.operation);
  if (from === undefined || rules.state === undefined) return undefined;
  const state = stateOf(itemOf(entry), rules);
  if (from.includes(String(state))) return undefined;
  const wanted = from.length === 0 ? 'no state' : from.join(' or ');
  const found =
    typeof state === 'string'
      ? `the item is ${state}`
      : `the item has no state, \`${rules.state}\` is ${state === undefined ? 'missing' : JSON.stringify(state)}`;
  const reason = `${context.operation.id} is not possible: ${found}, and it must be ${wanted}.`;
  return { kind: 'refusal', status: 409, reason };
}

function missingItem(context: Context, collection: Collection): Maybe<Answer> {
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
): Maybe<Answer> {
  const schema = successSchema(context.spec, context.operation);
  const isOwn = schema !== undefined && isSameSchema(schema, collection.schema);
  // What an action answers with, where it is not the item, only the document's example can say.
  const isOther = context.operation.path !== collection.itemTemplate && !isOwn;
  if (schema && isOther) return context.respond();
  return answerWith(context, {
    text: entry.text,
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
  return rules.update.fill(sourceOf(context, entry));
}

/** The item as it is remembered: the time that it came into its state goes on where the state has not changed. */
function moved({ now }: Context, rules: CollectionRules, entry: Entry, value: JsonObject): Stored {
  const isSame = stateOf(value, rules) === stateOf(itemOf(entry), rules);
  return toStored(value, isSame ? entry.since : now);
}
