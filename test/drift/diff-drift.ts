import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { diffSpecs, impactOf } from '../../src/diff.ts';
import { loadSpec } from '../../src/index.ts';
import { DOCUMENT } from './check-drift.ts';
import type { Drift } from './drifts.ts';
import pact from './fixtures/shop-pets.json' with { type: 'json' };

/** Lists the worst that the documents of drifts do, as the table has it; `undefined` stands for none. */
export async function diffDrifts(
  drifts: readonly (Drift | undefined)[],
): Promise<readonly string[]> {
  const old = await loadSpec(DOCUMENT);
  const text = await readFile(DOCUMENT, 'utf8');
  const cells: string[] = [];
  for (const drift of drifts) {
    const document = parse(text);
    drift?.document?.(document);
    const found = await diffSpecs(old, await loadSpec(document));
    const { differences } = await impactOf(found, [pact]);
    const unsafe = differences.filter((difference) => difference.class !== 'safe');
    const [worst] = unsafe;
    const isUsed = unsafe.some(({ impact }) => impact.length > 0);
    cells.push(worst ? `${worst.class}, ${isUsed ? 'used' : 'unused'}` : '–');
  }
  return cells;
}
