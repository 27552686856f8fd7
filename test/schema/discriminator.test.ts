import { expect, test } from 'vitest';
import { checkBody, loadSpec } from '../../src/index.ts';
import { sample } from '../../src/schema/sample.ts';
import { follow } from '../../src/spec/node.ts';

const VERSIONS = ['3.0.4', '3.1.1'];

interface Asked {
  readonly schemas: object;
  readonly documents?: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
}

/** What is wrong with a value, as both versions of OpenAPI have it: `range at /lives`. */
async function problemsOf(schema: object, value: unknown, { schemas, strict, ...rest }: Asked) {
  const found = [];
  for (const openapi of VERSIONS) {
    const content = { 'application/json': { schema } };
    const paths = { '/': { get: { responses: { 200: { content } } } } };
    const spec = await loadSpec({ openapi, paths, components: { schemas } }, rest);
    const options = { operation: 'GET /', status: 200, strict: strict ?? false };
    const findings = checkBody(spec, value, options);
    found.push(findings.map(({ code, at }) => `${code.replace('response.body.', '')} at ${at}`));
  }
  const [first, second] = found;
  expect(second, 'the versions agree').toEqual(first);
  return first?.join(', ');
}

const text = { type: 'string' };
const Cat = {
  type: 'object',
  required: ['kind'],
  properties: { kind: text, lives: { type: 'integer', maximum: 9 } },
};
const Dog = { type: 'object', required: ['kind'], properties: { kind: text, trick: text } };
const LIST = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
const propertyName = 'kind';

test.for<[list: 'oneOf' | 'anyOf', mapping: object | undefined, value: unknown, problems: string]>([
  ['oneOf', undefined, { kind: 'Cat', lives: 3 }, ''],
  ['anyOf', undefined, { kind: 'Cat', lives: 3 }, ''],
  ['oneOf', undefined, { kind: 'Cat', lives: 10 }, 'range at /lives'],
  ['anyOf', undefined, { kind: 'Dog', trick: 5 }, 'type at /trick'],
  ['oneOf', undefined, { kind: 'Bird' }, 'discriminator at /kind'],
  ['oneOf', undefined, { kind: 'cat' }, 'discriminator at /kind'],
  ['anyOf', undefined, { kind: 5 }, 'discriminator at /kind'],
  ['oneOf', undefined, { kind: 'toString' }, 'discriminator at /kind'],
  ['oneOf', undefined, { lives: 3 }, 'required at /kind'],
  ['oneOf', undefined, {}, 'required at /kind'],
  ['oneOf', { felis: 'Cat', canis: 'Dog' }, { kind: 'felis', lives: 10 }, 'range at /lives'],
  ['oneOf', { felis: '#/components/schemas/Cat' }, { kind: 'felis', lives: 3 }, ''],
  ['oneOf', { felis: 'Cat' }, { kind: 'Dog', trick: 5 }, 'type at /trick'],
  ['oneOf', { felis: 'Cat' }, { kind: 'Cat' }, 'discriminator at /kind'],
  ['oneOf', { a: 'Cat', b: 'Cat' }, { kind: 'b', lives: 10 }, 'range at /lives'],
])('chooses by name among %s with the mapping %j: %j', async ([list, mapping, value, problems]) => {
  const discriminator = mapping ? { propertyName, mapping } : { propertyName };
  const schema = { [list]: LIST, discriminator };
  expect(await problemsOf(schema, value, { schemas: { Cat, Dog } })).toBe(problems);
});

test.for<[value: unknown, problems: string]>([
  ['text', 'type at '],
  [null, 'type at '],
])('judges %j, which has no properties, as any other', async ([value, problems]) => {
  const schema = { type: 'object', oneOf: LIST, discriminator: { propertyName } };
  expect(await problemsOf(schema, value, { schemas: { Cat, Dog } })).toBe(problems);
});

test.for<[mapping: string, name: string]>([
  ['https://pets.example/cat.yaml', 'felis'],
  ['https://pets.example/all.json#/Cat', 'felis'],
])('leads by its mapping to the file %s', async ([target, name]) => {
  const documents = {
    'https://pets.example/cat.yaml': Cat,
    'https://pets.example/all.json': { Cat },
  };
  const discriminator = { propertyName, mapping: { [name]: target } };
  const schema = { oneOf: LIST, discriminator };
  const asked = { schemas: { Cat, Dog }, documents };
  expect(await problemsOf(schema, { kind: name, lives: 10 }, asked)).toBe('range at /lives');
});

test.for(['cat.yaml', 'cat.json#', 'pets.yaml#/cat', 'a%20b/cat.yml'])(
  'calls the alternative of the file %s by its name',
  async (reference) => {
    const url = new URL(reference.replace(/#.*/, ''), 'https://pets.example/');
    const documents = { [url.href]: reference.includes('/cat') ? { ...Cat, cat: Cat } : Cat };
    const schema = {
      oneOf: [{ $ref: new URL(reference, 'https://pets.example/').href }],
      discriminator: { propertyName },
    };
    const asked = { schemas: {}, documents };
    expect(await problemsOf(schema, { kind: 'cat', lives: 10 }, asked)).toBe('range at /lives');
  },
);

test.for([
  ['100%', '100%'],
  ['a b', 'a%20b'],
  ['a/b', 'a~1b'],
] as const)('calls an alternative by the name %s', async ([name, written]) => {
  const schema = {
    oneOf: [{ $ref: `#/components/schemas/${written}` }],
    discriminator: { propertyName },
  };
  const asked = { schemas: { [name]: Cat } };
  expect(await problemsOf(schema, { kind: name, lives: 10 }, asked)).toBe('range at /lives');
});

test('has nothing to choose among alternatives without a name', async () => {
  const schema = { oneOf: [Cat, { type: 'array' }], discriminator: { propertyName } };
  expect(await problemsOf(schema, { kind: 'anything', lives: 3 }, { schemas: {} })).toBe('');
  const mixed = { oneOf: [Dog, ...LIST.slice(0, 1)], discriminator: { propertyName } };
  expect(await problemsOf(mixed, { kind: 'Dog' }, { schemas: { Cat } })).toBe(
    'discriminator at /kind',
  );
});

const Pet = {
  type: 'object',
  required: ['kind'],
  properties: { kind: text },
  discriminator: { propertyName },
};
const heir = (parent: string, ...rest: readonly object[]) => ({
  allOf: [{ $ref: `#/components/schemas/${parent}` }, ...rest],
});
const FAMILY = {
  Pet,
  Cat: heir('Pet', { properties: { lives: { type: 'integer' } } }),
  Lion: heir('Cat', { required: ['mane'], properties: { mane: text } }),
  Stone: { allOf: [{ type: 'object' }, { $ref: '#/components/schemas/Other' }] },
  Other: { properties: { kind: { type: 'integer' } } },
};

test.for<[name: string, value: unknown, problems: string]>([
  ['Pet', { kind: 'Cat', lives: 3 }, ''],
  ['Pet', { kind: 'Cat', lives: 'x' }, 'type at /lives'],
  ['Pet', { kind: 'Lion', lives: 'x' }, 'type at /lives, required at /mane'],
  ['Pet', { kind: 'Lion', mane: 'long' }, ''],
  // What names nobody is judged by the parent alone.
  ['Pet', { kind: 'Stone' }, ''],
  ['Pet', { kind: 'Pet' }, ''],
  ['Pet', {}, 'required at /kind'],
  ['Pet', { kind: 5 }, 'type at /kind'],
  ['Cat', { kind: 'Cat', lives: 'x' }, 'type at /lives'],
  ['Lion', { kind: 'Lion' }, 'required at /mane'],
  ['Lion', { lives: 3, mane: 'long' }, 'required at /kind'],
])('judges %s by the heir that it names: %j', async ([name, value, problems]) => {
  const schema = { $ref: `#/components/schemas/${name}` };
  expect(await problemsOf(schema, value, { schemas: FAMILY })).toBe(problems);
  const list = { type: 'array', items: schema };
  const inside = problems.replaceAll(' at /', ' at /0/');
  expect(await problemsOf(list, [value], { schemas: FAMILY })).toBe(inside);
});

test('lets a mapping of a parent name its heirs otherwise', async () => {
  const discriminator = {
    propertyName,
    mapping: { felis: 'Cat', leo: '#/components/schemas/Lion' },
  };
  const schemas = { ...FAMILY, Pet: { ...Pet, discriminator } };
  const schema = { $ref: '#/components/schemas/Pet' };
  expect(await problemsOf(schema, { kind: 'felis', lives: 'x' }, { schemas })).toBe(
    'type at /lives',
  );
  expect(await problemsOf(schema, { kind: 'leo' }, { schemas })).toBe('required at /mane');
  expect(await problemsOf(schema, { kind: 'Lion' }, { schemas })).toBe('required at /mane');
});

test('knows the properties of the heir and of the parent under strict', async () => {
  const schema = { $ref: '#/components/schemas/Pet' };
  const asked = { schemas: FAMILY, strict: true };
  expect(await problemsOf(schema, { kind: 'Lion', mane: 'a', lives: 1 }, asked)).toBe('');
  expect(await problemsOf(schema, { kind: 'Cat', mane: 'a', lives: 1 }, asked)).toBe(
    'unknown at /mane',
  );
});

test('judges by parent and heirs that name each other', async () => {
  const oneOf = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Lion' }];
  const schemas = { ...FAMILY, Pet: { ...Pet, oneOf } };
  const schema = { $ref: '#/components/schemas/Pet' };
  expect(await problemsOf(schema, { kind: 'Lion', mane: 5 }, { schemas })).toBe('type at /mane');
  expect(await problemsOf(schema, { kind: 'Cat', lives: 1 }, { schemas })).toBe('');
  expect(await problemsOf(schema, { kind: 'Bird' }, { schemas })).toBe('discriminator at /kind');
});

test.for<[discriminator: unknown, code: string, message: string]>([
  [{}, 'SPEC_SCHEMA_INVALID', 'a discriminator needs a "propertyName"'],
  [{ propertyName: 5 }, 'SPEC_SCHEMA_INVALID', 'a discriminator needs a "propertyName"'],
  [{ propertyName, mapping: null }, 'SPEC_SCHEMA_INVALID', 'a mapping is an object'],
  [{ propertyName, mapping: { a: 5 } }, 'SPEC_SCHEMA_INVALID', 'a mapping leads to names or $refs'],
  [
    { propertyName, mapping: { a: 'Nobody' } },
    'SPEC_REF_UNRESOLVED',
    'Failed to resolve $ref "Nobody"',
  ],
  [
    { propertyName, mapping: { a: '#/nowhere' } },
    'SPEC_REF_UNRESOLVED',
    'has nothing at "/nowhere"',
  ],
])('refuses the discriminator %j', async ([discriminator, code, message]) => {
  const judged = problemsOf(
    { oneOf: LIST, discriminator },
    { kind: 'Cat' },
    { schemas: { Cat, Dog } },
  );
  await expect(judged).rejects.toMatchObject({
    code,
    message: expect.stringContaining('(inline):'),
  });
  await expect(judged).rejects.toThrow(message);
});

test('makes samples that say which kind they are', async () => {
  const schemas = {
    ...FAMILY,
    Any: { oneOf: LIST, discriminator: { propertyName, mapping: { felis: 'Cat' } } },
    Dog,
    Tree: {
      oneOf: [{ $ref: '#/components/schemas/Branch' }, { $ref: '#/components/schemas/Leaf' }],
      discriminator: { propertyName },
    },
    Leaf: { type: 'object', properties: { kind: text } },
    Branch: {
      type: 'object',
      required: ['left'],
      properties: { kind: text, left: { $ref: '#/components/schemas/Tree' } },
    },
  };
  const spec = await loadSpec({ openapi: '3.1.1', components: { schemas } });
  const made = ['Pet', 'Any', 'Tree'].map((name) => {
    const node = follow(spec.root, `/components/schemas/${name}`);
    return node && sample(spec, node, { direction: 'response' });
  });
  expect(made).toEqual([
    { kind: 'Cat', lives: 0 },
    { kind: 'felis', lives: 0 },
    { kind: 'Branch', left: { kind: 'Leaf' } },
  ]);
});
