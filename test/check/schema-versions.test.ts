import { expect, test } from 'vitest';
import { findingsOfValue } from './answer.ts';
import { brief } from './parameter.ts';

const V30 = { openapi: '3.0.4' };

test.for<[schema: object, value: unknown, codes: readonly string[]]>([
  [{ type: 'string', nullable: true }, null, []],
  [{ type: 'string', nullable: false }, null, ['type']],
  [{ type: 'string' }, null, ['type']],
  [{ type: 'string', nullable: true, enum: ['a', null] }, null, []],
  [{ type: 'string', nullable: true, minLength: 1 }, '', ['length']],
  [{ type: 'object', nullable: true, required: ['a'] }, null, []],
  [{ type: 'number', minimum: 5, exclusiveMinimum: true }, 5, ['range']],
  [{ type: 'number', minimum: 5, exclusiveMinimum: true }, 5.1, []],
  [{ type: 'number', minimum: 5, exclusiveMinimum: false }, 5, []],
  [{ type: 'number', maximum: 5, exclusiveMaximum: true }, 5, ['range']],
  [{ type: 'number', maximum: 5, exclusiveMaximum: false }, 5, []],
  [{ type: 'number', exclusiveMinimum: 5 }, 5, ['range']],
  [{ type: 'number', exclusiveMaximum: 5, maximum: 9 }, 5, ['range']],
  [{ exclusiveMaximum: true }, 5, []],
  [{ type: ['string', 'null'], nullable: true }, null, []],
  [{ type: 'integer' }, 5.0, []],
  // A $ref of OpenAPI 3.0 has no siblings.
  [{ $ref: '#/components/schemas/text', maxLength: 1 }, 'long', []],
])('judges as OpenAPI 3.0 has it: %j of %j', async ([schema, value, problems]) => {
  const schemas = { text: { type: 'string' } };
  const findings = await findingsOfValue(schema, value, { ...V30, schemas });
  expect(findings.map(({ code }) => code)).toEqual(
    problems.map((problem) => `response.body.${problem}`),
  );
});

test.for<[schema: unknown, value: unknown, codes: readonly string[]]>([
  [{ type: ['string', 'null'] }, null, []],
  [{ type: 'string', nullable: true }, null, ['type']],
  [{ exclusiveMinimum: 5 }, 5, ['range']],
  [{ exclusiveMinimum: 5 }, 6, []],
  [{ const: { a: [1, { b: 2 }] } }, { a: [1, { b: 2 }] }, []],
  [{ prefixItems: [{ type: 'string' }], items: { type: 'integer' } }, ['a', 'b'], ['type']],
  [{ $ref: '#/components/schemas/text', maxLength: 1 }, 'long', ['length']],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, ['required']],
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  [{ if: { type: 'string' }, then: { maxLength: 1 }, else: { minimum: 5 } }, 4, ['range']],
  [{ propertyNames: { pattern: '^a' } }, { b: 1 }, ['properties']],
  [{ minProperties: 2 }, { b: 1 }, ['properties']],
  [{ contains: { const: 1 } }, [2], ['items']],
  [
    { uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    ['items'],
  ],
  [true, 5, []],
  [false, 5, ['forbidden']],
])('judges as OpenAPI 3.1 has it: %j of %j', async ([schema, value, problems]) => {
  const schemas = { text: { type: 'string' } };
  const findings = await findingsOfValue(schema, value, { schemas });
  expect(findings.map(({ code }) => code)).toEqual(
    problems.map((problem) => `response.body.${problem}`),
  );
});

const pets = {
  cat: {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { type: 'string' }, lives: { type: 'integer', maximum: 9 } },
  },
  dog: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, trick: { type: 'string' } },
  },
};
const oneOf = [{ $ref: '#/components/schemas/cat' }, { $ref: '#/components/schemas/dog' }];
const mapping = { felis: '#/components/schemas/cat', canis: 'dog' };

test.for<[discriminator: object, value: unknown, finding: string]>([
  [{ propertyName: 'kind' }, { kind: 'cat', lives: 3 }, ''],
  [{ propertyName: 'kind', mapping }, { kind: 'felis', lives: 3 }, ''],
  [{ propertyName: 'kind', mapping }, { kind: 'canis' }, ''],
  [{ propertyName: 'kind', mapping }, { kind: 'felis', lives: 10 }, 'range at /lives'],
  [{ propertyName: 'kind', mapping }, { kind: 'felis' }, 'required at /lives'],
  [{ propertyName: 'kind', mapping }, { kind: 'canis', trick: 1 }, 'type at /trick'],
  [{ propertyName: 'kind', mapping }, { kind: 'bird' }, 'discriminator at /kind'],
  [{ propertyName: 'kind' }, { lives: 3 }, 'required at /kind'],
])('lets the discriminator %j choose: %j', async ([discriminator, value, finding]) => {
  const found = brief(await findingsOfValue({ oneOf, discriminator }, value, { schemas: pets }));
  const expected = expect.stringMatching(new RegExp(`^response\\.body\\.${finding}:`));
  expect(found).toEqual(finding === '' ? [] : [expected]);
});

test('says which values a discriminator has', async () => {
  const schema = { oneOf, discriminator: { propertyName: 'kind', mapping } };
  const [finding] = await findingsOfValue(schema, { kind: 'bird' }, { schemas: pets });
  expect(finding?.message).toBe('`kind` must be one of "felis", "canis", got "bird".');
});

const node = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: 'integer' },
    next: { $ref: '#/components/schemas/node' },
    children: { type: 'array', items: { $ref: '#/components/schemas/node' } },
  },
};

test('follows $refs that lead in circles as far as the value goes', async () => {
  const schema = { $ref: '#/components/schemas/node' };
  const value = { value: 1, next: { value: 2, children: [{ value: 3 }, { value: 4, next: {} }] } };
  expect(brief(await findingsOfValue(schema, value, { schemas: { node } }))).toEqual([
    expect.stringMatching(/^response\.body\.required at \/next\/children\/1\/next\/value: /),
  ]);
});

test.for<[schema: object, schemas: object, code: string]>([
  [
    { $ref: '#/components/schemas/a' },
    { a: { $ref: '#/components/schemas/a' } },
    'SPEC_SCHEMA_INVALID',
  ],
  [
    { $ref: '#/components/schemas/a' },
    { a: { allOf: [{ $ref: '#/components/schemas/a' }] } },
    'SPEC_SCHEMA_INVALID',
  ],
  [{ $ref: '#/components/schemas/nobody' }, {}, 'SPEC_REF_UNRESOLVED'],
])('refuses a schema that has no end: %j with %j', async ([schema, schemas, code]) => {
  await expect(findingsOfValue(schema, 1, { schemas })).rejects.toMatchObject({
    name: 'ExactMatchError',
    code,
    message: expect.stringContaining('(inline):'),
  });
});

test.for<[schema: unknown, message: string]>([
  [{ type: 'strnig' }, '"type" must be a JSON type'],
  [{ type: [] }, '"type" must be a JSON type'],
  [{ pattern: 5 }, '"pattern" must be a regular expression'],
  [{ pattern: '(' }, '"pattern" must be a regular expression'],
  [{ minLength: -1 }, '"minLength" must be a whole number of at least 0'],
  [{ properties: { a: { required: true } } }, '"required" must be a list of strings'],
  [{ allOf: [] }, '"allOf" must be a list of at least one schema'],
  ['string', 'a schema is an object or a boolean'],
  [{ oneOf, discriminator: {} }, 'a discriminator needs a "propertyName"'],
  [{ oneOf, discriminator: { propertyName: 1 } }, 'a discriminator needs a "propertyName"'],
  [{ oneOf, discriminator: { propertyName: 'a', mapping: [] } }, 'a mapping is an object'],
  [{ oneOf, discriminator: 'kind' }, '"discriminator" must be an object, not "kind"'],
  [{ type: [] }, '"type" must be a JSON type'],
  [{ type: [], nullable: true }, '"type" must be a JSON type'],
  [{ readOnly: 'true' }, '"readOnly" must be true or false, not "true"'],
  [{ properties: { a: { writeOnly: 1 } } }, '"writeOnly" must be true or false, not 1'],
  [{ $id: 5 }, '"$id" must be a string'],
  [{ $anchor: 5 }, '"$anchor" must be a string'],
  [{ $dynamicAnchor: {} }, '"$dynamicAnchor" must be a string'],
])('refuses a schema that cannot be compiled, naming its place: %j', async ([schema, message]) => {
  const findings = findingsOfValue(schema, { a: 'b' }, { schemas: pets });
  await expect(findings).rejects.toMatchObject({
    name: 'ExactMatchError',
    code: 'SPEC_SCHEMA_INVALID',
    message: expect.stringMatching(
      /^Failed to compile the schema at \(inline\):\d+:\d+ \(\/paths\/~1\/get\/responses\/200\/content\/application~1json\/schema/,
    ),
  });
  await expect(findings).rejects.toThrow(message);
});

test('refuses a nullable that is neither true nor false, where OpenAPI has it', async () => {
  const schema = { type: 'string', nullable: 'yes' };
  await expect(findingsOfValue(schema, 'a', V30)).rejects.toThrow('"nullable" must be true or');
  expect(await findingsOfValue(schema, 'a')).toEqual([]);
});

test('looks at a schema only when it is needed', async () => {
  const schemas = { broken: { type: 'strnig' } };
  expect(await findingsOfValue({ type: 'integer' }, 1, { schemas })).toEqual([]);
});
