import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { locate } from '../../src/spec/locate.ts';
import { rootOf } from '../../src/spec/source.ts';
import { folderOf } from './files.ts';

const YAML = `# A comment first
openapi: 3.1.0
info:
  title: "Quoted: yes"
  description: |
    title: not here
  'x/a~b': 1
  "x-\\u0061": 2
x-list:
  - one
  -   two: 2
      three: 3
  - - nested
  -
    deep: { flow: [10, { end: 11 }] }
x-numbers: { 200: ok, 1.5: half, true: yes }
x-anchor: &anchor
  inside: 1
x-alias: *anchor
x-merged:
  <<: *anchor
  own: 2
x-aliases: [*anchor]
x-empty:
x-😀: { é: 1 }
? x-explicit
: { value: 1 }
`;

test.for<[pointer: string, line: number, column: number]>([
  ['', 2, 1],
  ['/openapi', 2, 1],
  ['/info', 3, 1],
  ['/info/title', 4, 3],
  ['/info/description', 5, 3],
  ['/info/x~1a~0b', 7, 3],
  ['/info/x-a', 8, 3],
  ['/x-list/0', 10, 5],
  ['/x-list/1', 11, 7],
  ['/x-list/1/two', 11, 7],
  ['/x-list/1/three', 12, 7],
  ['/x-list/2/0', 13, 7],
  ['/x-list/3/deep', 15, 5],
  ['/x-list/3/deep/flow', 15, 13],
  ['/x-list/3/deep/flow/0', 15, 20],
  ['/x-list/3/deep/flow/1/end', 15, 26],
  ['/x-numbers/200', 16, 14],
  ['/x-numbers/1.5', 16, 23],
  ['/x-numbers/true', 16, 34],
  ['/x-alias/inside', 18, 3],
  ['/x-merged/own', 22, 3],
  // What comes from a merge is where it is written.
  ['/x-merged/inside', 18, 3],
  ['/x-aliases/0', 23, 13],
  ['/x-aliases/0/inside', 18, 3],
  ['/x-empty', 24, 1],
  ['/x-😀/é', 25, 9],
  ['/x-explicit/value', 27, 5],
  // What is not there is at the last that is.
  ['/info/nothing/below', 3, 1],
  ['/x-list/9', 9, 1],
  ['/openapi/0', 2, 1],
])('finds %s in YAML', async ([pointer, line, column]) => {
  const path = `${await folderOf({ 'a.yaml': YAML })}/a.yaml`;
  const { root } = await loadSpec(path);
  expect(locate({ ...root, pointer })).toEqual({ file: path, line, column, pointer });
});

const JSON_TEXT = `
{ "openapi": "3.1.0",
  "info" : {
    "title": "a \\"quoted\\" {[,:]}",
    "x/a~b": 1, "x-\\u0061": -1.5e+2
  },
  "x-list": [ 1, "two", [ true, { "deep": null } ], {}, [], {"a": [{}]}
  , 7],
  "twice": { "a": 1 }, "twice": { "b": 2 },
  "": { "": 5 },
  "x-😀": { "é": 1 },\t"tab": 1 }
`;

test.for<[pointer: string, line: number, column: number]>([
  ['', 2, 1],
  ['/openapi', 2, 3],
  ['/info', 3, 3],
  ['/info/title', 4, 5],
  ['/info/x~1a~0b', 5, 5],
  ['/info/x-a', 5, 17],
  ['/x-list', 7, 3],
  ['/x-list/0', 7, 15],
  ['/x-list/1', 7, 18],
  ['/x-list/2/1/deep', 7, 35],
  ['/x-list/3', 7, 53],
  ['/x-list/5/a/0', 7, 68],
  ['/x-list/6', 8, 5],
  // Of two members of one name the last one counts.
  ['/twice', 9, 24],
  ['/twice/b', 9, 35],
  ['/', 10, 3],
  ['//', 10, 9],
  ['/x-😀/é', 11, 13],
  ['/tab', 11, 23],
  ['/twice/a', 9, 24],
  ['/x-list/7', 7, 3],
  ['/x-list/two', 7, 3],
  ['/openapi/0', 2, 3],
  ['/nothing', 2, 1],
])('finds %s in JSON', async ([pointer, line, column]) => {
  const path = `${await folderOf({ 'a.json': JSON_TEXT })}/a.json`;
  const { root } = await loadSpec(path);
  expect(locate({ ...root, pointer })).toEqual({ file: path, line, column, pointer });
});

test('finds a place in a document given as an object in its indented JSON', async () => {
  const { root } = await loadSpec({ openapi: '3.1.0', info: { title: 'a' } });
  expect(locate({ ...root, pointer: '/info/title' })).toMatchObject({
    ...{ file: '(inline)', line: 4, column: 5 },
  });
});

test('finds a place in what is empty, broken off, or no pointer', () => {
  const places = ['', '{', '{"a"', '[1', '{"a":{"b":[1,'].map((text) => {
    const source = { uri: 'x:y', file: 'y', root: null, syntax: 'json', text: () => text } as const;
    return ['/a/b', '/1', 'a'].map((pointer) => locate({ ...rootOf(source), pointer }));
  });
  for (const { line, column } of places.flat()) expect([line, column > 0]).toEqual([1, true]);
  const empty = { uri: 'x:y', file: 'y', root: null, syntax: 'yaml', text: () => '' } as const;
  expect(locate({ ...rootOf(empty), pointer: '/a' })).toMatchObject({ line: 1, column: 1 });
});
