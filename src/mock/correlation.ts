import { randomUUID } from 'node:crypto';
import type { Correlation, Reply } from './reply.ts';

/** What tells a request from all others. */
export function correlate(clientRequestId: string | undefined): Correlation {
  return { requestId: randomUUID(), clientRequestId, date: new Date() };
}

/** Every reply carries an id of its own and echoes the client's. */
export function correlated(reply: Reply, { requestId, clientRequestId }: Correlation): Reply {
  const headers: Record<string, string> = { ...reply.headers, 'request-id': requestId };
  if (clientRequestId !== undefined) headers['client-request-id'] = clientRequestId;
  else delete headers['client-request-id'];
  return { ...reply, headers };
}
