import { bodySchema, isSameSchema } from '../../check/declared.ts';
import { type Collection, type ListShape, listOf } from '../../check/resource.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { parametersOf, successOf } from '../../spec/operation.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import { type ListQuery, project, readQuery, runQuery } from '../odata/query.ts';
import type { Answer } from '../responder.ts';
import type { Entry, Maybe } from '../store/store.ts';
import { assemble, isItem, propertiesOf } from './assemble.ts';
import { findItem, missing, nameOf } from './change.ts';
import { baseOf, type Context, contextUrl, keyIn, PAGE_SIZE, placeOf, prefers } from './context.ts';
import { etagOf, matches } from './etag.ts';
import { completed, expanded, navigationOf } from './expand.ts';
import { propertyTypes } from './property-types.ts';
import { annotate, answerOf, answerWith } from './represent.ts';
import { collectionRules } from './rules.ts';
import { settled } from './settle.ts';

/** A page has this many items where the client does not ask for another number. */
const PAGE = 100;
/** A page never has more items, whatever the client asks for. */
const LARGEST_PAGE = 1_000;

/** Answers GET of an item, or 304 when the client has it already. */
export function getItem(context: Context, collection: Collection): Maybe<Answer> {
  const found = findItem(context, collection);
  const show = (entry: Entry | undefined) => showItem(context, collection, entry);
  return found instanceof Promise ? found.then(show) : show(found);
}

function showItem(
  context: Context,
  collection: Collection,
  entry: Entry | undefined,
): Maybe<Answer> {
  if (!entry) return missing(context, `${nameOf(collection)} "${keyIn(context, collection)}"`);
  const etag = etagOf(entry);
  const seen = context.message.headers['if-none-match'];
  if (seen !== undefined && matches(seen, etag)) return answerOf(context, 304, { etag });
  const reading = queryOf(context, collection);
  if (reading.kind === 'refusal') return reading;
  const { schema, template } = collection;
  const answer = (value: JsonObject) => answerWith(context, { value, etag, schema, template });
  const value = projected(context, collection, entry, reading.query);
  return value instanceof Promise ? value.then(answer) : answer(value);
}

/** Answers GET of a collection: a page of its items, by the query options that the document declares. */
export async function listItems(context: Context, collection: Collection): Promise<Answer> {
  const { spec, store, operation } = context;
  const shape = listOf(spec, operation);
  const declared = bodySchema(spec, operation, successOf(operation));
  const reading = queryOf(context, collection);
  if (reading.kind === 'refusal') return reading;
  if (!shape || !declared) return context.respond();
  const place = placeOf(context, collection);
  const rules = collectionRules(collection);
  const entries: Entry[] = [];
  for (const entry of await store.list(place)) {
    const settling = settled(store, place, entry, rules, context.now);
    const now = settling instanceof Promise ? await settling : settling;
    if (now) entries.push(now);
  }
  const versions = new Map<JsonObject, Entry>(entries.map((entry) => [entry.value, entry]));
  const { query } = reading;
  const found = runQuery(
    entries.map(({ value }) => value),
    // The page is cut below.
    { ...query, top: undefined },
  );
  const page = pageOf(context, shape, found.items, reading);
  const items: JsonObject[] = [];
  for (const value of page.items) {
    const entry = versions.get(value);
    if (!entry) continue;
    const projecting = projected(context, collection, entry, query);
    const shown = projecting instanceof Promise ? await projecting : projecting;
    const listed = asListed(context, collection, shape, { entry, shown });
    if (!listed) return context.respond();
    items.push(annotate(context, shape.item, listed, { etag: etagOf(entry) }));
  }
  const body = await wrap(context, collection, shape, {
    ...page,
    items,
    total: found.total,
    query,
  });
  const { contentType } = declared;
  return answerOf(context, successOf(operation), {}, { contentType, body: JSON.stringify(body) });
}

/** What OData calls system query options, and this mock knows. */
const KNOWN: ReadonlySet<string> = new Set(
  '$filter $search $orderby $skip $top $count $select $expand'.split(' '),
);

/** An item as its list has it: some documents list items in a form that they are not read in. */
function asListed(
  { spec, now }: Context,
  collection: Collection,
  shape: ListShape,
  { entry, shown }: { readonly entry: Entry; readonly shown: JsonObject },
): JsonObject | undefined {
  if (isSameSchema(shape.item, collection.schema)) return shown;
  if (isItem(spec, shape.item, shown)) return shown;
  return assemble(spec, shape.item, [shown], { now, seed: entry.order });
}

interface Reading {
  readonly kind: 'query';
  readonly query: ListQuery;
}

/** The query options that the document declares for the operation, read; or why they cannot be. */
function queryOf(
  context: Context,
  collection: Collection,
): Reading | Extract<Answer, { kind: 'refusal' }> {
  const { spec, operation, message, now } = context;
  if (message.query === '') return plainQuery(spec, collection);
  const texts: Record<`$${string}`, string | undefined> = {};
  if (message.query !== '') {
    const given = new URLSearchParams(message.query);
    for (const { name, in: place } of parametersOf(spec, operation)) {
      if (place !== 'query' || !KNOWN.has(name)) continue;
      texts[name as `$${string}`] = given.get(name) ?? undefined;
    }
    // The mock's own links carry it, where a document has no `$skip`.
    texts.$skip ??= given.get('$skiptoken') ?? undefined;
  }
  const reading = readQuery(texts, propertyTypes(spec, collection.schema), {
    now: () => new Date(now),
    navigation: [...navigationOf(spec, collection).keys()],
  });
  if (reading.kind === 'query') return reading;
  const { option, position, reason } = reading;
  const text = `${option} cannot be understood at position ${position}: ${reason}`;
  return { kind: 'refusal', status: 400, reason: text };
}

const plainQueries = remembered(() => new Map<string, Reading>());

/** What is asked for where nothing is. */
function plainQuery(spec: Spec, collection: Collection): Reading {
  const known = plainQueries(spec);
  let reading = known.get(collection.itemTemplate);
  if (!reading) {
    const navigation = [...navigationOf(spec, collection).keys()];
    const read = readQuery({}, () => undefined, { navigation });
    if (read.kind !== 'query') throw new Error('A query without options has no mistakes');
    reading = read;
    known.set(collection.itemTemplate, reading);
  }
  return reading;
}

/** What is asked for of an item. Key and required properties stay: the answer satisfies its schema. */
function projected(
  context: Context,
  collection: Collection,
  entry: Entry,
  query: ListQuery,
): Maybe<JsonObject> {
  const { value } = entry;
  const isWhole =
    !query.select && !query.expand && !query.navigation.some((name) => Object.hasOwn(value, name));
  return isWhole ? value : projectedBy(context, collection, entry, query);
}

async function projectedBy(
  context: Context,
  collection: Collection,
  entry: Entry,
  query: ListQuery,
): Promise<JsonObject> {
  const keep = [collection.key, ...propertiesOf(context.spec, collection.schema).required];
  const whole = await expanded(context, collection, entry, query);
  return completed(context, collection, whole, project(whole, query, keep), query);
}

interface Page {
  readonly items: readonly JsonObject[];
  readonly nextLink: string | undefined;
}

/**
 * One page of what was found. `$top` is the size of a page, as at Microsoft Graph: where more items
 * are left, there is a link to them.
 */
function pageOf(
  context: Context,
  { schema }: ListShape,
  items: readonly JsonObject[],
  { query }: Reading,
): Page {
  const { spec, message, operation } = context;
  const { top } = query;
  const hasLink = propertiesOf(spec, schema).names.has('@odata.nextLink');
  const preferred = Number(prefers(context, PAGE_SIZE) ?? PAGE) || PAGE;
  // Pages need a link to the next one: without it, all is given at once.
  const most = hasLink ? Math.min(preferred, LARGEST_PAGE) : Number.POSITIVE_INFINITY;
  const size = Math.min(top ?? most, most);
  const page = items.slice(0, size);
  if (!hasLink || size === 0 || items.length <= size) return { items: page, nextLink: undefined };
  const hasSkip = parametersOf(spec, operation).some(({ name }) => name === '$skip');
  const next = `${hasSkip ? '$skip' : '$skiptoken'}=${(query.skip ?? 0) + size}`;
  const path = message.path.slice(baseOf(context).length - context.origin.length);
  // All else as it came: written anew, a comma that separates would become one that is meant.
  const others = message.query.split('&').filter((part) => part !== '' && !isSkip(part));
  const text = [...others, next].join('&');
  return { items: page, nextLink: `${baseOf(context)}${path}?${text}` };
}

/** Tells whether a part of a query says where a page begins. */
function isSkip(part: string): boolean {
  const [name] = new URLSearchParams(part).keys();
  return name === '$skip' || name === '$skiptoken';
}

async function wrap(
  context: Context,
  collection: Collection,
  { property, schema }: ListShape,
  page: Page & { readonly total: number; readonly query: ListQuery },
): Promise<Json> {
  if (property === undefined) return page.items;
  const { spec } = context;
  const properties = propertiesOf(spec, schema);
  const list: Record<string, Json> = {};
  if (properties.names.has('@odata.context')) {
    list['@odata.context'] = contextUrl(context, collection.template, false);
  }
  const isCounted = page.query.count || properties.required.includes('@odata.count');
  if (isCounted && properties.names.has('@odata.count')) list['@odata.count'] = page.total;
  if (page.nextLink !== undefined) list['@odata.nextLink'] = page.nextLink;
  list[property] = page.items;
  const unknown = properties.required.filter((name) => !Object.hasOwn(list, name));
  if (unknown.length === 0) return list;
  const answer = await context.respond();
  const example = answer.kind === 'answer' ? (JSON.parse(answer.body) as Json) : {};
  return { ...counted(isObject(example) ? example : {}, page), ...list };
}

const TOTALS = /^(?:total|count|size)$|(?:^|_)(?:total|count)$|(?:Total|Count)$|^total/;

/** An example of a list, its totals made true, and its list of the same length. */
function counted(example: JsonObject, { total }: { readonly total: number }): JsonObject {
  const members = Object.entries(example).map(([name, value]): [string, Json] => [
    name,
    Number.isInteger(value) && TOTALS.test(name) ? total : value,
  ]);
  return Object.fromEntries(members.filter(([, value]) => !Array.isArray(value)));
}
