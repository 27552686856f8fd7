import { expect, test } from 'vitest';
import { diffSpecs } from '../../src/diff.ts';
import { loadSpec } from '../../src/index.ts';
import { PAIRS, REWRITES } from './pairs.ts';
import { compareRows } from './row.ts';
import { access, bodies } from './rows/bodies.ts';
import { headers, parameters } from './rows/headers.ts';
import { objects } from './rows/objects.ts';
import { operations, security } from './rows/operations.ts';
import { discriminators, unions } from './rows/unions.ts';

/** All rows go into one document: the comparison takes its time to start. */
const ROWS = [
  ...PAIRS,
  ...REWRITES,
  ...headers,
  ...parameters,
  ...bodies,
  ...access,
  ...objects,
  ...unions,
  ...discriminators,
  ...security,
  ...operations,
];

test.for(['3.0', '3.1'] as const)(
  'classes each change by what it does, in OpenAPI %s',
  async (version) => {
    const outcomes = await compareRows(ROWS, version);
    const found = ROWS.map((row, index) => [row.name, outcomes[index]?.class]);
    expect(found).toEqual(ROWS.map((row) => [row.name, row.class]));
  },
);

test.for(['3.0', '3.1'] as const)(
  'sees no difference in what means the same, in OpenAPI %s',
  async (version) => {
    const outcomes = await compareRows(REWRITES, version);
    const effects = outcomes.flatMap(({ differences }, index) =>
      differences
        .filter(({ effect }) => effect !== 'none')
        .map(({ message }) => [REWRITES[index]?.name, message]),
    );
    expect(effects).toEqual([]);
  },
);

test('sees no difference between OpenAPI 3.0 and 3.1, as far as they say the same', async () => {
  const documentOf = (openapi: string, price: object) =>
    loadSpec({
      openapi,
      info: { title: 'Prices', version: '1' },
      paths: {
        '/price': {
          put: {
            operationId: 'put',
            requestBody: { content: { 'application/json': { schema: price } } },
            responses: {
              200: { description: '', content: { 'application/json': { schema: price } } },
            },
          },
        },
      },
    });
  const [old, next] = await Promise.all([
    documentOf('3.0.3', { type: 'number', nullable: true, minimum: 0, exclusiveMinimum: true }),
    documentOf('3.1.0', { type: ['number', 'null'], exclusiveMinimum: 0 }),
  ]);
  expect(await diffSpecs(old, next)).toEqual([]);
});

test('compares documents that lack what they must have', async () => {
  const [old, next] = await Promise.all(
    ['string', 'integer'].map((type) =>
      loadSpec({
        openapi: '3.1.0',
        paths: { '/a': { get: { responses: { 200: { headers: { X: { schema: { type } } } } } } } },
      }),
    ),
  );
  if (!old || !next) throw new Error('both documents load');
  expect((await diffSpecs(old, next)).map(({ message }) => message)).toEqual([
    'The header `X` is integer now, and was string.',
  ]);
});
