import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPacts } from '../../src/pact.ts';
import { startProvider } from '../pact/provider.ts';
import type { Drift } from './drifts.ts';
import pact from './fixtures/shop-pets.json' with { type: 'json' };
import { createPets } from './pets.ts';

/** The state that makes the provider drift. */
const DRIFTS_BY = 'the provider drifts';

/**
 * Lists the interactions that fail, by the drift of the provider; `undefined` stands for none.
 *
 * The Verifier runs once: each interaction is there once for each drift, which a state sets.
 */
export async function verifyDrifts(
  drifts: readonly (Drift | undefined)[],
): Promise<readonly (readonly string[])[]> {
  const pets = createPets();
  let drift: Drift | undefined;
  await using provider = await startProvider((asked) =>
    drift ? drift.provider(asked, pets.answer) : pets.answer(asked),
  );
  await using folder = await mkdtempDisposable(join(tmpdir(), 'drift-'));
  const file = join(folder.path, 'pact.json');
  const interactions = drifts.flatMap((_, index) =>
    pact.interactions.map(({ key, ...interaction }) => ({
      ...interaction,
      providerStates: [{ name: DRIFTS_BY, params: { index } }, ...interaction.providerStates],
    })),
  );
  await writeFile(file, JSON.stringify({ ...pact, interactions }));
  const { results } = await verifyPacts({
    provider: provider.url,
    pacts: [file],
    states: {
      [DRIFTS_BY]: ({ index }) => {
        drift = drifts[Number(index)];
        pets.clear();
      },
      'there are no pets': () => {},
      'there are a dog and a cat': () => {
        pets.add({ id: 1, name: 'Rex', tag: 'dog' });
        pets.add({ id: 2, name: 'Tom', tag: 'cat' });
      },
    },
  });
  const size = pact.interactions.length;
  return drifts.map((_, index) =>
    results
      .slice(index * size, (index + 1) * size)
      .filter(({ findings }) => findings.length > 0)
      .map(({ subject }) => /^shop: ([^,]*)/.exec(subject)?.[1] ?? subject),
  );
}
