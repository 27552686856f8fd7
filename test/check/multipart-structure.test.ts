import { expect, test } from 'vitest';
import { field, multipart, type Part, sent } from './multipart.ts';
import { brief } from './parameter.ts';
import { findingsOfBody } from './request-body.ts';

const integer = { type: 'integer' };
const point = { type: 'object', properties: { x: integer } };

test.for<[name: string, properties: object, encoding: object, parts: readonly Part[], unknown]>([
  [
    'a list that may be null, of one part',
    { a: { type: ['array', 'null'], items: integer } },
    {},
    [field('a', '1')],
    { a: [1] },
  ],
  [
    'a list that is null',
    { a: { type: ['array', 'null'], items: integer } },
    {},
    [field('a', 'null')],
    { a: null },
  ],
  [
    'a list of objects that may be null, of one part',
    { a: { type: ['array', 'null'], items: point } },
    {},
    [field('a', '{"x":1}')],
    { a: [{ x: 1 }] },
  ],
  [
    'an object that may be null',
    { a: { ...point, type: ['object', 'null'] } },
    {},
    [field('a', '{"x":1}')],
    { a: { x: 1 } },
  ],
  [
    'an object that is null',
    { a: { ...point, type: ['object', 'null'] } },
    {},
    [field('a', '')],
    { a: null },
  ],
])('reads from a multipart body %s', async ([, properties, encoding, parts, value]) => {
  const requestBody = multipart(properties, value, encoding);
  expect(brief(await findingsOfBody(requestBody, sent(parts)))).toEqual([]);
});

test.for<[before: string, behind: string]>([
  ['This is a message of several parts.\r\n', ''],
  ['\r\n', ''],
  ['', 'This is the end.\r\n'],
])(
  'passes over what stands before the first part and behind the last: %j, %j',
  async ([before, behind]) => {
    const { body, type } = sent([field('a', 'é')]);
    const requestBody = multipart({ a: { type: 'string' } }, { a: 'é' });
    const given = { body: Buffer.from(`${before}${body}${behind}`), type };
    expect(brief(await findingsOfBody(requestBody, given))).toEqual([]);
  },
);
