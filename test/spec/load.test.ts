import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { loadSpec, type Spec } from '../../src/index.ts';
import { operationById, operationsOf } from '../../src/spec/operation.ts';
import { failureOf } from './failure.ts';
import { folderOf, siteOf } from './files.ts';

const YAML = 'openapi: 3.1.0\npaths:\n  /pets:\n    get: { operationId: listPets }\n';
const JSON_TEXT = JSON.stringify({
  openapi: '3.0.4',
  paths: { '/pets': { get: { operationId: 'listPets' } } },
});

function idsOf(spec: Spec): readonly string[] {
  return operationsOf(spec).map(({ id }) => id);
}

test('loads a document by its path, from here or from the root', async () => {
  const path = `${await folderOf({ 'a.yaml': YAML })}/a.yaml`;
  for (const target of [path, relative('.', path), `./${relative('.', path)}`]) {
    const spec = await loadSpec(target);
    expect(spec.root.source).toMatchObject({ uri: pathToFileURL(path).href, file: path });
    expect(idsOf(spec)).toEqual(['listPets']);
  }
});

test('loads a document by a file: URL, as text or object', async () => {
  const url = pathToFileURL(`${await folderOf({ 'a b#c.yaml': YAML })}/a b#c.yaml`);
  for (const target of [url, url.href]) {
    const spec = await loadSpec(target);
    expect(spec.root.source.uri).toBe(url.href);
    expect(spec.root.source.file).toMatch(/\/a b#c\.yaml$/);
  }
});

test('loads a document over HTTP, as text or object', async () => {
  const { url } = await siteOf({ 'api.json': JSON_TEXT });
  for (const target of [`${url}/api.json`, new URL('/api.json', url)]) {
    const spec = await loadSpec(target);
    expect(spec).toMatchObject({ version: '3.0', root: { source: { file: `${url}/api.json` } } });
    expect(idsOf(spec)).toEqual(['listPets']);
  }
});

test('loads a document given as an object, and does not see what becomes of it', async () => {
  const document = JSON.parse(JSON_TEXT);
  const spec = await loadSpec(document);
  document.paths = {};
  expect(idsOf(spec)).toEqual(['listPets']);
  expect(spec.root.source).toMatchObject({ file: '(inline)', syntax: 'json' });
});

test.for<[name: string, text: string, syntax: string]>([
  ['a.yaml', YAML, 'yaml'],
  ['a.YML', YAML, 'yaml'],
  ['a.yaml', JSON_TEXT, 'yaml'],
  ['a.json', JSON_TEXT, 'json'],
  ['a', JSON_TEXT, 'json'],
  ['a.txt', `\n  ${JSON_TEXT}`, 'json'],
  ['a.txt', YAML, 'yaml'],
  ['a.yaml', `\uFEFF${YAML}`, 'yaml'],
  ['a.json', `\uFEFF${JSON_TEXT}`, 'json'],
  ['a.yaml', YAML.replaceAll('\n', '\r\n'), 'yaml'],
  ['a.yaml', JSON_TEXT.replaceAll(',', ',\n\t'), 'yaml'],
])('reads %s, %j, as %s', async ([name, text, syntax]) => {
  const spec = await loadSpec(`${await folderOf({ [name]: text })}/${name}`);
  expect(spec.root.source.syntax).toBe(syntax);
  expect(idsOf(spec)).toEqual(['listPets']);
});

test.for([
  ['3.0', '3.0'],
  ['3.0.4', '3.0'],
  ['3.1', '3.1'],
  ['3.1.1', '3.1'],
  ['3.1.0-rc1', '3.1'],
] as const)('takes OpenAPI %s for %s', async ([openapi, version]) => {
  expect(await loadSpec({ openapi })).toMatchObject({ version });
});

test.for<[document: object, code: string, reason: string]>([
  [{ openapi: '3.2.0' }, 'SPEC_UNSUPPORTED', 'it is OpenAPI 3.2.0. Convert it to OpenAPI 3.0 or'],
  [{ openapi: '3.10.0' }, 'SPEC_UNSUPPORTED', 'it is OpenAPI 3.10.0.'],
  [{ openapi: '4' }, 'SPEC_UNSUPPORTED', 'it is OpenAPI 4.'],
  [{ openapi: '' }, 'SPEC_UNSUPPORTED', 'it is OpenAPI .'],
  [{ swagger: '2.0' }, 'SPEC_UNSUPPORTED', 'it is OpenAPI 2.0. Convert it'],
  [{ swagger: 2 }, 'SPEC_UNSUPPORTED', 'it is OpenAPI 2.0. Convert it'],
  [{ openapi: 3.1 }, 'SPEC_MALFORMED', 'its "openapi" version 3.1 is a number, not text'],
  [{ openapi: null }, 'SPEC_MALFORMED', 'it has no "openapi" version'],
  [{ swagger: true }, 'SPEC_MALFORMED', 'it has no "openapi" version'],
  [{}, 'SPEC_MALFORMED', 'it has no "openapi" version. Give an OpenAPI 3.0 or 3.1 document'],
  [[], 'SPEC_MALFORMED', 'it is not an object'],
  [{ openapi: '3.1.0', paths: [] }, 'SPEC_MALFORMED', '"paths" is no object'],
  [{ openapi: '3.1.0', components: 'none' }, 'SPEC_MALFORMED', '"components" is no object'],
])('refuses %j: %s', async ([document, code, reason]) => {
  const failure = await failureOf(document);
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(`Failed to load "(inline)": ${reason}`);
});

test('takes a member that YAML leaves empty for one that is not there', async () => {
  const folder = await folderOf({ 'a.yaml': 'openapi: 3.1.0\npaths:\ncomponents:\n' });
  expect(idsOf(await loadSpec(`${folder}/a.yaml`))).toEqual([]);
});

test('refuses an object that JSON cannot say', async () => {
  const document: Record<string, unknown> = { openapi: '3.1.0' };
  document['self'] = document;
  const failure = await failureOf(document);
  expect(failure.code).toBe('SPEC_MALFORMED');
  expect(failure.message).toMatch(
    /^Failed to load the document given as an object: TypeError: Converting circular .*\. Give it with its \$refs, not dereferenced\.$/s,
  );
  expect((await failureOf(Object.assign(() => 0, {}))).message).toContain('it is not an object');
});

test('lists the operations in the order of the document, and finds each by its names', async () => {
  const spec = await loadSpec({
    openapi: '3.1.0',
    paths: {
      '/b': { post: {}, get: { operationId: 'listB' }, parameters: [], 'x-get': {} },
      '/a': { get: { operationId: 'listB' } },
      'x-c': { get: {} },
      'no-slash': { get: {} },
      '/d': null,
      '/e': { get: null },
    },
  });
  expect(idsOf(spec)).toEqual(['listB', 'POST /b', 'listB']);
  expect(operationById(spec, 'listB').path).toBe('/b');
  expect(operationById(spec, 'GET /a').path).toBe('/a');
  expect(() => operationById(spec, 'listC')).toThrow(
    'No operation is called "listC". The document has: listB, POST /b, listB.',
  );
});

test('names twenty operations of many', async () => {
  const paths = Object.fromEntries(
    Array.from({ length: 21 }, (_, index) => [`/${index}`, { get: { operationId: `o${index}` } }]),
  );
  const spec = await loadSpec({ openapi: '3.1.0', paths });
  expect(() => operationById(spec, '')).toThrow(/o0, o1, .*, o19, … \(21 in all\)\.$/);
  const none = await loadSpec({ openapi: '3.1.0' });
  expect(() => operationById(none, '')).toThrow('The document has: none.');
});
