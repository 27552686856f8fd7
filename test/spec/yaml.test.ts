import { expect, test } from 'vitest';
import { readYaml, yamlLocator } from '../../src/spec/yaml.ts';

const MERGED = `short: &short
  maxLength: 3
  type: string
long: &long { minLength: 5, maxLength: 9 }
one:
  <<: *short
  maxLength: 4
two:
  <<: [*long, *short]
three:
  <<: { <<: *short, pattern: a }
'<<': 5
`;

test.for<[path: readonly string[], line: number, column: number]>([
  [['one', 'maxLength'], 7, 3],
  [['one', 'type'], 3, 3],
  [['two', 'maxLength'], 4, 29],
  [['two', 'type'], 3, 3],
  [['three', 'pattern'], 11, 21],
  [['three', 'maxLength'], 2, 3],
  [['three', 'nothing'], 10, 1],
  [['<<'], 12, 1],
])('finds what is merged where it is written: %j', ([path, line, column]) => {
  let value: unknown = readYaml(MERGED, 'a.yaml');
  for (const name of path) value = (value as Record<string, unknown>)[name];
  expect(value === undefined).toBe(path.includes('nothing'));
  expect(yamlLocator(MERGED)(path)).toEqual({ line, column });
});
