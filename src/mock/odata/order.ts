import type { JsonObject } from '../../json.ts';
import { type ExpressionOptions, openParser, readExpression } from './expression.ts';
import {
  type Evaluate,
  type Expression,
  end,
  fail,
  skipBlank,
  take,
  takeSpaced,
} from './parser.ts';
import { compare, TYPE_NAMES, type Value } from './value.ts';

/** What items are sorted by: an expression, and whether its least comes first. */
export interface OrderKey {
  readonly evaluate: Evaluate;
  readonly isDescending: boolean;
}

const DIRECTION = /[ \t]+(?:asc|desc)(?!\w)/iy;

/**
 * Reads `$orderby`: expressions, each with `asc` or `desc`.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html, 11.2.6.2
 */
export function readOrder(text: string, options: ExpressionOptions): readonly OrderKey[] {
  const parser = openParser(text, options);
  const keys: OrderKey[] = [];
  do {
    skipBlank(parser);
    const key = readExpression(parser);
    checkKey(key);
    const isDescending = take(parser, DIRECTION)?.trim().toLowerCase() === 'desc';
    keys.push({ evaluate: key.evaluate, isDescending });
  } while (takeSpaced(parser, ','));
  end(parser, '`asc`, `desc`, a comma');
  return keys;
}

function checkKey({ type, at }: Expression): void {
  if (type === 'object' || type === 'collection') {
    fail(at, `Items cannot be sorted by ${TYPE_NAMES[type]}.`);
  }
}

/** Sorts items; those that compare equal keep their order. Null is the least, then what has no order. */
export function sortItems(
  items: readonly JsonObject[],
  keys: readonly OrderKey[],
): readonly JsonObject[] {
  const rows = items.map((item) => ({ item, values: keys.map((key) => key.evaluate([item])) }));
  rows.sort((one, other) => {
    for (const [index, { isDescending }] of keys.entries()) {
      const order = compareForOrder(one.values[index], other.values[index]);
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
  return rows.map(({ item }) => item);
}

/** Unlike `compare`, a total order: values of several types stand by type. */
function compareForOrder(one: Value, other: Value): number {
  return rank(one) - rank(other) || compare(one, other) || 0;
}

function rank(value: Value): number {
  if (value === null) return 0;
  if (value === undefined) return 1;
  if (typeof value === 'number') return Number.isNaN(value) ? 2 : 3;
  return typeof value === 'boolean' ? 4 : typeof value === 'string' ? 5 : 6;
}
