import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holds, reasons, subjectWith } from './subject.ts';

const text = { type: 'string' };
const number = { type: 'number' };

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function kind(name: string, properties: object = {}): object {
  return {
    type: 'object',
    required: ['t', ...Object.keys(properties)],
    properties: { t: { const: name }, ...properties },
  };
}

/** An inheritance of three, its discriminator at the top. */
const chain = {
  Entity: {
    type: 'object',
    required: ['t'],
    properties: { t: text },
    discriminator: { propertyName: 't' },
  },
  Doc: {
    allOf: [ref('Entity'), { type: 'object', required: ['title'], properties: { title: text } }],
  },
  Invoice: {
    allOf: [ref('Doc'), { type: 'object', required: ['total'], properties: { total: number } }],
  },
};
const union = { A: kind('A', { a: number }), B: kind('B') };
const choosing = { discriminator: { propertyName: 't' } };
const list = { oneOf: [ref('A'), ref('B')], ...choosing };
const orNull = { oneOf: [ref('A'), ref('B'), { type: 'null' }], ...choosing };
const orText = { anyOf: [ref('A'), text], ...choosing };
const pet30 = {
  Pet: { type: 'object', nullable: true, properties: { t: text }, ...choosing },
  Cat: { allOf: [ref('Pet'), { type: 'object', required: ['lives'] }] },
};
const pet31 = { ...pet30, Pet: { ...pet30.Pet, type: ['object', 'null'] } };
/** Parents that list their children, who name their parents. */
const circle = {
  Shape: { oneOf: [ref('Round'), ref('Flat')], ...choosing },
  Round: { allOf: [ref('Shape'), kind('Round', { radius: number })] },
  Flat: { allOf: [ref('Shape'), kind('Flat')] },
};

test.for<
  [openapi: string, schema: object, schemas: object, value: unknown, found: readonly string[]]
>([
  ['3.1.1', ref('Doc'), chain, { t: 'Invoice', title: 'a', total: 1 }, []],
  ['3.1.1', ref('Doc'), chain, { t: 'Invoice', title: 'a', total: 'x' }, ['type /total']],
  ['3.1.1', ref('Doc'), chain, { t: 'Invoice', title: 'a' }, ['required /total']],
  ['3.1.1', ref('Invoice'), chain, { t: 'Invoice', total: 1 }, ['required /title']],
  ['3.1.1', ref('Entity'), chain, { t: 'Invoice', title: 1, total: 1 }, ['type /title']],
  ['3.1.1', ref('Doc'), chain, { t: 'Doc', title: 'a' }, []],
  ['3.1.1', orNull, union, null, []],
  ['3.1.1', orNull, union, 5, ['type ']],
  ['3.1.1', orNull, union, { t: 'A' }, ['required /a']],
  ['3.1.1', orText, union, 'str', []],
  ['3.1.1', orText, union, null, ['type ']],
  ['3.1.1', list, union, 5, ['type ']],
  ['3.1.1', list, union, null, ['type ']],
  ['3.1.1', list, union, [], ['type ']],
  ['3.1.1', list, union, { t: 'C' }, ['discriminator /t']],
  // What says no type takes any value: both alternatives do, where one must.
  ['3.1.1', list, { A: {}, B: {} }, 5, ['alternatives ']],
  ['3.1.1', { ...list, anyOf: [number, text] }, { A: {}, B: { type: 'null' } }, 5, []],
  ['3.0.4', ref('Pet'), pet30, null, []],
  ['3.0.4', ref('Pet'), pet30, { t: 'Cat' }, ['required /lives']],
  ['3.0.4', ref('Cat'), pet30, null, ['type ']],
  ['3.1.1', ref('Pet'), pet31, null, []],
  ['3.1.1', ref('Pet'), pet31, 5, ['type ']],
  ['3.1.1', ref('Shape'), circle, { t: 'Round', radius: 1 }, []],
  ['3.1.1', ref('Shape'), circle, { t: 'Round' }, ['required /radius']],
  ['3.1.1', ref('Round'), circle, { t: 'Flat' }, ['required /radius', 'enum /t']],
  ['3.1.1', ref('Shape'), circle, 5, ['type ']],
  ['3.1.1', ref('Round'), circle, null, ['type ']],
])(
  'judges under a discriminator, OpenAPI %s: %j of %j by %j',
  async ([openapi, schema, schemas, value, found]) => {
    const subject = await subjectWith(schema, schemas, openapi);
    expect(holds(subject, value)).toBe(found.length === 0);
    const violations = reasons(subject, value);
    expect(violations.map(({ problem, pointer }) => `${problem} ${pointer}`)).toEqual(found);
  },
);

test('says that no object is none', async () => {
  const subject = await subjectWith(list, union);
  expect(reasons(subject, 5)).toMatchObject([
    { problem: 'type', text: 'must be an object, got 5' },
  ]);
});

const NAMES = ['A', 'B', 'C', 'D'];
const names = fc.constantFrom(...NAMES);
const types = fc.constantFrom({}, { type: 'object' }, { type: ['object', 'null'] });
const closed = fc.constantFrom(
  {},
  {},
  { additionalProperties: false },
  { unevaluatedProperties: false },
);
const member = fc.record({
  property: fc.constantFrom('p', 'q', 'r'),
  schema: fc.constantFrom(
    text,
    number,
    { ...text, readOnly: true },
    { ...number, writeOnly: true },
  ),
  isRequired: fc.boolean(),
});

/** A schema of such a name: parents, members, and perhaps a discriminator with or without a list. */
function family(name: string): fc.Arbitrary<object> {
  const older = NAMES.slice(0, NAMES.indexOf(name));
  const lists = fc.constantFrom('oneOf', 'anyOf');
  const alternatives = fc.uniqueArray(fc.oneof(names.map(ref), fc.constant({ type: 'null' })), {
    minLength: 1,
    maxLength: 3,
    selector: (one) => JSON.stringify(one),
  });
  return fc
    .record({
      type: types,
      closed,
      parents: fc.subarray(older),
      members: fc.array(member, { maxLength: 2 }),
      list: fc.option(fc.tuple(lists, alternatives), { freq: 3 }),
      chooses: fc.boolean(),
    })
    .map(({ type, closed: others, parents, members, list: found, chooses }) => ({
      ...type,
      ...others,
      ...(parents.length > 0 ? { allOf: parents.map(ref) } : {}),
      properties: Object.fromEntries(members.map(({ property, schema }) => [property, schema])),
      required: members.flatMap(({ property, isRequired }) => (isRequired ? [property] : [])),
      // Without a discriminator, one that is its own alternative would have no end.
      ...(found && chooses ? { [found[0]]: found[1] } : {}),
      ...(chooses ? choosing : {}),
    }));
}

const families = fc.record(Object.fromEntries(NAMES.map((name) => [name, family(name)])));
const values = fc.oneof(
  fc.constantFrom(null, 5, 'text', []),
  fc.record(
    {
      t: fc.oneof(names, fc.constantFrom(1, 'E')),
      p: fc.constantFrom(1, 'a'),
      q: fc.constantFrom(1, 'a'),
      r: fc.constantFrom(1, 'a'),
    },
    { requiredKeys: [] },
  ),
);

test('both engines judge every family alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      families,
      names,
      fc.array(values, { minLength: 4, maxLength: 8 }),
      fc.record({ direction: fc.constantFrom('request', 'response'), strict: fc.boolean() }),
      async (schemas, root, sent, judging) => {
        const subject = await subjectWith(ref(root), schemas);
        for (const value of sent) {
          const verdict = reasons(subject, value, judging).length === 0;
          expect(holds(subject, value, judging), JSON.stringify(value)).toBe(verdict);
        }
      },
    ),
    { numRuns: Number(process.env['EXACTMATCH_RUNS'] ?? 200) },
  );
});
