import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkDrifts } from './check-drift.ts';
import { diffDrifts } from './diff-drift.ts';
import { DRIFTS } from './drifts.ts';
import { verifyDrifts } from './verify-drift.ts';

/** What the documentation says: the names of the drifts, and a mark for each column. */
async function readTable(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const text = await readFile(new URL('../../docs/drift.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...body] = rows;
  return new Map(
    body.map(([name = '', ...cells]) => [
      name,
      Object.fromEntries(cells.map((cell, index) => [head[index + 1]?.replaceAll('`', ''), cell])),
    ]),
  );
}

const table = await readTable();
const mark = (isNoticed: boolean) => (isNoticed ? 'yes' : '–');

test('the table has the twenty drifts', () => {
  expect([...table.keys()]).toEqual(DRIFTS.map(({ name }) => name));
  expect(table.size).toBe(20);
});

test.for([
  ['check', checkDrifts],
  ['verify', verifyDrifts],
] as const)('%s notices what the table says', async ([command, findDrifts]) => {
  const [none, ...found] = await findDrifts([undefined, ...DRIFTS]);
  expect(none).toEqual([]);
  const noticed = DRIFTS.map(({ name }, index) => [name, mark((found[index] ?? []).length > 0)]);
  expect(noticed).toEqual([...table].map(([name, cells]) => [name, cells[command]]));
});

test('diff notices what the table says', async () => {
  const [none, ...cells] = await diffDrifts([undefined, ...DRIFTS]);
  expect(none).toBe('–');
  expect(DRIFTS.map(({ name }, index) => [name, cells[index]])).toEqual(
    [...table].map(([name, row]) => [name, row['diff --pacts']]),
  );
});
