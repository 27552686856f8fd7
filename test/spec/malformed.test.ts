import { expect, test } from 'vitest';
import { loadSpec } from '../../src/index.ts';
import { failureOf } from './failure.ts';
import { folderOf } from './files.ts';

async function textIn(name: string, text: string) {
  return `${await folderOf({ [name]: text })}/${name}`;
}

test.for<[text: string, line: number, column: number, reason: string]>([
  ['a:\n\tb: 1\n', 2, 1, 'Tabs are not allowed as indentation'],
  ['a: 1\nb: 2\na: 3\n', 3, 1, 'Map keys must be unique'],
  ['a: b: c\n', 1, 4, 'Nested mappings are not allowed in compact mappings'],
  ['a: "b\n', 2, 1, 'Missing closing "quote'],
  ['a: [1, 2\n', 2, 1, 'Flow sequence in block collection must be sufficiently indented and end'],
  ['a: 1\n---\nb: 2\n', 2, 1, 'Source contains multiple documents'],
  ['a: *b\n', 1, 4, 'the alias *b is of an anchor that does not exist'],
  ['a: *b\nb: &b 1\n', 1, 4, 'the alias *b is of an anchor that does not exist'],
  ['a: &b\n  c:\n    - *b\n', 3, 7, 'the alias *b is of an anchor that holds itself'],
  ['a:\n  <<: 5\n', 2, 3, 'what "<<" merges must be a map, or a list of maps'],
  ['a:\n  <<: [{ b: 1 }, 5]\n', 2, 3, 'what "<<" merges must be a map, or a list of maps'],
  ['a: &a 5\nb:\n  <<: *a\n', 3, 3, 'what "<<" merges must be a map, or a list of maps'],
  ['a:\n  <<: *b\n', 2, 7, 'the alias *b is of an anchor that does not exist'],
])('refuses the YAML %j', async ([text, line, column, reason]) => {
  const path = await textIn('a.yaml', text);
  const failure = await failureOf(path);
  expect(failure.code).toBe('SPEC_MALFORMED');
  const start = `Failed to read "${path}", line ${line}, column ${column}: ${reason}`;
  expect(failure.message).toContain(start);
  expect(failure.message).not.toContain('parseAllDocuments');
});

test.for<[text: string, line: number, column: number, reason: string]>([
  ['{"a": 1,}', 1, 9, 'Expected double-quoted property name'],
  ['{\n  "a": nul\n}', 2, 8, 'Unexpected token'],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "Expected ',' or '}' after property value"],
  ['{"a": [1 2]}', 1, 10, "Expected ',' or ']' after array element"],
  ['[1, 2', 1, 6, "Expected ',' or ']' after array element"],
  ['{"a": "b\nc"}', 1, 7, 'Bad control character in string literal'],
  ['{"a": 1}}', 1, 9, 'Unexpected non-whitespace character after JSON'],
  ['{"a"; 1}', 1, 5, "Expected ':' after property name"],
  ['{"a": 01}', 1, 8, 'Unexpected number'],
  ['{a: 1}', 1, 2, "Expected property name or '}'"],
  ['{"a": "\\x"}', 1, 7, 'Bad escaped character'],
  ['{"a": 1]', 1, 8, "Expected ',' or '}' after property value"],
  ["{'a': 1}", 1, 2, "Expected property name or '}'"],
  ['', 1, 1, 'Unexpected end of JSON input'],
  ['{"a": ', 1, 7, 'Unexpected end of JSON input'],
])('refuses the JSON %j', async ([text, line, column, reason]) => {
  const path = await textIn('a.json', text);
  const failure = await failureOf(path);
  expect(failure.code).toBe('SPEC_MALFORMED');
  const start = `Failed to read "${path}", line ${line}, column ${column}: ${reason}`;
  expect(failure.message).toContain(start);
  expect(failure.message).not.toMatch(/position \d|is not valid JSON/);
});

test('refuses a document of nothing', async () => {
  for (const text of ['', '# nothing\n', '~', 'text', '- 1\n']) {
    const failure = await failureOf(await textIn('a.yaml', text));
    expect(failure.code).toBe('SPEC_MALFORMED');
    expect(failure.message).toContain('it is not an object');
  }
});

test.for<[yaml: string, json: unknown]>([
  ['&a { b: 1 }', { b: 1 }],
  ['[&a { b: 1 }, *a, *a]', [{ b: 1 }, { b: 1 }, { b: 1 }]],
  ['[&a { b: 1 }, { <<: *a, c: 2 }]', [{ b: 1 }, { b: 1, c: 2 }]],
  ['[&a { b: 1 }, { b: 2, <<: *a }]', [{ b: 1 }, { b: 2 }]],
  ['[&a { b: 1 }, { <<: [*a, { b: 2, c: 3 }] }]', [{ b: 1 }, { b: 1, c: 3 }]],
  [
    '{ list: &l [{ b: 1 }, { c: 2 }], it: { <<: *l } }',
    { list: [{ b: 1 }, { c: 2 }], it: { b: 1, c: 2 } },
  ],
  ['{ "<<": 5 }', { '<<': 5 }],
  ['{ 200: a, true: b, 1.5: c }', { 200: 'a', true: 'b', 1.5: 'c' }],
  [
    '[2024-05-01, yes, no, on, 0o17, 0x1F, 1_000, ~]',
    ['2024-05-01', 'yes', 'no', 'on', 15, 31, '1_000', null],
  ],
  [
    '[!!timestamp 2024-05-01, !!binary aGk=, !!set { a }, !own text]',
    ['2024-05-01', 'aGk=', { a: null }, 'text'],
  ],
  ['{ __proto__: { a: 1 }, constructor: 2 }', JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
])('reads the YAML %s', async ([yaml, json]) => {
  for (const directive of ['', '%YAML 1.1\n---\n']) {
    const path = await textIn('a.yaml', `${directive}openapi: 3.1.0\nx-value: ${yaml}\n`);
    expect((await loadSpec(path)).root.value['x-value']).toEqual(json);
  }
});
