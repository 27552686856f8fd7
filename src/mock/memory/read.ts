import { isSameSchema } from '../../check/declared.ts';
import type { Collection } from '../../check/resource.ts';
import { type ListShape, listOf } from '../../check/resource.ts';
import type { JsonObject } from '../../json.ts';
import type { Answer } from '../held-answer.ts';
import { type ListQuery, project, runQuery } from '../odata/query.ts';
import { itemOf } from '../store/item.ts';
import { chain, type Entry, type Maybe } from '../store/store.ts';
import { assemble, isItem } from './assemble.ts';
import { findItem, missing, nameOf } from './change.ts';
import { type Context, keyIn, placeOf } from './context.ts';
import { etagOf, matches } from './etag.ts';
import { completed, expanded, withRelated } from './expand.ts';
import { answerIn, formOf, notesIn } from './form.ts';
import { propertiesOf } from './item-properties.ts';
import { queryOf } from './list-query.ts';
import { pageOf, pageText } from './page.ts';
import { annotated, answerWith, notesOf } from './represent.ts';
import { collectionRules } from './rules.ts';
import { settled } from './settle.ts';

/** Answers GET of an item, or 304 when the client has it already. */
export function getItem(context: Context, collection: Collection): Maybe<Answer> {
  return chain(findItem(context, collection), (entry) => {
    if (!entry) return missing(context, `${nameOf(collection)} "${keyIn(context, collection)}"`);
    const etag = etagOf(entry);
    const seen = context.message.headers['if-none-match'];
    if (seen !== undefined && matches(seen, etag))
      return answerIn(formOf(context.spec, context.operation, 304), { etag });
    const reading = queryOf(context, collection);
    if (reading.kind === 'refusal') return reading;
    const { schema, template } = collection;
    return chain(projected(context, collection, entry, reading.query), (text) =>
      answerWith(context, { text, etag, schema, template }),
    );
  });
}

/** Answers GET of a collection: a page of its items, by the query options that the document declares. */
export async function listItems(context: Context, collection: Collection): Promise<Answer> {
  const { spec, store, operation } = context;
  const shape = listOf(spec, operation);
  const form = formOf(spec, operation);
  const reading = queryOf(context, collection);
  if (reading.kind === 'refusal') return reading;
  if (!shape || !form.body) return context.respond();
  const place = placeOf(context, collection);
  const rules = collectionRules(collection);
  const entries: Entry[] = [];
  for (const entry of await store.list(place)) {
    const settling = settled(store, place, entry, rules, context.now);
    const now = settling instanceof Promise ? await settling : settling;
    if (now) entries.push(now);
  }
  const { query } = reading;
  const { found, total } = await findEntries(context, collection, entries, query);
  const page = pageOf(context, shape, found, query);
  const items: string[] = [];
  const noted = notesIn(spec, shape.item);
  for (const entry of page.items) {
    const projecting = projected(context, collection, entry, query);
    const shown = projecting instanceof Promise ? await projecting : projecting;
    const text = asListed(context, collection, shape, { entry, shown });
    if (text === undefined) return context.respond();
    items.push(annotated(notesOf(context, noted, { etag: etagOf(entry) }), text));
  }
  const body = await pageText(context, collection, shape, { ...page, items, total, query });
  return answerIn(form, page.headers, body);
}

interface Found {
  readonly found: readonly Entry[];
  readonly total: number;
}

/** What a query finds, in its order, on whatever page it is. */
async function findEntries(
  context: Context,
  collection: Collection,
  entries: readonly Entry[],
  query: ListQuery,
): Promise<Found> {
  const { filter, search, order, related, skip = 0 } = query;
  // Where nothing is looked for, no item has to be looked into.
  if (!filter && !search && !order) return { found: entries.slice(skip), total: entries.length };
  const byItem = new Map<JsonObject, Entry>();
  const isAlone = related.length === 0;
  for (const entry of entries) {
    const item = isAlone ? itemOf(entry) : await withRelated(context, collection, entry, related);
    byItem.set(item, entry);
  }
  const { items, total } = runQuery([...byItem.keys()], { ...query, top: undefined });
  return { found: items.flatMap((item) => byItem.get(item) ?? []), total };
}

/** An item as its list has it: some documents list items in a form that they are not read in. */
function asListed(
  { spec, now }: Context,
  collection: Collection,
  shape: ListShape,
  { entry, shown }: { readonly entry: Entry; readonly shown: string },
): string | undefined {
  if (isSameSchema(shape.item, collection.schema)) return shown;
  const item = JSON.parse(shown) as JsonObject;
  if (isItem(spec, shape.item, item)) return shown;
  const made = assemble(spec, shape.item, [item], { now, seed: entry.order });
  return made && JSON.stringify(made);
}

/**
 * The JSON of what is asked for of an item. Key and required properties stay: the answer satisfies
 * its schema.
 */
function projected(
  context: Context,
  collection: Collection,
  entry: Entry,
  query: ListQuery,
): Maybe<string> {
  const { text } = entry;
  // Related resources are left out where nobody asks for them; most items have none.
  const mayBeRelated = query.navigation.some((name) => text.includes(JSON.stringify(name)));
  if (!query.select && !query.expand && !mayBeRelated) return text;
  const keep = [collection.key, ...propertiesOf(context.spec, collection.schema).required];
  return chain(expanded(context, collection, entry, query), (whole) =>
    JSON.stringify(completed(context, collection, whole, project(whole, query, keep), query)),
  );
}
