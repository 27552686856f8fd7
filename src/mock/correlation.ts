import { randomUUID } from 'node:crypto';
import type { Correlation } from './reply.ts';

/** What tells a request, that carries an id of its client or none, from all others. */
export function correlate(clientRequestId: string | undefined): Correlation {
  return { requestId: randomUUID(), clientRequestId, time: Date.now() };
}
