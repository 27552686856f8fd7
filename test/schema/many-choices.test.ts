import { expect, test } from 'vitest';
import { evaluate } from '../../src/schema/evaluate.ts';
import { isValid } from '../../src/schema/judge.ts';
import { readSpec } from '../../src/spec/load.ts';
import { follow } from '../../src/spec/node.ts';

const kinds = Array.from({ length: 20 }, (_, index) => `Kind${index}`);

/** A parent that all kinds extend, and a list of them: each has a whole number of its own name. */
async function family(version: string, rest: object = {}) {
  const own = (kind: string) => ({
    type: 'object',
    required: [kind, 'secret'],
    properties: {
      [kind]: { type: 'integer' },
      secret: { type: 'string', readOnly: true },
      next: { $ref: '#/components/schemas/Parent' },
    },
  });
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const spec = await readSpec({
    openapi: version,
    components: {
      schemas: {
        Parent: {
          type: 'object',
          properties: { kind: { type: 'string' } },
          discriminator: { propertyName: 'kind' },
          ...rest,
        },
        List: { oneOf: kinds.map(reference), discriminator: { propertyName: 'kind' } },
        Mixed: {
          oneOf: [...kinds.map(reference), { type: 'number' }, { type: 'null' }],
          discriminator: { propertyName: 'kind' },
        },
        Optional: { anyOf: [reference('List'), { type: 'number' }] },
        ...Object.fromEntries(
          kinds.map((kind) => [kind, { allOf: [reference('Parent'), own(kind)] }]),
        ),
      },
    },
  });
  return (name: string) => {
    const schema = follow(spec.root, `/components/schemas/${name}`);
    if (!schema) throw new Error('The document has lost its schema');
    return { spec, schema };
  };
}

const VALUES = [
  { kind: 'Kind3', Kind3: 1, secret: 's' },
  { kind: 'Kind3', Kind3: 1 },
  { kind: 'Kind3', Kind3: 'one', secret: 's' },
  { kind: 'Kind3', Kind4: 1, secret: 's' },
  { kind: 'Kind19', Kind19: 1, secret: 's', next: { kind: 'Kind2', Kind2: 1, secret: 's' } },
  { kind: 'Kind19', Kind19: 1, secret: 's', next: { kind: 'Kind2', Kind2: null, secret: 's' } },
  { kind: 'Kind3', Kind3: 1, secret: 's', other: true },
  { kind: 'nobody' },
  { kind: 'toString' },
  { kind: 7 },
  {},
  7,
  null,
];

test.for(['3.0.4', '3.1.1'])(
  'judges by the one choice of many that is named, in %s',
  async (version) => {
    for (const rest of [{}, { unevaluatedProperties: false }]) {
      const at = await family(version, rest);
      for (const name of ['Parent', 'List', 'Mixed', 'Optional', 'Kind3', 'Kind4']) {
        const { spec, schema } = at(name);
        for (const direction of ['request', 'response'] as const) {
          for (const strict of [false, true]) {
            for (const value of VALUES) {
              const reasons = evaluate(spec, schema, value, { direction, strict });
              const holds = isValid(spec, schema, value, { direction, strict });
              expect(holds, `${name} ${direction} ${strict} ${JSON.stringify(value)}`).toBe(
                reasons.length === 0,
              );
            }
          }
        }
      }
    }
  },
);

test('takes a choice and refuses what breaks it', async () => {
  const { spec, schema } = (await family('3.1.1'))('List');
  const judged = { direction: 'response', strict: false } as const;
  expect(VALUES.map((value) => isValid(spec, schema, value, judged))).toEqual([
    ...[true, false, false, false, true, false, true],
    ...[false, false, false, false, false, false],
  ]);
});
