import { declares } from '../../check/declared.ts';
import type { Collection } from '../../check/resource.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isValid } from '../../schema/judge.ts';
import { schemasOfProperty } from '../../schema/members.ts';
import { sample } from '../../schema/sample.ts';
import { typesOf } from '../../schema/types.ts';
import { responseFor } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Answer } from '../responder.ts';
import type { Entry, Maybe } from '../store/store.ts';
import { assemble, writableOf } from './assemble.ts';
import { type Context, itemUrl, objectBody, placeOf } from './context.ts';
import { etagOf } from './etag.ts';
import { fillValue, fillValues, type Source, uuidOf } from './fill.ts';
import { answerWith } from './represent.ts';
import { collectionRules } from './rules.ts';

/** How often another key is tried when one is taken: only an item that a client named can be in the way. */
const ATTEMPTS = 20;
const REQUEST = { direction: 'request', strict: false } as const;

/** Answers POST to a collection: a new item, with all that the service sets. */
export async function createItem(context: Context, collection: Collection): Promise<Answer> {
  const { spec, store, scope } = context;
  const sent = objectBody(context);
  if (!sent) return context.respond();
  const body = writableOf(spec, collection.schema, sent);
  const place = placeOf(context, collection);
  const given = givenKey(spec, collection, body);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const counting = store.count(scope, 'items');
    const sequence = counting instanceof Promise ? await counting : counting;
    const made = makeItem(context, collection, body, { given, sequence });
    if (!made) return context.respond();
    const stored = { value: made.value, since: context.now };
    const inserting = store.insert(place, made.key, stored);
    const entry = inserting instanceof Promise ? await inserting : inserting;
    if (entry) return created(context, collection, entry);
    if (given !== undefined) {
      const status = responseFor(spec, context.operation, 409) ? 409 : 400;
      const reason = `There is an item with the key "${given}" already: ${collection.key} must be another.`;
      return { kind: 'refusal', status, reason };
    }
  }
  const reason = 'No free key was found for the item. Reset the state of the mock.';
  return { kind: 'refusal', status: 500, reason };
}

/** The answer to a creation: the item, where it is, and its version. */
export function created(context: Context, collection: Collection, entry: Entry): Maybe<Answer> {
  const location = itemUrl(context, collection, entry.key);
  return answerWith(context, {
    value: entry.value,
    etag: etagOf(entry),
    schema: collection.schema,
    template: collection.template,
    headers: { location },
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
  const assigned = fillValue(rules.create, property, source);
  const key = given ?? assigned ?? makeKey(spec, collection, sequence, seed);
  if (key === undefined) return undefined;
  const keyed = { ...source, key: String(key) };
  const identity = { [property]: key };
  const known = [
    fillValues(rules.defaults, keyed, body),
    body,
    fillValues(rules.create, keyed, identity),
    identity,
  ];
  const value = assemble(spec, schema, known, { now, seed: sequence });
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
