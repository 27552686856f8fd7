import type { Collection, ListShape } from '../../check/resource.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { parametersOf } from '../../spec/operation.ts';
import type { ListQuery } from '../odata/query.ts';
import { chain, type Maybe } from '../store/store.ts';
import { propertiesOf } from './assemble.ts';
import { baseOf, type Context, contextUrl, PAGE_SIZE, prefers } from './context.ts';

/** A page has this many items where the client does not ask for another number. */
const PAGE = 100;
/** A page never has more items, whatever the client asks for. */
const LARGEST_PAGE = 1_000;

/** Some of what was found. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextLink: string | undefined;
}

/**
 * One page of what was found. `$top` is the size of a page, as at Microsoft Graph: where more items
 * are left, there is a link to them.
 */
export function pageOf<T>(
  context: Context,
  { schema }: ListShape,
  items: readonly T[],
  query: ListQuery,
): Page<T> {
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

/** The JSON of a page, in the form that its list has; its items are JSON already. */
export function pageText(
  context: Context,
  collection: Collection,
  { property, schema }: ListShape,
  page: Page<string> & { readonly total: number; readonly query: ListQuery },
): Maybe<string> {
  const items = `[${page.items.join()}]`;
  if (property === undefined) return items;
  const { names, required } = propertiesOf(context.spec, schema);
  const around: Record<string, Json> = {};
  if (names.has('@odata.context')) {
    around['@odata.context'] = contextUrl(context, collection.template, false);
  }
  const isCounted = page.query.count || required.includes('@odata.count');
  if (isCounted && names.has('@odata.count')) around['@odata.count'] = page.total;
  if (page.nextLink !== undefined) around['@odata.nextLink'] = page.nextLink;
  const isKnown = (name: string) => name === property || Object.hasOwn(around, name);
  if (required.every(isKnown)) return enclosed(around, property, items);
  return chain(context.respond(), (answer) => {
    const example = answer.kind === 'answer' ? (JSON.parse(answer.body) as Json) : {};
    const known = counted(isObject(example) ? example : {}, page);
    return enclosed({ ...known, ...around }, property, items);
  });
}

/** The JSON of an object with one more member, which is JSON already. */
function enclosed(around: JsonObject, property: string, text: string): string {
  const member = `${JSON.stringify(property)}:${text}}`;
  const head = JSON.stringify(around);
  return head === '{}' ? `{${member}` : `${head.slice(0, -1)},${member}`;
}

const TOTALS = /^(?:total|count|size)$|(?:^|_)(?:total|count)$|(?:Total|Count)$|^total/;

/** An example of a list without its lists, its totals made true. */
function counted(example: JsonObject, { total }: { readonly total: number }): JsonObject {
  const members = Object.entries(example)
    .filter(([, value]) => !Array.isArray(value))
    .map(([name, value]) => [name, Number.isInteger(value) && TOTALS.test(name) ? total : value]);
  return Object.fromEntries(members);
}
