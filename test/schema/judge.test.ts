import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { isValid, judgeValue } from '../../src/schema/judge.ts';
import { follow } from '../../src/spec/node.ts';
import { folderOf } from '../spec/files.ts';
import { holds, reasons, subjectOf } from './subject.ts';

/** The text of each violation. */
async function textsOf(schema: object, value: unknown): Promise<readonly string[]> {
  return reasons(await subjectOf(schema), value).map(({ pointer, text }) => `${pointer}: ${text}`);
}

test.for<[schema: object, value: unknown, text: string]>([
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 5, ': must be a string or null, got 5'],
  [
    { oneOf: [{ const: 'a' }, { const: 'b' }, { enum: ['c', 'd'] }] },
    'x',
    ': must be one of "a", "b", "c", "d", got "x"',
  ],
  [
    { anyOf: [{ type: 'string', minLength: 3 }, { type: 'integer' }] },
    'a',
    ': must have at least 3 characters, got "a"',
  ],
  [
    { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    {},
    ': must fit one of 2 alternatives and fits none: 1. "a" is missing: it is required; 2. "b" is missing: it is required',
  ],
  [
    { anyOf: [{ type: 'string' }, { enum: [1] }] },
    5,
    ': must fit one of 2 alternatives and fits none: 1. must be a string, got 5; 2. must be 1, got 5',
  ],
  [
    { anyOf: [{ required: ['a', 'b'] }, { required: ['c', 'd'] }] },
    {},
    ': must fit one of 2 alternatives and fits none: 1. "a" is missing: it is required (and 1 more); 2. "c" is missing: it is required (and 1 more)',
  ],
  [
    { oneOf: [{ minimum: 1 }, { minimum: 2 }, { minimum: 9 }] },
    5,
    ': must fit exactly one of 3 alternatives, but fits 1 and 2',
  ],
  [
    { anyOf: [false, false] },
    5,
    ': must fit one of 2 alternatives and fits none: 1. is not allowed here, got 5; 2. is not allowed here, got 5',
  ],
])('explains by %j what is wrong with %j', async ([schema, value, text]) => {
  expect(await textsOf(schema, value)).toEqual([text]);
});

test('follows a $dynamicRef to its own anchor where nothing on the way has another', async () => {
  const other = { $id: 'https://other.example/', $dynamicAnchor: 'node', type: 'string' };
  const subject = await subjectOf({
    properties: { a: { $dynamicRef: 'https://other.example/#node' } },
    $defs: { other },
  });
  expect(holds(subject, { a: 'text' })).toBe(true);
  expect(holds(subject, { a: 5 })).toBe(false);
});

test('says what is broken in a schema when a value first reaches it', async () => {
  const subject = await subjectOf({
    properties: { a: { $ref: '#/$defs/list' } },
    $defs: { list: { items: { $ref: '#/$defs/broken' } }, broken: { type: 'strnig' } },
  });
  expect(holds(subject, { b: 1 })).toBe(true);
  expect(() => holds(subject, { a: 1 })).toThrow(
    expect.objectContaining({ code: 'SPEC_SCHEMA_INVALID' }),
  );
});

test.for(['items', 'not'])('refuses a schema of %s that is nested without end', async (keyword) => {
  const text = `${`{"${keyword}":`.repeat(20_000)}true${'}'.repeat(20_000)}`;
  const folder = await folderOf({
    'a.json': `{"openapi":"3.1.0","components":{"schemas":{"a":${text}}}}`,
  });
  const spec = await loadSpec(`${folder}/a.json`);
  const schema = follow(spec.root, '/components/schemas/a') ?? expect.fail('It is there');
  const judging = { direction: 'response', strict: false } as const;
  const failure = expect.objectContaining({
    code: 'SPEC_SCHEMA_INVALID',
    message: `Failed to compile the schema at ${folder}/a.json:1:45 (/components/schemas/a): it is nested too deeply.`,
  });
  expect(() => isValid(spec, schema, 5, judging)).toThrow(failure);
  expect(() => judgeValue(spec, schema, 5, judging)).toThrow(failure);
});

test('judges values that JSON cannot say, and shows them', async () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const schema = { type: 'object', properties: { self: { type: 'string' } } };
  expect(await textsOf(schema, circle)).toEqual(['/self: must be a string, got {…}']);
  const list: unknown[] = [];
  list.push(list);
  expect(await textsOf(schema, { self: list })).toEqual(['/self: must be a string, got […]']);
  expect(await textsOf(schema, { self: 5n })).toEqual(['/self: must be a string, got 5n']);
});
