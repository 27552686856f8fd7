import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBody, loadSpec } from '../../src/index.ts';
import { isArray, isObject, type Json } from '../../src/json.ts';
import { schemas, values } from '../schema/arbitrary.ts';
import { answers, bodyRules, judgeCase } from './judge.ts';

/** A part of a value: some members left out, whole items kept. */
function partOf(value: Json, isKept: () => boolean): Json {
  if (isArray(value)) return value.map((item) => partOf(item, isKept));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(isKept);
  return Object.fromEntries(members.map(([name, member]) => [name, partOf(member, isKept)]));
}

/** A document whose one response has this schema, with its definitions where it looks for them. */
function caseOf(schema: object, body: Json, more: object) {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, ...own } = JSON.parse(text) as { $defs: object };
  return { ...answers(own, body, more), components: { schemas: $defs } };
}

test('a part of a response that the document allows is never an error', async () => {
  const whole = fc.record({
    schema: schemas(),
    value: values,
    seeds: fc.infiniteStream(fc.boolean()),
  });
  await fc.assert(
    fc.asyncProperty(whole, async ({ schema, value, seeds }) => {
      const full = caseOf(schema, value as Json, {});
      const spec = await loadSpec({ openapi: '3.1.0', info: { title: '', version: '' }, ...full });
      const findings = checkBody(spec, value, { operation: 'GET /x', status: 200 });
      // A text alone is JSON as text in version 3, and an empty one no body at all.
      fc.pre(findings.length === 0 && typeof value !== 'string');
      const part = partOf(value as Json, () => seeds.next().value === true);
      const judged = await judgeCase(caseOf(schema, part, bodyRules({ $: { match: 'type' } })));
      // What no schema names is an error of its own, though the document lets it pass.
      const errors = judged.filter(
        ({ severity, code }) => severity === 'error' && !code.endsWith('.unknown'),
      );
      expect(errors).toEqual([]);
    }),
    { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 250) },
  );
});

test.for([
  ['{ "if": { "maxProperties": 0 }, "then": false }', {}],
  ['{ "if": { "required": ["b"] }, "else": false }', {}],
  [
    '{ "properties": { "a": { "if": { "maxProperties": 0 }, "then": { "type": "string" } } } }',
    { a: {} },
  ],
] as const)('a part may lack what a condition asks for: %s', async ([text, part]) => {
  const schema = { ...JSON.parse(text), $defs: {} };
  const judged = await judgeCase(caseOf(schema, part, bodyRules({ $: { match: 'type' } })));
  expect(judged.filter(({ severity }) => severity === 'error')).toEqual([]);
});
