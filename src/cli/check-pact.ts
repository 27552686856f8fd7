import { text } from 'node:stream/consumers';
import { judgePact } from '../pact/check.ts';
import { readPact } from '../pact/file.ts';
import type { Pact } from '../pact/interaction.ts';
import type { CheckContext, CheckTarget } from './check.ts';

/** Judges each interaction of a pact file, or of a pact from standard input, without a provider. */
export const checkPactTarget: CheckTarget = async (target, context) => {
  const file = target === '-' ? 'standard input' : target;
  addPact(readPact(await text(context.io.stream(target)), file), context);
};

/** Judges each interaction of the pacts that a broker has. */
export async function checkBrokerPacts(context: CheckContext): Promise<void> {
  const { readPactSources } = await import('./pact-sources.ts');
  const pacts = await readPactSources([], context.args, context.io);
  for (const pact of pacts) addPact(pact, context);
}

function addPact(pact: Pact, { spec, isStrict, collector }: CheckContext): void {
  const { file } = pact;
  for (const { interaction, exchange, findings } of judgePact(spec, pact, { strict: isStrict })) {
    const { operation, request } = exchange;
    const { status } = interaction.response;
    collector.add({
      subject: `${operation?.id ?? `${request.method} ${request.path}`} ${status}`,
      operation: operation?.id,
      origin: `${pact.consumer}, "${interaction.description}"`,
      place: { file, ...pact.positionOf(interaction.pointer) },
      findings,
      exchange,
    });
  }
  const { length } = pact.messages;
  if (length > 0) collector.skip(`messages of ${pact.consumer}: no document has them`, length);
}
