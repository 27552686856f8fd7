import { expect, test } from 'vitest';
import { checkBody, loadSpec, type Spec } from '../../src/index.ts';
import { follow } from '../../src/spec/node.ts';
import { operationById, parametersOf, responseFor } from '../../src/spec/operation.ts';
import { resolve } from '../../src/spec/ref.ts';
import { failureOf } from './failure.ts';
import { folderOf, siteOf } from './files.ts';

function document(schema: object, openapi = '3.1.0'): object {
  const content = { 'application/json': { schema } };
  return { openapi, paths: { '/': { get: { responses: { 200: { content } } } } } };
}

function problemsOf(spec: Spec, value: unknown): readonly string[] {
  return checkBody(spec, value, { operation: 'GET /', status: 200 }).map(
    ({ code, at }) => `${code.replace('response.body.', '')} at ${at}`,
  );
}

test('reads files that refer to each other from where each of them is', async () => {
  const folder = await folderOf({
    'api.yaml': JSON.stringify(document({ $ref: './schemas/pet.yaml#/Pet' })),
    'schemas/pet.yaml': `Pet:
  properties:
    owner: { $ref: '../people/owner.json' }
    friend: { $ref: '#/Pet' }
    tag: { $ref: "tags/tag.yaml#/$defs/a~1b%20c" }
`,
    'people/owner.json': '{"properties":{"pets":{"items":{"$ref":"../schemas/pet.yaml#/Pet"}}}}',
    'schemas/tags/tag.yaml': '$defs: { "a/b c": { type: string } }\n',
  });
  const spec = await loadSpec(`${folder}/api.yaml`);
  expect([...spec.sources.values()].map(({ file }) => file.slice(folder.length))).toEqual([
    '/api.yaml',
    '/schemas/pet.yaml',
    '/people/owner.json',
    '/schemas/tags/tag.yaml',
  ]);
  const value = { owner: { pets: [{ friend: { tag: 5 } }] } };
  expect(problemsOf(spec, value)).toEqual(['type at /owner/pets/0/friend/tag']);
});

test('reads files over HTTP and from the disk in one document', async () => {
  const { url } = await siteOf({
    'a/one.yaml': '$ref: ../b/two.json',
    'b/two.json': '{"type":"string"}',
  });
  const folder = await folderOf({
    'api.json': JSON.stringify(document({ $ref: `${url}/a/one.yaml` })),
  });
  expect(problemsOf(await loadSpec(`${folder}/api.json`), 5)).toEqual(['type at ']);
});

test('starts the references of an object from the working directory, or from where it is told', async () => {
  const folder = await folderOf({ 'parts/pet.yaml': 'type: string\n' });
  const object = document({ $ref: 'parts/pet.yaml' });
  for (const baseUrl of [`${folder}/`, `file://${folder}/x.yaml`, new URL(`file://${folder}/`)]) {
    expect(problemsOf(await loadSpec(object, { baseUrl }), 5)).toEqual(['type at ']);
  }
  expect((await failureOf(object)).message).toContain(
    `Failed to read "${process.cwd()}/parts/pet.yaml": there is no such file.`,
  );
});

test('takes documents that it is given, and reads no file for them', async () => {
  const object = document({ $ref: 'https://nowhere.example/pet.yaml#/Pet' });
  const documents = {
    'https://nowhere.example/pet.yaml': { Pet: { items: { $ref: 'tag.json' } } },
    'https://nowhere.example/tag.json': { type: 'string' },
    'no address': 5,
  };
  expect(problemsOf(await loadSpec(object, { documents }), [5])).toEqual(['type at /0']);
});

test.for<[title: string, schema: object]>([
  ['$ref', { $ref: 'missing.yaml' }],
  ['$ref with a fragment', { $ref: 'missing.yaml#/a' }],
  ['mapping', { discriminator: { propertyName: 'a', mapping: { b: 'missing.yaml' } } }],
  ['$dynamicRef', { $dynamicRef: 'missing.yaml#a' }],
])('names the place of a %s to a file that is not there', async ([, schema]) => {
  const folder = await folderOf({ 'a.json': JSON.stringify(document(schema), null, 1) });
  const failure = await failureOf(`${folder}/a.json`);
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toMatch(
    new RegExp(
      `^Failed to read "${folder}/missing.yaml": there is no such file\\. It is referred to at ${folder}/a.json:10:\\d+\\.$`,
    ),
  );
});

test('names the place in a file that is broken, not the place that refers to it', async () => {
  const folder = await folderOf({
    'a.json': JSON.stringify(document({ $ref: 'b.yaml' })),
    'b.yaml': 'type: string\n\ttitle: a\n',
  });
  const failure = await failureOf(`${folder}/a.json`);
  expect(failure.code).toBe('SPEC_MALFORMED');
  expect(failure.message).toContain(`Failed to read "${folder}/b.yaml", line 2, column 1: `);
});

test('refuses a reference that is no address', async () => {
  const failure = await failureOf(document({ $ref: 'http://[' }));
  expect(failure.code).toBe('SPEC_NOT_FOUND');
  expect(failure.message).toBe(
    '"http://[" is no address of a file. It is referred to at (inline):10:17.',
  );
});

test('leaves alone what an extension or an example refers to', async () => {
  const spec = await loadSpec({
    ...document({ type: 'string', examples: [{ $ref: 'missing.yaml' }] }),
    'x-code': { sample: { $ref: 'missing.yaml' } },
    'x-list': [{ $ref: 'http://[' }],
    components: {
      examples: { one: { value: { $ref: 'missing.yaml' } } },
      schemas: { one: { default: { $ref: 'missing.yaml' }, properties: { $ref: true } } },
    },
  });
  expect(spec.sources.size).toBe(1);
});

test.for<[reference: string, reason: string]>([
  ['#/nowhere', '"(inline)" has nothing at "/nowhere".'],
  ['#/paths/~1/get/responses/200/x', '"(inline)" has nothing at "/paths/~1/get/responses/200/x".'],
  ['#/%ZZ', '"(inline)" has nothing at "/%ZZ".'],
  ['#name', ' has no $anchor "name".'],
  ['other.json#/a/0', '"other.json" has nothing at "/a/0".'],
])('says where %s does not lead', async ([$ref, reason]) => {
  const documents = { [new URL('other.json', `file://${process.cwd()}/`).href]: { a: 'text' } };
  const spec = await loadSpec(document({ $ref }), { documents });
  const start = `Failed to resolve $ref "${$ref}" at (inline):10:17: `;
  const failure = expect.objectContaining({
    code: 'SPEC_REF_UNRESOLVED',
    message: expect.stringContaining(start),
  });
  expect(() => problemsOf(spec, 5)).toThrow(failure);
  expect(() => problemsOf(spec, 5)).toThrow(
    reason.replace('other.json', `file://${process.cwd()}/other.json`),
  );
});

test('follows $refs from one place of a document to the next, and ends a circle', async () => {
  const spec = await loadSpec({
    openapi: '3.1.0',
    paths: {
      '/a': { $ref: '#/components/pathItems/a' },
      '/b': {
        get: {
          responses: { 200: { $ref: '#/components/responses/a' } },
          parameters: [{ $ref: '#/components/parameters/a' }],
        },
      },
    },
    components: {
      pathItems: { a: { $ref: '#/components/pathItems/b' }, b: { get: { operationId: 'a' } } },
      responses: {
        a: { $ref: '#/components/responses/b' },
        b: { $ref: '#/components/responses/a' },
      },
      parameters: { a: { $ref: '#/components/parameters/a' } },
    },
  });
  expect(operationById(spec, 'a').path).toBe('/a');
  const operation = operationById(spec, 'GET /b');
  const circle = expect.objectContaining({
    code: 'SPEC_REF_UNRESOLVED',
    message: expect.stringMatching(
      /^Failed to resolve \$ref ".*" at \(inline\):\d+:\d+: it leads in a circle\.$/,
    ),
  });
  expect(() => responseFor(spec, operation, 200)).toThrow(circle);
  expect(() => parametersOf(spec, operation)).toThrow(circle);
});

test('passes over parameters that are none', async () => {
  const parameters = [
    null,
    5,
    {},
    { name: 'a' },
    { in: 'query' },
    { name: 'b', in: 'body' },
    { name: 'c', in: 'query' },
  ];
  const spec = await loadSpec({
    openapi: '3.1.0',
    paths: { '/': { parameters: {}, get: { parameters } } },
  });
  expect(parametersOf(spec, operationById(spec, 'GET /')).map(({ name }) => name)).toEqual(['c']);
});

test.for([
  [200, 'exact'],
  [201, 'range'],
  [404, 'lower range'],
  [500, 'default'],
] as const)('finds the response of %s by %s', async ([status, description]) => {
  const responses = {
    200: { description: 'exact' },
    '2XX': { description: 'range' },
    '4xx': { description: 'lower range' },
    default: { description: 'default' },
  };
  const spec = await loadSpec({ openapi: '3.1.0', paths: { '/': { get: { responses } } } });
  const found = responseFor(spec, operationById(spec, 'GET /'), status);
  expect(found?.value['description']).toBe(description);
});

test('names schemas by $id and $anchor, in OpenAPI 3.1', async () => {
  const schemas = {
    one: { $id: 'https://a.example/one', $defs: { in: { $anchor: 'here', type: 'string' } } },
    two: { $id: 'two.json', $ref: 'https://a.example/one#here' },
    three: { $anchor: 'three', type: 'integer' },
  };
  for (const [$ref, ok] of [
    ['https://a.example/one#here', 'a'],
    ['two.json', 'a'],
    ['#three', 5],
  ]) {
    const spec = await loadSpec({ ...document({ $ref }), components: { schemas } });
    expect(problemsOf(spec, ok)).toEqual([]);
    expect(problemsOf(spec, null)).toEqual(['type at ']);
  }
});

test('refuses to walk a document that is nested without end', async () => {
  const deep = `${'{"allOf":['.repeat(20_000)}{"$ref":"b.json"}${']}'.repeat(20_000)}`;
  const folder = await folderOf({
    'a.json': `{"openapi":"3.1.0","components":{"schemas":{"a":${deep}}}}`,
  });
  const failure = await failureOf(`${folder}/a.json`);
  expect(failure.code).toBe('SPEC_MALFORMED');
  expect(failure.message).toContain('it is nested too deeply to be walked');
});

test('follows no pointer that is none', async () => {
  const { root } = await loadSpec({ openapi: '3.1.0', paths: { '/': [1] } });
  for (const pointer of ['openapi', '/paths/~1/00', '/paths/~1/1', '/paths/~1/-', '/__proto__'])
    expect(follow(root, pointer), pointer).toBeUndefined();
  expect(follow(root, '/paths/~1/0')?.value).toBe(1);
  const spec = await loadSpec({ openapi: '3.1.0' });
  expect(resolve(spec, spec.root)).toBe(spec.root);
});
