import type { ExchangeInput } from '../check/judge-exchange.ts';
import type { Exchange } from './journal.ts';

/** The exchanges of a journal as they are judged. */
export function toTraffic(journal: readonly Exchange[]): readonly ExchangeInput[] {
  return journal.map(({ request: { path, ...request }, response }) => ({
    request: { ...request, url: path },
    response,
  }));
}
