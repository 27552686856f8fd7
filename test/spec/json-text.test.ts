import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isArray, isObject, type Json } from '../../src/json.ts';
import { jsonLocator } from '../../src/spec/json-text.ts';

const indents = fc.constantFrom('', ' ', '\t', '\n', '\r\n ');

test('finds every value of a JSON text at its line and column', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), indents, (value, indent) => {
      const text = written(value as Json, indent);
      const lines = text.split('\n');
      const locate = jsonLocator(text);
      for (const { path, at } of places(value as Json, [])) {
        const { line, column } = locate(path);
        const rest = [lines[line - 1]?.slice(column - 1), ...lines.slice(line)].join('\n');
        expect(rest.startsWith(at)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test.for([
  ['{"a": 1, "a": {"b": 2}}', ['a', 'b'], [1, 16]],
  ['{"a\\u0062": 1}', ['ab'], [1, 2]],
  ['{"a": "\\\\", "b": "\\"}{"}', ['b'], [1, 13]],
  ['{"a": [1, [], {}, -2.5e3]\n}', ['a', '3'], [1, 19]],
  ['[[1, 2],\n [3, 4]]', ['1', '1'], [2, 6]],
  ['{"a": {"b": 1}}', ['a', 'c', 'd'], [1, 2]],
  ['{"a": 1}', ['a', 'b'], [1, 2]],
  ['{"a": 1}', ['b'], [1, 1]],
  [' true', ['a'], [1, 2]],
] as const)('finds in %s the place of %j at %j', ([text, path, [line, column]]) => {
  expect(jsonLocator(text)(path)).toEqual({ line, column });
});

/** JSON with a text of spaces wherever there may be some. */
function written(value: Json, space: string): string {
  if (isArray(value)) {
    const items = value.map((item) => space + written(item, space) + space);
    return `[${items.join(',')}${items.length === 0 ? space : ''}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${space}${JSON.stringify(name)}${space}:${space}${written(member, space)}`,
  );
  return `{${members.join(',')}${space}}`;
}

interface Place {
  readonly path: readonly string[];
  /** What the text goes on with there: the key of a member, the start of an item. */
  readonly at: string;
}

function* places(value: Json, path: readonly string[]): Iterable<Place> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, name];
    const start = typeof inner === 'object' && inner !== null ? '' : JSON.stringify(inner);
    yield { path: here, at: isArray(value) ? start : JSON.stringify(name) };
    yield* places(inner, here);
  }
}
