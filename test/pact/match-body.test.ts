import { expect, test } from 'vitest';
import { findMismatches } from '../../src/pact/match-body.ts';
import { bodyRules } from './judge.ts';
import { onlyOf, pactOf } from './pact.ts';

type Rules = Readonly<Record<string, object>>;

/** Where Pact would refuse a body, by its rules. */
function mismatches(expected: unknown, actual: unknown, rules: Rules = {}, isClosed = false) {
  const response = { status: 200, body: expected, ...bodyRules(rules) };
  const interaction = { request: { method: 'GET', path: '/' }, response };
  const { body, rules: read } = onlyOf(pactOf([interaction], '3.0.0')).response;
  if (body.kind !== 'json') throw new Error('The body is no JSON.');
  const found = findMismatches(body.value, JSON.parse(JSON.stringify(actual)), {
    rules: read.body,
    isClosed,
  });
  return found.map(({ pointer }) => pointer);
}

const type = { match: 'type' };
const rows: readonly (readonly [
  name: string,
  expected: unknown,
  actual: unknown,
  rules: Rules,
  want: readonly string[],
])[] = [
  ['the value itself', { a: 1 }, { a: 2 }, {}, ['/a']],
  ['members in another order, and more of them', { a: 1, b: [] }, { c: 3, b: [], a: 1 }, {}, []],
  ['a member that is missing', { a: 1 }, {}, {}, ['/a']],
  ['null for an object', { a: {} }, { a: null }, {}, ['/a']],
  ['a null that is expected', [null], [0], {}, ['/0']],
  ['one item too many', [1], [1, 2], {}, ['']],
  ['items in another order', [1, 2], [2, 1], {}, ['/0', '/1']],
  ['a type', { a: 'x', b: 1 }, { a: 'y', b: '1' }, { $: type }, ['/b']],
  ['a type of each item', [{ a: 1 }], [{ a: 2 }, { a: 'x' }], { $: type }, ['/1/a']],
  ['a type, an empty list', { a: [1] }, { a: [] }, { $: type }, []],
  ['min', { a: [1] }, { a: [] }, { '$.a': { match: 'type', min: 1 } }, ['/a']],
  ['max', { a: [1] }, { a: [1, 2, 3] }, { '$.a': { match: 'type', max: 2 } }, ['/a']],
  ['min of a list further in', [[1]], [[]], { $: { match: 'type', min: 1 } }, []],
  [
    'an exact path goes before a star',
    { a: 1, b: 1 },
    { a: 'x', b: 'x' },
    { '$.*': { match: 'integer' }, '$.a': { match: 'regex', regex: 'x' } },
    ['/b'],
  ],
  [
    'equality within a type',
    { a: { b: 1, c: 1 } },
    { a: { b: 2, c: 2 } },
    { '$.a': type, '$.a.c': { match: 'equality' } },
    ['/a/c'],
  ],
  [
    'names in brackets',
    { 'a.b': { 'c d': 1 } },
    { 'a.b': { 'c d': 'x' } },
    { "$['a.b']['c d']": type },
    ['/a.b/c d'],
  ],
  ['regex', ['a1'], ['b'], { '$[0]': { match: 'regex', regex: '\\d' } }, ['/0']],
  ['regex of a number', [12], [3], { '$[0]': { match: 'regex', regex: '^\\d+$' } }, []],
  ['a regex of Java', ['a'], ['B'], { '$[0]': { match: 'regex', regex: '(?i)[a-z]+' } }, []],
  [
    'a regex that nobody can read',
    ['a'],
    ['?'],
    { '$[0]': { match: 'regex', regex: '[[:alpha:]]' } },
    [],
  ],
  ['integer', [1], [1.5], { '$[0]': { match: 'integer' } }, ['/0']],
  ['decimal', [1.5], [1], { '$[0]': { match: 'decimal' } }, ['/0']],
  ['number', [1.5], ['1'], { '$[0]': { match: 'number' } }, ['/0']],
  ['boolean', [true, true], ['false', 0], { '$[*]': { match: 'boolean' } }, ['/1']],
  ['null', [null], [1], { '$[0]': { match: 'null' } }, ['/0']],
  ['include', ['abc'], ['ac'], { '$[0]': { match: 'include', value: 'b' } }, ['/0']],
  ['notEmpty', ['a', ['b'], 1], ['', [], 0], { '$[*]': { match: 'notEmpty' } }, ['/0', '/1']],
  ['semver', ['1.0.0', '1.0.0'], ['2.1.0-rc.1+7', '1.0'], { '$[*]': { match: 'semver' } }, ['/1']],
  [
    'date',
    ['2024-05-01'],
    ['1.5.2024'],
    { '$[0]': { match: 'date', format: 'yyyy-MM-dd' } },
    ['/0'],
  ],
  [
    'values',
    { x: { a: 1 } },
    { y: { a: 2 }, z: { b: 1 } },
    { $: { match: 'values' }, '$.*.a': type },
    ['/z/a'],
  ],
  [
    'eachValue',
    { x: 1 },
    { y: 2, z: 'c' },
    { $: { match: 'eachValue', rules: [{ match: 'integer' }] } },
    ['/z'],
  ],
  [
    'eachValue of a list',
    ['a'],
    ['b', '1'],
    { $: { match: 'eachValue', rules: [{ match: 'regex', regex: '^[a-z]$' }] } },
    ['/1'],
  ],
  [
    'eachKey',
    { a: 1 },
    { b: 1, B: 1 },
    { $: { match: 'eachKey', rules: [{ match: 'regex', regex: '^[a-z]$' }] }, '$.*': type },
    ['/B'],
  ],
  [
    'arrayContains',
    [{ k: 'a', v: 1 }],
    [
      { k: 'b', v: 2 },
      { k: 'a', v: 3 },
    ],
    {
      $: {
        match: 'arrayContains',
        variants: [{ index: 0, rules: { '$.v': { matchers: [type] } } }],
      },
    },
    [],
  ],
  [
    'arrayContains, none of them',
    [{ k: 'a' }],
    [{ k: 'b' }],
    { $: { match: 'arrayContains', variants: [{ index: 0, rules: {} }] } },
    [''],
  ],
  ['a rule of a plugin', [1], ['x'], { '$[0]': { match: 'avro' } }, []],
];

test.for(rows)('matches as Pact does: %s', ([, expected, actual, rules, want]) => {
  expect(mismatches(expected, actual, rules)).toEqual(want);
});

test('a request may have no members that nobody expects', () => {
  expect(mismatches({ a: 1 }, { a: 1, b: 1 }, {}, true)).toEqual(['/b']);
});

test('of rules combined by OR, one is enough, and null may stand for anything', () => {
  const either = { combine: 'OR', matchers: [type, { match: 'null' }] };
  const response = {
    status: 200,
    body: { a: 'x', b: { c: 1 } },
    matchingRules: { body: { '$.a': either, '$.b': either } },
  };
  const interaction = { request: { method: 'GET', path: '/' }, response };
  const { rules } = onlyOf(pactOf([interaction], '3.0.0')).response;
  const options = { rules: rules.body, isClosed: false };
  expect(findMismatches(response.body, { a: null, b: null }, options)).toEqual([]);
  expect(findMismatches(response.body, { a: 1, b: [] }, options)).toHaveLength(2);
});
