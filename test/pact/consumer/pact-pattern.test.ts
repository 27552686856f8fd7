import { expect, test } from 'vitest';
import { toPactPattern } from '../../../src/pact/consumer/pact-pattern.ts';

test.for([
  // What reaches from end to end stays.
  ['^abc$', '^abc$'],
  ['^\\d{3}-[\\w-]+$', '^\\d{3}-[\\w-]+$'],
  // What is found anywhere is surrounded by anything.
  ['b', '^[\\s\\S]*b[\\s\\S]*$'],
  ['^a', '^a[\\s\\S]*$'],
  ['c$', '^[\\s\\S]*c$'],
  ['^a$|^b$', '^[\\s\\S]*(?:\\Aa\\z|\\Ab\\z)[\\s\\S]*$'],
  ['^a\\$', '^a\\$[\\s\\S]*$'],
  // A class in a class, and what two classes have in common.
  ['^[[&]$', '^[\\[&]$'],
  ['^[a&&b]$', '^[a&\\&b]$'],
  // Characters by code.
  ['^\\u{41}\\u0042$', '^AB$'],
  ['^\\uD83D\\uDE00$', '^\\x{1f600}$'],
  ['^[\\u0020-\\u007e]$', '^[\\x{20}-\\x{7e}]$'],
  ['^\\p{Script=Greek}\\p{L}$', '^\\p{Greek}\\p{L}$'],
  // Escapes that mean something else there.
  ['^\\h\\/\\-$', '^h/\\-$'],
  // Classes of ASCII, where a wider one would make the whole narrower.
  ['^[^\\d]\\W\\D$', '^[^0-9][^A-Za-z0-9_][^0-9]$'],
  ['^[^]$', '^[\\s\\S]$'],
  ['^a{2}?{x}$', '^a{2}\\{x\\}$'],
  ['^(?<year>\\d+)-\\k<year>$', '^(?<year>\\d+)-\\k<year>$'],
] as const)('%s is %s to Pact', ([pattern, want]) => {
  expect(toPactPattern(pattern)).toBe(want);
});

test.for(['^\\h\\u{41}$', '(?<=a)b', '(?<!a)b', '^(?s:a.b)$', '^(?<n>a)\\1$', '^[]$', ''])(
  '%s cannot be said to Pact',
  (pattern) => {
    expect(toPactPattern(pattern)).toBeUndefined();
  },
);
