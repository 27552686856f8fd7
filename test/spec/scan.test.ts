import { expect, test } from 'vitest';
import { mayReferOutside, scan } from '../../src/spec/scan.ts';
import type { Source } from '../../src/spec/source.ts';

const source = (root: object, syntax: Source['syntax'] = 'json'): Source => ({
  uri: 'file:///api.json',
  file: 'api.json',
  root: root as Source['root'],
  syntax,
  text: () => JSON.stringify(root, null, 2),
});

const cat = { $ref: '#/components/schemas/Cat' };
const discriminator = (mapping: object) => ({ discriminator: { propertyName: 'kind', mapping } });

test.for([
  ['a reference within the file', cat, []],
  ['a reference to another file', { $ref: 'cat.json#/Cat' }, ['file:///cat.json']],
  ['a dynamic reference to one', { $dynamicRef: 'cat.json#cat' }, ['file:///cat.json']],
  ['a mapping to names', discriminator({ a: 'Cat', b: '#/components/schemas/Dog' }), []],
  ['a mapping to a file', discriminator({ a: 'Cat', b: 'dog.json' }), ['file:///dog.json']],
  [
    'a mapping of text with quotes and braces',
    discriminator({ 'a"}': '#/"{', b: './c' }),
    ['file:///c'],
  ],
  ['a reference in an example', { example: { $ref: 'cat.json' } }, []],
  ['a property that is called mapping', { properties: { mapping: cat } }, []],
  [
    'a property that is called $ref',
    { properties: { $ref: { $ref: 'a.json' } } },
    ['file:///a.json'],
  ],
] as const)('lists the files of %s', ([, schema, files]) => {
  for (const syntax of ['json', 'yaml'] as const) {
    const document = source({ components: { schemas: { Pet: schema } } }, syntax);
    expect([...scan(document).references.keys()]).toEqual(files);
    if (files.length > 0) expect(mayReferOutside(document)).toBe(true);
  }
});

test('walks through no document that names nothing and refers to no file', () => {
  const plain = source({ openapi: '3.1.0', mapping: { kind: 'Cat' }, paths: { '/a': cat } });
  const watched = {
    ...plain,
    get root(): never {
      throw new Error('It was walked through');
    },
  };
  expect(scan(watched).references.size).toBe(0);
});

test('lists ids and anchors by their pointers', () => {
  const schemas = { Pet: { $id: 'pet', $defs: { 'a/b': { $anchor: 'name' } } } };
  const { ids, anchors } = scan(source({ components: { schemas } }));
  expect([...ids]).toEqual([['/components/schemas/Pet', 'file:///pet']]);
  expect([...anchors]).toEqual([['file:///pet#name', '/components/schemas/Pet/$defs/a~1b']]);
});
