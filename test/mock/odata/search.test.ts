import { expect, test } from 'vitest';
import { find } from './sessions.ts';

const ITEMS = [
  { id: 'a', text: 'Blue sky' },
  { id: 'b', nested: { list: [{ text: 'GREEN field' }, 'blue'] } },
  { id: 'c', text: 'red AND not or', '@odata.type': '#blue', 'text@odata.type': 'blue', blue: 1 },
  {
    id: 'd',
    text: "08/15 $search Daniel's 9,81 #1 a&b Δ __FILE__",
    number: 1984,
    on: true,
    none: null,
  },
];

/** Searches, as the ABNF's test cases have them, and the ids of the items that match. */
const SEARCHES: readonly (readonly [search: string, ids: string])[] = [
  ['blue', 'ab'],
  ['BLUE', 'ab'],
  ['  blue  ', 'ab'],
  ['blue green', 'b'],
  ['blue AND green', 'b'],
  ['sky OR green', 'ab'],
  ['NOT blue', 'cd'],
  ['blue NOT green', 'a'],
  ['blue AND NOT green', 'a'],
  ['NOT (blue sky)', 'bcd'],
  ['NOT NOT blue', 'ab'],
  ['red OR blue green', 'bc'],
  ['(red OR blue) green', 'b'],
  ['( red OR blue ) AND ( green OR sky )', 'ab'],
  ['((sky))', 'a'],
  ['sky OR field AND green OR red', 'abc'],
  ['"blue sky"', 'a'],
  ['"sky blue"', ''],
  ['"Green F"', 'b'],
  ['NOT "blue sky"', 'bcd'],
  // Words where they are no operators.
  ['AND', 'c'],
  ['OR', 'c'],
  ['NOT', 'c'],
  ['NOT NOT', 'abd'],
  ['AND OR', 'c'],
  ['OR AND', 'c'],
  ['AND OR NOT', 'c'],
  ['(NOT)', 'c'],
  ['(AND OR)', 'c'],
  ['and', 'c'],
  // Whatever a word is made of.
  ['08/15', 'd'],
  ['$search', 'd'],
  ["Daniel's", 'd'],
  ['9,81', 'd'],
  ['#1', 'd'],
  ['a&b', 'd'],
  ['δ', 'd'],
  ['__FILE__', 'd'],
  ['1984', ''],
  ['true', ''],
];

test.for(SEARCHES)('finds for %s "%s"', ([search, ids]) => {
  expect(find({ $search: search }, ITEMS)).toBe(ids);
});

test('searches items however deep they are', () => {
  let item = { id: 'x', inner: {} };
  for (let depth = 0; depth < 20_000; depth += 1) item = { id: 'y', inner: item };
  expect(find({ $search: 'X' }, [item])).toBe('y');
});
