import { readPact } from '../../src/pact/file.ts';
import type { Interaction, Pact } from '../../src/pact/interaction.ts';

/** A pact of those interactions, as a file of that version of the specification. */
export function pactOf(interactions: readonly object[], version = '4.0'): Pact {
  const pact = {
    consumer: { name: 'shop' },
    provider: { name: 'pets' },
    interactions,
    metadata: { pactSpecification: { version } },
  };
  return readPact(JSON.stringify(pact, null, 2), 'shop-pets.json');
}

/** The only interaction of a pact. */
export function onlyOf({ interactions: [only] }: Pact): Interaction {
  if (!only) throw new Error('The pact has no interaction.');
  return only;
}
