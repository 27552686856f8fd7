import { expect, test } from 'vitest';
import { onlyOf, pactOf } from './pact.ts';

const request = { method: 'get', path: '/pets' };
const response = { status: 200 };

test('reads the matching rules of every version into one form', () => {
  const body = { id: 1, tags: ['a'] };
  const v2 = {
    '$.body.id': { match: 'integer' },
    '$.body.tags': { min: 2 },
    "$.headers['X-Total']": { match: 'regex', regex: '\\d+' },
    '$.header.ETag': { match: 'type' },
  };
  const list = (...matchers: object[]) => ({ combine: 'AND', matchers });
  const v3 = {
    body: { '$.id': list({ match: 'integer' }), '$.tags': list({ match: 'type', min: '2' }) },
    header: {
      'X-Total': list({ match: 'regex', regex: '\\d+' }),
      ETag: list({ match: 'type' }),
    },
  };
  const v4body = { content: body, contentType: 'application/json', encoded: false };
  const rulesOf = (version: string, part: object) => {
    const pact = pactOf([{ request, response: { status: 200, ...part } }], version);
    const { rules } = onlyOf(pact).response;
    return {
      header: [...rules.header].map(
        ([
          name,
          {
            rules: [rule],
          },
        ]) => [name, rule],
      ),
      body: rules.body.map(({ expression, rules: [rule] }) => [expression, rule]),
    };
  };
  const form = {
    header: [
      ['x-total', { match: 'regex', regex: '\\d+' }],
      ['etag', { match: 'type' }],
    ],
    body: [
      ['$.id', { match: 'integer' }],
      ['$.tags', { match: 'type', min: 2 }],
    ],
  };
  expect(rulesOf('2.0.0', { body, matchingRules: v2 })).toEqual(form);
  expect(rulesOf('3.0.0', { body, matchingRules: v3 })).toEqual(form);
  expect(rulesOf('4.0', { body: v4body, matchingRules: v3 })).toEqual(form);
});

test.for([
  ['datetime', { timestamp: 'yyyy' }, { match: 'datetime', format: 'yyyy' }],
  ['datetime', { match: 'timestamp', format: 'yyyy' }, { match: 'datetime', format: 'yyyy' }],
  ['date', { match: 'date' }, { match: 'date', format: '' }],
  ['type', { match: 'type', min: 1, max: 3 }, { match: 'type', min: 1, max: 3 }],
  ['type', { max: 3 }, { match: 'type', max: 3 }],
  ['decimal', { match: 'real' }, { match: 'decimal' }],
  ['regex', { regex: 'a+' }, { match: 'regex', regex: 'a+' }],
  ['notEmpty', { match: 'not-empty' }, { match: 'notEmpty' }],
  [
    'eachValue',
    { match: 'eachValue', rules: [{ match: 'integer' }] },
    { match: 'eachValue', rules: [{ match: 'integer' }] },
  ],
  ['unknown', { match: 'avro' }, { match: 'unknown', name: 'avro' }],
] as const)('reads a rule of the kind %s from %j', ([, written, rule]) => {
  const matchingRules = { body: { $: { matchers: [written] } } };
  const pact = pactOf([{ request, response: { ...response, matchingRules } }]);
  expect(onlyOf(pact).response.rules.body[0]?.rules).toEqual([rule]);
});

test('reads the variants of arrayContains', () => {
  const variants = [{ index: 1, rules: { '$.name': { matchers: [{ match: 'type' }] } } }];
  const matchingRules = {
    body: { '$.pets': { matchers: [{ match: 'arrayContains', variants }] } },
  };
  const pact = pactOf([{ request, response: { ...response, matchingRules } }]);
  expect(onlyOf(pact).response.rules.body[0]?.rules).toMatchObject([
    { match: 'arrayContains', variants: [{ index: 1, rules: [{ expression: '$.name' }] }] },
  ]);
});

test.for([
  ['q=a+b&tag=x&tag=y&flag', 'q=a%20b&tag=x&tag=y&flag'],
  [{ q: ['a b'], tag: ['x', 'y'], flag: [null] }, 'q=a%20b&tag=x&tag=y&flag'],
  [{ q: 'a b', tag: ['x', 'y'], flag: null }, 'q=a%20b&tag=x&tag=y&flag'],
] as const)('reads the query %j', ([query, travels]) => {
  const { request: read } = onlyOf(pactOf([{ request: { ...request, query }, response }], '3.0.0'));
  expect(read.query).toBe(travels);
  expect([...read.parameters]).toEqual([
    ['q', ['a b']],
    ['tag', ['x', 'y']],
    ['flag', [null]],
  ]);
});

test('keeps what separates the items of a query, and encodes what a pair cannot hold', () => {
  const query = { ids: ['1,2|3'], 'filter[name]': ['a&b=c#é'] };
  const { request: read } = onlyOf(pactOf([{ request: { ...request, query }, response }]));
  expect(read.query).toBe('ids=1,2|3&filter[name]=a%26b%3Dc%23%C3%A9');
});

const json = { 'Content-Type': 'application/json' };

test.for([
  ['nothing', '3.0.0', {}, { kind: 'absent' }],
  ['an empty text', '3.0.0', { body: '' }, { kind: 'empty' }],
  ['null', '3.0.0', { body: null }, { kind: 'json', value: null }],
  [
    'null of text',
    '3.0.0',
    { body: null, headers: { 'content-type': 'text/plain' } },
    { kind: 'empty' },
  ],
  ['an object', '3.0.0', { body: { a: 1 } }, { kind: 'json', value: { a: 1 } }],
  ['JSON as text', '3.0.0', { body: '[1]', headers: json }, { kind: 'json', value: [1] }],
  [
    'a text',
    '3.0.0',
    { body: 'a', headers: { 'content-type': 'text/plain' } },
    { kind: 'text', text: 'a' },
  ],
  [
    'a falsy value',
    '4.0',
    { body: { content: 0, contentType: 'application/json' } },
    { kind: 'json', value: 0 },
  ],
  ['attributes alone', '4.0', { body: { contentType: 'application/json' } }, { kind: 'absent' }],
  ['a form of V3', '4.0', { body: { a: 1 } }, { kind: 'json', value: { a: 1 } }],
  [
    'a JSON string',
    '4.0',
    { body: { content: '[1]', contentType: 'application/json' } },
    { kind: 'json', value: '[1]' },
  ],
  [
    'JSON as text',
    '4.0',
    { body: { content: '[1]', contentType: 'application/json', encoded: 'JSON' } },
    { kind: 'json', value: [1] },
  ],
  [
    'bytes',
    '4.0',
    { body: { content: 'AP8=', contentType: 'image/png', encoded: 'base64' } },
    { kind: 'bytes', bytes: new Uint8Array([0, 255]) },
  ],
] as const)('reads a body of %s in version %s', ([, version, part, body]) => {
  const pact = pactOf([{ request, response: { ...response, ...part } }], version);
  expect(onlyOf(pact).response.body).toMatchObject(body);
});
