import { expect, test } from 'vitest';
import { type GivenHeaders, readHeaders } from '../../src/check/given-headers.ts';

const PAIRS: [string, string][] = [
  ['X-A', '1'],
  ['x-a', ' 2 '],
  ['Cookie', 'a=1'],
  ['cookie', 'b=2'],
];
const JOINED = { 'x-a': '1, 2', cookie: 'a=1; b=2' };

test.for<[name: string, headers: GivenHeaders, want: object]>([
  [
    'Headers',
    new Headers([
      ['X-A', '1'],
      ['x-a', '2'],
      ['cookie', 'a=1; b=2'],
    ]),
    JOINED,
  ],
  ['pairs', PAIRS, JOINED],
  ['a Map', new Map(PAIRS), { 'x-a': '1, 2', cookie: 'a=1; b=2' }],
  ['something with entries', { entries: () => PAIRS }, JOINED],
  ['a record', { 'X-A': ['1', '2'], cookie: ['a=1', 'b=2'] }, JOINED],
  ['numbers and nothing', { a: 1, b: undefined, c: null, d: true }, { a: '1', d: 'true' }],
  [
    'Set-Cookie',
    { 'set-cookie': ['a=1; Expires=Wed, 1', 'b=2'] },
    { 'set-cookie': 'a=1; Expires=Wed, 1\nb=2' },
  ],
  ['the name entries', { entries: 'x' }, { entries: 'x' }],
  ['the name constructor', { constructor: 'x' }, { constructor: 'x' }],
  ['the name __proto__', [['__proto__', 'x']], JSON.parse('{"__proto__":"x"}')],
])('reads headers: %s', ([, headers, want]) => {
  expect(new Map(Object.entries(readHeaders(headers)))).toEqual(new Map(Object.entries(want)));
});

test.for<[name: string, headers: unknown]>([
  ['a text', 'a: 1'],
  ['a list of texts', ['a', '1']],
  ['pairs without names', [[1, 2]]],
  ['an object for a value', { a: { b: 1 } }],
  ['a list of objects for a value', { a: [{ b: 1 }] }],
])('refuses headers: %s', ([, headers]) => {
  expect(() => readHeaders(headers)).toThrow(
    /^Failed to read the headers: got .*Give Headers, a record/,
  );
});

test('takes no headers for none', () => {
  expect(Object.keys(readHeaders(undefined))).toEqual([]);
  expect(Object.keys(readHeaders(null))).toEqual([]);
});
