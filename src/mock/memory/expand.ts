import { type Collection, type Resource, resourceOf } from '../../check/resource.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { namesOf } from '../../schema/members.ts';
import { operationsOf } from '../../spec/operation.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { ListQuery } from '../odata/query.ts';
import { itemOf } from '../store/item.ts';
import type { Entry, Maybe } from '../store/store.ts';
import { type Context, pathOf } from './context.ts';
import { etagOf } from './etag.ts';
import { notesIn } from './form.ts';
import { propertiesOf } from './item-properties.ts';
import { annotate, notesOf } from './represent.ts';

/** What lies below an item and is a property of it as well: by name. */
type Navigation = ReadonlyMap<string, Extract<Resource, { kind: 'single' | 'collection' }>>;

const navigations = remembered(() => new Map<string, Navigation>());

/** The navigation properties of the items of a collection: what can be expanded. */
export function navigationOf(spec: Spec, collection: Collection): Navigation {
  const known = navigations(spec);
  let navigation = known.get(collection.itemTemplate);
  if (!navigation) {
    navigation = infer(spec, collection);
    known.set(collection.itemTemplate, navigation);
  }
  return navigation;
}

function infer(spec: Spec, { itemTemplate, schema }: Collection): Navigation {
  const { names } = namesOf(spec, schema);
  const found = new Map<string, Extract<Resource, { kind: 'single' | 'collection' }>>();
  for (const operation of operationsOf(spec)) {
    if (!operation.path.startsWith(`${itemTemplate}/`)) continue;
    const name = operation.path.slice(itemTemplate.length + 1);
    if (!names.has(name)) continue;
    const resource = resourceOf(spec, operation);
    if (resource?.kind === 'single' || resource?.kind === 'collection') found.set(name, resource);
  }
  return found;
}

/** An item with the related resources that a query asks for, as they are remembered. */
export function expanded(
  context: Context,
  collection: Collection,
  entry: Entry,
  query: ListQuery,
): Maybe<JsonObject> {
  return query.expand && query.expand.size > 0
    ? withRelated(context, collection, entry, query.expand.keys())
    : itemOf(entry);
}

/** An item with related resources, as they are remembered, under the names that are given. */
export async function withRelated(
  context: Context,
  collection: Collection,
  entry: Entry,
  names: Iterable<string>,
): Promise<JsonObject> {
  const related: Record<string, Json> = {};
  const navigation = navigationOf(context.spec, collection);
  const values = { ...context.parameters.path, [collection.parameter]: entry.key };
  for (const name of names) {
    const resource = navigation.get(name);
    if (resource)
      related[name] = await readRelated(
        context,
        resource,
        pathOf(`${collection.itemTemplate}/${name}`, values),
      );
  }
  return { ...itemOf(entry), ...related };
}

/** An item after its projection, what is expanded in it with all that its schema requires. */
export function completed(
  { spec }: Context,
  collection: Collection,
  whole: JsonObject,
  projected: JsonObject,
  { expand }: ListQuery,
): JsonObject {
  if (!expand || expand.size === 0) return projected;
  const related: Record<string, Json> = {};
  for (const [name, resource] of navigationOf(spec, collection)) {
    if (expand.get(name) === undefined) continue;
    const schema = resource.kind === 'single' ? resource.schema : resource.collection.schema;
    const { required } = propertiesOf(spec, schema);
    related[name] = restore(whole[name] ?? null, projected[name] ?? null, required);
  }
  return { ...projected, ...related };
}

function restore(whole: Json, part: Json, required: readonly string[]): Json {
  if (isArray(whole) && isArray(part)) {
    return part.map((item, index) => restore(whole[index] ?? null, item, required));
  }
  if (!isObject(whole) || !isObject(part)) return part;
  const kept = required.flatMap((name) => (name in whole ? [[name, whole[name] ?? null]] : []));
  return { ...Object.fromEntries(kept), ...part };
}

async function readRelated(
  context: Context,
  resource: Extract<Resource, { kind: 'single' | 'collection' }>,
  path: string,
): Promise<Json> {
  const place = { scope: context.scope, collection: path };
  if (resource.kind === 'single') {
    const entry = await context.store.get(place, '');
    return entry ? itemOf(entry) : null;
  }
  const entries = await context.store.list(place);
  const { schema } = resource.collection;
  const noted = notesIn(context.spec, schema);
  return entries.map((entry) =>
    annotate(notesOf(context, noted, { etag: etagOf(entry) }), itemOf(entry)),
  );
}
