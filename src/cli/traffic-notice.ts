import type { TrafficPact } from '../pact/traffic-file.ts';
import type { Io } from './io.ts';

/** Tells what became of the traffic that a pact was made of. */
export function tellPact({ path, interactions, left }: TrafficPact, { stderr }: Io): void {
  const written =
    interactions.length === 0
      ? `Nothing was written to ${path}: no exchange makes an interaction.`
      : `Wrote to ${path}: ${interactions.join(', ')}.`;
  const rest = left.map(({ reason, count }) => `Left out ${count}: ${reason}.`.replace('..', '.'));
  stderr(`${[written, ...rest].join('\n')}\n`);
}
