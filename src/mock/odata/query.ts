import type { JsonObject } from '../../json.ts';
import { type Expansion, readExpand } from './expand.ts';
import { type ExpressionOptions, openParser, readExpression } from './expression.ts';
import { QueryMistake } from './mistake.ts';
import { type OrderKey, readOrder, sortItems } from './order.ts';
import { end, fail, needBoolean, skipBlank } from './parser.ts';
import type { PropertyTypes } from './property-type.ts';
import { readSearch } from './search.ts';
import { readSelect, type Selection, selectBelow, selectFrom } from './select.ts';

export type { PropertyType, PropertyTypes } from './property-type.ts';

/** What a list is asked for: the options' texts as they stand in the URL, percent-decoded. */
export interface QueryTexts {
  readonly [option: `$${string}`]: string | undefined;
}

export interface QueryOptions {
  /** What `now()` asks, once for each query; the computer's clock by default. */
  readonly now?: () => Date;
  /**
   * The navigation properties of an item: only they can be expanded, and they are left out where
   * they are not. By default every property that holds objects can be, and none is left out.
   */
  readonly navigation?: readonly string[];
  /** What else may be expanded: it is in the item already. */
  readonly expandable?: readonly string[];
}

export type QueryReading =
  | { readonly kind: 'query'; readonly query: ListQuery }
  /** `position` from 0 into the option's text. */
  | {
      readonly kind: 'mistake';
      readonly option: string;
      readonly position: number;
      readonly reason: string;
    };

/** A query that is understood; what was not asked for is `undefined`. */
export interface ListQuery {
  readonly filter: ((item: JsonObject) => boolean) | undefined;
  readonly search: ((item: JsonObject) => boolean) | undefined;
  readonly order: readonly OrderKey[] | undefined;
  readonly skip: number | undefined;
  readonly top: number | undefined;
  /** Whether the answer tells how many items there are. */
  readonly count: boolean | undefined;
  readonly select: Selection | undefined;
  readonly expand: Expansion | undefined;
  readonly navigation: readonly string[];
  /** The navigation properties that filter and order look into. */
  readonly related: readonly string[];
}

/** Longer texts are refused, before they cost time. */
const LONGEST = 10_000;

/**
 * Reads the system query options of OData 4.01; what cannot be understood, or not be answered
 * exactly, is a mistake.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1
 */
export function readQuery(
  texts: QueryTexts,
  types: PropertyTypes,
  { now = () => new Date(), navigation, expandable = [] }: QueryOptions = {},
): QueryReading {
  const named = new Set<string>();
  const options = { types, now: now(), navigation, expandable, named };
  let query: ListQuery = { ...NOTHING, navigation: navigation ?? [] };
  const seen = new Set<string>();
  for (const [option, text] of Object.entries(texts)) {
    if (text === undefined) continue;
    try {
      const name = option.toLowerCase();
      if (seen.has(name)) fail(0, `\`${name}\` is given twice.`);
      seen.add(name);
      query = { ...query, ...readOption(name, text, options) };
    } catch (cause) {
      if (!(cause instanceof QueryMistake)) throw cause;
      return { kind: 'mistake', option, position: cause.position, reason: cause.message };
    }
  }
  const related = query.navigation.filter((name) => named.has(name));
  return { kind: 'query', query: { ...query, related } };
}

const NOTHING: Omit<ListQuery, 'navigation'> = {
  related: [],
  filter: undefined,
  search: undefined,
  order: undefined,
  skip: undefined,
  top: undefined,
  count: undefined,
  select: undefined,
  expand: undefined,
};

interface OptionContext extends ExpressionOptions {
  readonly navigation: readonly string[] | undefined;
  readonly expandable: readonly string[];
}

function readOption(name: string, text: string, options: OptionContext): Partial<ListQuery> {
  if (text.length > LONGEST) {
    fail(LONGEST, `The text may have ${LONGEST} characters; it has ${text.length}.`);
  }
  switch (name) {
    case '$filter':
      return { filter: readFilter(text, options) };
    case '$search':
      return { search: readSearch(openParser(text, options)) };
    case '$orderby':
      return { order: readOrder(text, options) };
    case '$skip':
      return { skip: readNatural(text) };
    case '$top':
      return { top: readNatural(text) };
    case '$count':
      return { count: readBoolean(text) };
    case '$select':
      return { select: readSelect(openParser(text, options)) };
    case '$expand':
      return { expand: readExpand(openParser(text, options), options) };
    default:
      return fail(0, `The option \`${name}\` is not supported.`);
  }
}

function readFilter(text: string, options: ExpressionOptions): (item: JsonObject) => boolean {
  const parser = openParser(text, options);
  skipBlank(parser);
  const condition = readExpression(parser);
  end(parser, 'a space and an operator');
  needBoolean(condition, 'A filter');
  const { evaluate } = condition;
  return (item) => evaluate([item]) === true;
}

function readNatural(text: string): number {
  const [digits = ''] = /^\d*/.exec(text) ?? [];
  if (digits === '' || digits.length < text.length) {
    fail(digits.length, `There must be a whole number, 0 or more, not \`${text}\`.`);
  }
  // More than there can be items is as good as any such number.
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

function readBoolean(text: string): boolean {
  const word = text.toLowerCase();
  if (word !== 'true' && word !== 'false') {
    fail(0, `There must be \`true\` or \`false\`, not \`${text}\`.`);
  }
  return word === 'true';
}

/**
 * The items that a query asks for; `total` counts those that it finds, on whatever page they are.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html, 11.2.1
 */
export function runQuery(
  items: readonly JsonObject[],
  { filter, search, order, skip = 0, top }: ListQuery,
): { readonly items: readonly JsonObject[]; readonly total: number } {
  let found = filter ? items.filter(filter) : items;
  if (search) found = found.filter(search);
  const total = found.length;
  if (order) found = sortItems(found, order);
  return { items: found.slice(skip, top === undefined ? undefined : skip + top), total };
}

/**
 * What a query selects of an item; control information and the properties to keep, such as keys, stay.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.4
 */
export function project(
  item: JsonObject,
  { select, expand, navigation }: ListQuery,
  keep: readonly string[],
): JsonObject {
  const isThere = (name: string) => expand?.has(name) || !navigation.includes(name);
  const there = Object.entries(item).filter(([name]) => isThere(name));
  const selected = selectFrom(Object.fromEntries(there), select ?? EVERYTHING, (name) => {
    return keep.includes(name) || expand?.has(name) === true;
  });
  const entries = Object.entries(selected).map(([name, value]) => {
    const nested = expand?.get(name);
    return [name, nested ? selectBelow(value, nested) : value] as const;
  });
  return Object.fromEntries(entries);
}

const EVERYTHING: Selection = { isAll: true, properties: new Map() };
