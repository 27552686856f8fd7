import { expect, test } from 'vitest';
import { answers, bodyRules, type Case, object, verdictOf } from './judge.ts';

const string = { type: 'string' };
const list = { type: 'array', items: string };

/** Name, the errors and risks that come out, and the case. */
type Row = readonly [name: string, want: readonly string[], one: Case];

const bad = (problem: string, at: string) => [`error response.body.${problem} ${at}`.trim()];

const rows: readonly Row[] = [
  [
    'an optional property of the items of a list: the item itself is as it must be',
    ['risk pact.response.body.optional /a/0/b'],
    answers(
      object({
        a: { type: 'array', minItems: 1, items: { type: 'object', properties: { b: string } } },
      }),
      { a: [{ b: 'x' }] },
      bodyRules({ '$.a': { match: 'type', min: 1 } }),
    ),
  ],
  [
    'a type matcher, an example outside of the enum',
    bad('enum', '/a'),
    answers(
      object({ a: { enum: ['x', 'y'] } }),
      { a: 'z' },
      bodyRules({ '$.a': { match: 'type' } }),
    ),
  ],
  [
    'an integer matcher for a number',
    ['risk pact.response.body.wider /a'],
    answers(
      object({ a: { type: 'number' } }),
      { a: 1 },
      bodyRules({ '$.a': { match: 'integer' } }),
    ),
  ],
  [
    'a type matcher for what may be null',
    ['risk pact.response.body.nullable /a'],
    answers(
      object({ a: { type: ['string', 'null'] } }),
      { a: 'x' },
      bodyRules({ '$.a': { match: 'type' } }),
    ),
  ],
  [
    'a type matcher for what may be null, in OpenAPI 3.0',
    ['risk pact.response.body.nullable /a'],
    {
      ...answers(
        object({ a: { ...string, nullable: true } }),
        { a: 'x' },
        bodyRules({ '$.a': { match: 'type' } }),
      ),
      openapi: '3.0.3',
    },
  ],
  [
    'an optional property',
    ['risk pact.response.body.optional /a'],
    answers(
      { type: 'object', properties: { a: string } },
      { a: 'x' },
      bodyRules({ '$.a': { match: 'type' } }),
    ),
  ],
  [
    'each like, of a list that may be empty',
    ['risk pact.response.body.empty /a'],
    answers(object({ a: list }), { a: ['x'] }, bodyRules({ '$.a': { match: 'type', min: 1 } })),
  ],
  [
    'a regex that the pattern never fits',
    ['risk pact.response.body.wider /a'],
    answers(
      object({ a: { ...string, pattern: '^[a-z]+$' } }),
      { a: 'x' },
      bodyRules({ '$.a': { match: 'regex', regex: '^[0-9]+$' } }),
    ),
  ],
];

test.for(rows)('%s', async ([, want, one]) => {
  expect([...(await verdictOf(one))].sort()).toEqual([...want].sort());
});
