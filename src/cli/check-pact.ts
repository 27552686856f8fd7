import { text } from 'node:stream/consumers';
import { judgePact } from '../pact/check.ts';
import { readPact } from '../pact/file.ts';
import type { CheckTarget } from './check.ts';

/** Judges each interaction of a pact file, or of a pact from standard input, without a provider. */
export const checkPactTarget: CheckTarget = async (target, context) => {
  const { spec, io, isStrict, collector } = context;
  const file = target === '-' ? 'standard input' : target;
  const pact = readPact(await text(io.stream(target)), file);
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
};
