import { fileURLToPath } from 'node:url';
import { loadSpec } from '../../src/index.ts';
import { probe } from '../../src/live.ts';
import { startProvider } from '../pact/provider.ts';
import type { Drift } from './drifts.ts';
import { createPets } from './pets.ts';

/** The document of the provider. */
export const DOCUMENT: string = fileURLToPath(new URL('./fixtures/openapi.yaml', import.meta.url));

/** Lists what a probe finds, by the drift of the provider; `undefined` stands for none. */
export async function checkDrifts(
  drifts: readonly (Drift | undefined)[],
): Promise<readonly (readonly string[])[]> {
  const spec = await loadSpec(DOCUMENT);
  const found: (readonly string[])[] = [];
  for (const drift of drifts) {
    const pets = createPets();
    pets.add({ id: 1, name: 'Rex', tag: 'dog' });
    pets.add({ id: 2, name: 'Tom', tag: 'cat' });
    await using provider = await startProvider((asked) =>
      drift ? drift.provider(asked, pets.answer) : pets.answer(asked),
    );
    const { findings } = await probe(spec, {
      baseUrl: provider.url,
      pathParameters: { petId: '1' },
      allowWrites: true,
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    found.push(errors.map(({ code, message }) => `${code}: ${message}`));
  }
  return found;
}
