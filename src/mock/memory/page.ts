import type { Collection, ListShape } from '../../check/resource.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { parametersOf } from '../../spec/operation.ts';
import type { ListQuery } from '../odata/query.ts';
import type { ReplyHeaders } from '../reply.ts';
import { chain, type Maybe } from '../store/store.ts';
import { type Context, contextUrl, PAGE_SIZE, prefers } from './context.ts';
import { propertiesOf } from './item-properties.ts';
import { pageUrl } from './page-link.ts';
import { plainPage } from './plain-page.ts';

/** A page has this many items where the client does not ask for another number. */
const PAGE = 100;
/** A page never has more items, whatever the client asks for. */
const LARGEST_PAGE = 1_000;

/** The option of a query that the mock's own links carry, where a document has no `$skip`. */
export const SKIP_TOKEN = '$skiptoken';

/** Some of what was found. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextLink: string | undefined;
  /** What the answer says of the page beside its body. */
  readonly headers: ReplyHeaders;
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
  const { spec, operation } = context;
  const { top } = query;
  const plain = plainPage(context, items);
  if (plain) return { ...plain, nextLink: undefined };
  const hasLink = propertiesOf(spec, schema).names.has('@odata.nextLink');
  const asked = prefers(context, PAGE_SIZE);
  const preferred = Number(asked ?? PAGE) || PAGE;
  // Pages need a link to the next one: without it, all is given at once.
  const most = hasLink ? Math.min(preferred, LARGEST_PAGE) : Number.POSITIVE_INFINITY;
  const size = Math.min(top ?? most, most);
  const page = items.slice(0, size);
  const isApplied = hasLink && Number(asked) > 0;
  const headers: ReplyHeaders = isApplied
    ? { 'preference-applied': `odata.maxpagesize=${most}` }
    : {};
  if (!hasLink || size === 0 || items.length <= size)
    return { items: page, nextLink: undefined, headers };
  const hasSkip = parametersOf(spec, operation).some(({ name }) => name === '$skip');
  const next = { [hasSkip ? '$skip' : SKIP_TOKEN]: (query.skip ?? 0) + size };
  return { items: page, nextLink: pageUrl(context, next, ['$skip', SKIP_TOKEN]), headers };
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
