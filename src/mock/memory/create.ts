import { declares } from '../../check/declared.ts';
import type { Collection } from '../../check/resource.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isValid } from '../../schema/judge.ts';
import { schemasOfProperty } from '../../schema/members.ts';
import { sample } from '../../schema/sample.ts';
import { typesOf } from '../../schema/types.ts';
import { responseFor } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Answer } from '../held-answer.ts';
import { toStored } from '../store/item.ts';
import { chain, type Entry, type Maybe } from '../store/store.ts';
import { uuidOf } from '../uuid.ts';
import { assemble, writableOf } from './assemble.ts';
import { attempt } from './attempt.ts';
import { type Context, itemUrl, objectBody, placeOf } from './context.ts';
import { etagOf } from './etag.ts';
import type { Source } from './fill.ts';
import { answerWith } from './represent.ts';
import { collectionRules, laterNames } from './rules.ts';

const REQUEST = { direction: 'request', strict: false } as const;

/** Answers POST to a collection: a new item, with all that the service sets. */
export function createItem(context: Context, collection: Collection): Maybe<Answer> {
  const { spec, store, scope, now } = context;
  const sent = objectBody(context);
  if (!sent) return context.respond();
  const body = writableOf(spec, collection.schema, sent);
  const place = placeOf(context, collection);
  const given = givenKey(spec, collection, body);
  const insert = (sequence: number) => {
    const made = makeItem(context, collection, body, { given, sequence });
    if (!made) return context.respond();
    return chain(store.insert(place, made.key, toStored(made.value, now)), (entry) => {
      if (entry) return created(context, collection, entry);
      // Only an item that a client has named can be in the way of a made key.
      return given === undefined ? undefined : taken(context, collection, String(given));
    });
  };
  return attempt(() => chain(store.count(scope, 'items'), insert));
}

function taken({ spec, operation }: Context, { key }: Collection, given: string): Answer {
  const status = [409, 400, 422].find((code) => responseFor(spec, operation, code)) ?? 400;
  const reason = `There is an item with the key "${given}" already: ${key} must be another.`;
  return { kind: 'refusal', status, reason };
}

/** The answer to a creation: the item, where it is, and its version. */
export function created(context: Context, collection: Collection, entry: Entry): Maybe<Answer> {
  const location = itemUrl(context, collection, entry.key);
  return answerWith(context, {
    text: entry.text,
    etag: etagOf(entry),
    schema: collection.schema,
    template: collection.template,
    location,
    status: declares(context.operation, '201') ? 201 : undefined,
  });
}

interface NewItem {
  readonly key: string;
  readonly value: JsonObject;
}

/** An item that does not exist yet; `undefined` when no valid one can be made. */
export function makeItem(
  context: Context,
  collection: Collection,
  body: JsonObject,
  { given, sequence }: { readonly given: Json | undefined; readonly sequence: number },
): NewItem | undefined {
  const { spec, now, parameters } = context;
  const { schema, key: property } = collection;
  const rules = collectionRules(collection);
  const seed = `${context.seed} ${context.scope} ${sequence}`;
  const source: Source = { now, path: parameters.path, key: undefined, sequence, seed };
  const assigned = rules.create.fillOne(property, source);
  const key = given ?? assigned ?? makeKey(spec, collection, sequence, seed);
  if (key === undefined) return undefined;
  const keyed = { ...source, key: String(key) };
  const identity = { [property]: key };
  const known = [
    rules.defaults.fill(keyed, body),
    body,
    rules.create.fill(keyed, identity),
    identity,
  ];
  const later = laterNames(spec, collection);
  const value = assemble(spec, schema, known, { now, seed: sequence, later });
  return value && { key: String(value[property] ?? key), value };
}

/** The key that a client gives an item, where the document lets it. */
function givenKey(spec: Spec, { schema, key }: Collection, body: JsonObject): Json | undefined {
  const value = Object.hasOwn(body, key) ? body[key] : undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [property] = schemasOfProperty(spec, schema, key);
  return property && isValid(spec, property, value, REQUEST) ? value : undefined;
}

function makeKey(
  spec: Spec,
  { schema, key }: Collection,
  sequence: number,
  seed: string,
): Json | undefined {
  const [property] = schemasOfProperty(spec, schema, key);
  if (!property) return uuidOf(seed);
  const types = typesOf(spec, property);
  const fits = (value: Json) =>
    isValid(spec, property, value, { direction: 'response', strict: false });
  const isNumber = !types.has('string') && types.has('integer');
  const candidates: readonly Json[] = isNumber ? [sequence] : [uuidOf(seed), String(sequence)];
  return candidates.find(fits) ?? sample(spec, property, { direction: 'response', seed: sequence });
}
