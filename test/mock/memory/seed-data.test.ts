import { expect, test } from 'vitest';
import { startMock } from '../../../src/mock.ts';
import { sessions } from '../mock.ts';

const at = JSON.stringify(sessions);

test.for([
  ['[]', 1, 1, 'it must be an object: paths of collections'],
  ['{\n  "/nowhere": []\n}', 2, 3, 'no collection of the document has this path'],
  [`{\n  ${at}: {}\n}`, 2, 3, 'it must be a list of items'],
  [`{\n  ${at}: [\n    {"id": "a"},\n    7\n  ]\n}`, 4, 5, 'it must be an object'],
  [
    `{\n  ${at}: [\n    {\n      "id": "a",\n      "rowsPerBlock": "many"\n    }\n  ]\n}`,
    5,
    7,
    '/rowsPerBlock must be a whole number',
  ],
  [`{\n  ${at}: [\n    {"id": "a"},\n    {"id": "a"}\n  ]\n}`, 4, 5, 'the key "a" is there twice'],
] as const)('names file and line of %j', async ([text, line, column, reason]) => {
  const seedData = JSON.parse(text);
  const seedSource = { file: 'seed.json', text };
  const starting = startMock({ listen: false, seedData, seedSource });
  await expect(starting).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await expect(starting).rejects.toThrow(`"seed.json", line ${line}, column ${column}`);
  await expect(starting).rejects.toThrow(reason);
});

test('names the place in what was given in process', async () => {
  const seedData = { [sessions]: [{ id: 'a' }, { id: 'b', rowsPerBlock: 'many' }] };
  await expect(startMock({ listen: false, seedData })).rejects.toThrow(
    `The state is wrong at ${sessions} [1]: /rowsPerBlock must be a whole number`,
  );
});
