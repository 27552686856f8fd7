import { expect, test } from 'vitest';
import { readQuery, runQuery } from '../../../src/mock/odata/query.ts';
import { find, SESSIONS, sessionTypes } from './sessions.ts';

/** Expressions, and the ids of the sessions that they are true for. */
const FILTERS: readonly (readonly [filter: string, ids: string])[] = [
  // Comparison: null equals null only, and what is not of its type equals nothing.
  ["state eq 'Completed'", 'a'],
  ["state ne 'Completed'", 'bcde'],
  ["state eq 'It''s'", 'b'],
  ['state eq null', 'cd'],
  ['null eq state', 'cd'],
  ['state ne null', 'abe'],
  ['null eq null', 'abcde'],
  ['null ne null', ''],
  ['null gt 1', ''],
  ['rank gt null', ''],
  ['not (rank gt null)', 'abcde'],
  ['rank gt 0', 'a'],
  ['rank ge 5', 'a'],
  ['rank lt 5', 'b'],
  ['rank le 5', 'ab'],
  ['not (rank gt 0)', 'bcde'],
  ["state gt 'Completed'", 'b'],
  ['price gt 2', 'ab'],
  ['rank lt price', 'b'],
  ['price eq 2.55', 'a'],
  ['price eq 0.255e1', 'a'],
  ['price lt INF and price gt -INF', 'ab'],
  ['price eq NaN', ''],
  ['price ne NaN', 'abcde'],
  ['NaN eq NaN', ''],
  ['INF eq INF', 'abcde'],
  ['isOpen eq true', 'a'],
  ['isOpen lt true', 'b'],
  ['isOpen gt FALSE', 'a'],
  ['isOpen', 'a'],
  ['not isOpen', 'b'],
  ['isOpen eq null', 'cd'],
  ['error eq null', 'ad'],
  ['null ne error', 'bce'],
  ['fields eq null', 'cd'],
  ['key eq 01234567-89ab-CDEF-0123-456789abcdef', 'a'],
  ['key ne null', 'abe'],
  // A text that looks like a GUID is one to a document; to its clients it may be a string.
  ["key eq '01234567-89ab-CDEF-0123-456789abcdef'", 'a'],
  ["'01234567-89ab-cdef-0123-456789abcdef' eq key", 'a'],
  ["key in ('01234567-89ab-cdef-0123-456789abcdef','x')", 'a'],
  ["key eq 'x'", ''],
  ["startswith(key,'01234567-89AB')", 'a'],
  // A day is its beginning where points in time are compared, as at Microsoft Graph.
  ['created ge 2024-05-02', 'ab'],
  ['created lt 2024-05-02', ''],
  ['2024-05-03 gt created', 'ab'],
  ['extra eq 2024-05-01T00:00:00Z and 2024-05-01T00:00:00Z eq 2024-05-01', 'e'],
  // Points in time are compared as such, to the last digit.
  ['created eq 2024-05-02T01:30:45.1234567Z', 'a'],
  ['created eq 2024-05-02t03:30:45.123456700+02:00', 'a'],
  ['created gt 2024-05-02T01:30:45.1234567Z', 'b'],
  ['created lt 2024-05-02T01:30:45.1234568Z', 'a'],
  ['created ge 2024-05-02T01:30:45.123456799999Z', 'b'],
  ['created ge 2024-05-02T01:30Z', 'ab'],
  ['created eq null', 'cd'],
  ['created eq error/at', 'cd'],
  ['day eq 2024-02-29', 'a'],
  ['day lt 2024-01-01', 'b'],
  ["took eq duration'PT90M'", 'a'],
  ["took eq 'PT1H30M'", 'a'],
  ["'PT1H30M' eq took", 'a'],
  ["took lt duration'PT0S'", 'b'],
  ["took gt -duration'PT1S'", 'ab'],
  // Three values.
  ["isOpen and state eq 'Completed'", 'a'],
  ['isOpen or state eq null', 'acd'],
  ['null or true', 'abcde'],
  ['null or false', ''],
  ['not (null and false)', 'abcde'],
  ['not (null and true)', ''],
  ['not null', ''],
  ['null', ''],
  ['true and extra', ''],
  // Precedence.
  ["id eq 'a' or id eq 'b' and id eq 'c'", 'a'],
  ["(id eq 'a' or id eq 'b') and id eq 'b'", 'b'],
  ['not isOpen eq true', 'b'],
  ["not(id eq 'a')", 'bcde'],
  ["NOT (id EQ 'a' Or id eq 'b')", 'cde'],
  ['not not isOpen', 'a'],
  ['rank gt 0 eq true', 'a'],
  ['1 add 2 mul 3 eq 7', 'abcde'],
  ['(1 add 2) mul 3 eq 9', 'abcde'],
  ['7 sub 2 sub 1 eq 4', 'abcde'],
  ['- rank eq 3', 'b'],
  ['-rank eq -5', 'a'],
  ['-(-rank) eq 5', 'a'],
  // Membership.
  ["id in ('a', 'c')", 'ac'],
  ["not id in ('a', 'c')", 'bde'],
  ["id in ('a','c',null)", 'ac'],
  ['rank in (null, -3)', 'bcd'],
  ['rank in ()', ''],
  ["took in ('PT90M')", 'a'],
  ['price in (1, 2.55, -INF)', 'a'],
  ["'mrn' in fields", 'a'],
  ["'mrn' in (fields)", 'a'],
  ['rank in numbers', ''],
  ['2 in numbers', 'a'],
  ['null in tags', 'a'],
  ["extra in ('text', 'other')", 'a'],
  ["'x' in tags", 'a'],
  ['7 in tags', 'a'],
  // Paths, variables, counts.
  ["error/code eq 'expired'", 'b'],
  ['error/code eq null', 'acde'],
  ["$it/id eq 'a'", 'a'],
  ['$it ne null', 'abcde'],
  ["@odata.type eq '#microsoft.graph.exactMatchSession'", 'a'],
  ["müller_1 eq 'ü'", 'a'],
  ['fields/any()', 'a'],
  ['not fields/any( )', 'bcde'],
  ["fields/any(f: f eq 'ssn')", 'a'],
  ["fields/ANY(f:f eq 'ssn')", 'a'],
  ["fields/all(f: startswith(f, 's'))", 'bcde'],
  ["fields/all(f: contains(f,'s') or f eq 'mrn')", 'abcde'],
  ["fields/any(f: f eq 'mrn' and id eq 'a')", 'a'],
  ["fields/any(id: id eq 'mrn' and $it/id eq 'a')", 'a'],
  ["error/details/any(d: d/code eq 'y')", 'b'],
  ["error/details/any(d: d/hints/any(h: h eq 'again' and d/code eq 'x'))", 'b'],
  ["error/details/any(d: d/hints/any(d: d eq 'again'))", 'b'],
  ['error/details/all(d: d/hints/any())', 'acde'],
  ['fields/any(f: null)', ''],
  ['fields/$count eq 2', 'a'],
  ['fields/$count eq 0', 'bcde'],
  ['error/details/$count gt 1', 'b'],
  ["tags/any(t: t eq 'x')", 'a'],
  ['tags/any(t: t gt 6)', 'a'],
  ['tags/any(t: t eq null)', 'a'],
  // Values of any type are what they are compared with, or nothing.
  ["extra eq 'text'", 'a'],
  ["extra ne 'text'", 'bcde'],
  ['extra eq 3', 'b'],
  ['extra add 1 eq 4', 'b'],
  ['extra eq 2024-05-01T02:00:00+02:00', 'e'],
  ['extra/on eq true', 'c'],
  ['extra/deep/any(x: x eq 1)', 'c'],
  ['extra/deep/$count eq 1', 'c'],
  ['extra/on', 'c'],
  ['extra/deep/any(x: x/y eq 1)', ''],
  ['extra eq null', 'd'],
];

test.for(FILTERS)('%s finds "%s"', ([filter, ids]) => {
  expect(find({ $filter: filter })).toBe(ids);
});

/** Expressions that hold whatever the item is. */
const TRUTHS: readonly string[] = [
  // Strings (OData URL Conventions, 5.1.1.5 and 5.1.1.7).
  "contains('Alfreds','lfr') and not contains('Alfreds','LFR')",
  "startswith('Alfreds','Al') and endswith('Alfreds','ds')",
  "indexof('Alfreds','lfreds') eq 1 and indexof('Alfreds','x') eq -1",
  "concat(concat('Berlin',', '),'Germany') eq 'Berlin, Germany'",
  "length('Alfreds') eq 7 and LENGTH('') eq 0",
  "substring('Alfreds',1) eq 'lfreds' and substring('Alfreds',1,2) eq 'lf'",
  "substring('Alfreds',99) eq '' and substring('Alfreds',5,99) eq 'ds'",
  "substring('Alfreds',-2) eq 'ds' and substring('Alfreds',-99,2) eq 'Al'",
  "substring('Alfreds',1.5) eq null and substring('Alfreds',1,null) eq null",
  "tolower('ÄB') eq 'äb' and toupper('äb') eq 'ÄB' and trim('\u00a0 x ') eq 'x'",
  "matchesPattern('Alfreds Futterkiste','^A.*e$') and not matchespattern('x','^A')",
  "matchesPattern(null,'^A') eq null and matchesPattern('x',null) eq null",
  'contains(null,null) eq null and length(null) eq null and round(null) eq null',
  "concat('a',null) eq null and year(null) eq null and hour(null) eq null and date(null) eq null",
  // Time (5.1.1.8).
  'year(2024-05-01T23:30:00-02:00) eq 2024 and month(2024-02-29) eq 2 and day(2024-02-29) eq 29',
  'day(2024-05-01T23:30:00-02:00) eq 1 and hour(2024-05-01T23:30:00-02:00) eq 23',
  'hour(23:30:15) eq 23 and minute(23:30:15) eq 30 and second(23:30:15) eq 15 and second(23:30) eq 0',
  'minute(2024-05-01T23:30:45.5+05:45) eq 30 and second(2024-05-01T23:30:45.5Z) eq 45',
  'fractionalseconds(2024-05-01T23:30:45.1234567Z) eq 0.1234567',
  'date(2024-05-01T23:30:00-02:00) eq 2024-05-01',
  'time(2024-05-01T23:30:00.5-02:00) eq 23:30:00.5 and 07:59:59.999 lt 08:00',
  'totaloffsetminutes(2024-05-01T23:30:00-02:30) eq -150',
  "totalseconds(duration'P1DT1.5S') eq 86401.5 and totalseconds(duration'-PT0.5S') eq -0.5",
  'now() eq 2024-06-01T12:00:00.25Z',
  'mindatetime() lt now() and maxdatetime() gt 9999-12-31T23:59:59.9999999Z',
  'year(0000-01-01) eq 0 and year(9999-12-31) eq 9999 and year(mindatetime()) eq 1',
  // Arithmetic functions (5.1.1.9).
  'round(0.5) eq 1 and round(-0.5) eq -1 and round(0.49999999999999994) eq 0 and round(7) eq 7',
  'floor(-1.5) eq -2 and ceiling(-1.5) eq -1',
  // Arithmetic (5.1.1.2), as on paper.
  '0.1 add 0.2 eq 0.3 and 2.55 sub 0.55 eq 2.00 and 2.55 mul 2.0 eq 5.10 and 2.55 div 2.55 eq 1',
  '5 div 2 eq 2 and -5 div 2 eq -2 and 5 divby 2 eq 2.5 and 5.0 div 2 eq 2.5 and 5 mod 3 eq 2',
  '-5 mod 3 eq -2 and 5.5 mod 0.1 eq 0 and (4 add 5) mod (4 sub 1) eq 0',
  '1 divby 0 eq INF and -1 divby 0 eq -INF and 1.0 div 0 eq INF and INF add 1 eq INF',
  'INF mul 2 eq INF and 1 divby INF eq 0 and 5 mod INF eq 5',
  '1 add null eq null and null mul 2 eq null and -null eq null and 1 div null eq null',
  '9007199254740991 add 1 eq null and 9007199254740991 mul 1.5 gt 1',
  // Reckoning with time (5.1.1.2.1, 5.1.1.2.2, 5.1.1.2.4).
  "2024-02-28T23:00:00Z add duration'PT1H0.5S' eq 2024-02-29T00:00:00.5Z",
  "now() sub duration'P1D' eq 2024-05-31T12:00:00.25Z",
  "totaloffsetminutes(2024-02-28T23:00:00+01:00 add duration'PT1H') eq 60",
  "2024-03-01T00:00:00Z sub 2024-02-28T23:59:59.5Z eq duration'P1DT0.5S'",
  "2024-02-28 add duration'P1D' eq 2024-02-29 and 2024-03-01 sub duration'PT1S' eq 2024-02-29",
  "2024-03-01 sub 2024-02-28 eq duration'P2D'",
  "duration'PT1H' add duration'PT30M' eq 'PT90M' and duration'PT1H' sub duration'PT2H' eq '-PT1H'",
  "duration'PT1H' mul 1.5 eq 'PT90M' and 2 mul duration'PT1H' eq 'PT2H'",
  "duration'PT1H' div 4 eq 'PT15M' and duration'PT1H' divby 0.5 eq 'PT2H'",
  "-duration'PT1H' eq '-PT1H' and duration'PT0.000000000001S' gt 'PT0S'",
  "duration'PT1H' mul INF eq null and duration'P100000000000D' mul 1e9 eq null",
  "(duration'PT1H' div INF) eq null",
];

test.for(TRUTHS)('%s', (filter) => {
  expect(find({ $filter: filter }, [{ id: 'x' }])).toBe('x');
});

/** Functions and operators on properties: of an item that has them, has null, has none or has something else. */
const ON_PROPERTIES: readonly (readonly [filter: string, ids: string])[] = [
  ["contains(state,'omp')", 'a'],
  ["not contains(state,'omp')", 'b'],
  ["contains(extra,'ex')", 'a'],
  ['year(created) eq 2024 and month(created) eq 5', 'ab'],
  ['day(created) eq 1', 'a'],
  ['day(day) eq 31', 'b'],
  ['totalseconds(took) eq -0.5', 'b'],
  ['rank add 1 eq 6', 'a'],
  ['rank div 2 eq 2', 'a'],
  ['rank div 2 eq -1', 'b'],
  ['rank mod 2 eq 1', 'a'],
  ['price div 2 eq 5', 'b'],
  ['price div rank lt 1', 'ab'],
  ['rank divby 2 eq 2.5', 'a'],
  ['round(price) eq 3', 'a'],
  ['round(extra) eq 3', 'b'],
  ["took add duration'PT30M' eq 'PT2H'", 'a'],
  ["day add duration'P1D' eq 2024-01-01", 'b'],
  ["day sub day eq duration'PT0S'", 'ab'],
  ["created sub duration'P1D' lt 2024-05-01T01:30:45.1234568Z", 'a'],
  ["substring(state,1,4) eq 'ompl'", 'a'],
  ["substring(state,rank) eq 'eted'", 'a'],
  ["matchesPattern(state,'^It.s$')", 'b'],
  ['price add rank gt 7', 'a'],
];

test.for(ON_PROPERTIES)('%s finds "%s" by property', ([filter, ids]) => {
  expect(find({ $filter: filter })).toBe(ids);
});

test('asks the clock once, when the query is read', () => {
  const reading = readQuery({ $filter: 'now() ge 2024-01-01T00:00:00Z' }, sessionTypes);

  expect(reading).toMatchObject({ kind: 'query' });
  if (reading.kind === 'query') expect(runQuery(SESSIONS, reading.query).total).toBe(5);
});

test('takes names that objects have anyway as names like any other', () => {
  const types = () => 'string' as const;
  const names = ['toString', '__proto__', 'constructor'];
  for (const name of names) {
    const reading = readQuery({ $filter: `${name} eq null` }, types);
    expect(reading).toMatchObject({ kind: 'query' });
    if (reading.kind === 'query') expect(runQuery([{}], reading.query).total).toBe(1);
  }
});

test('takes long rows of operators as they come', () => {
  expect(find({ $filter: `false${' or false'.repeat(1000)} or isOpen` })).toBe('a');
  expect(find({ $filter: `rank${' add 1'.repeat(1500)} eq 1505` })).toBe('a');
  expect(find({ $filter: `rank in (${'1,'.repeat(4000)}5)` })).toBe('a');
});
