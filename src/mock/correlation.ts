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
  // An example of the document has no place here. To delete what is not there costs all the same.
  else if (headers['client-request-id'] !== undefined) delete headers['client-request-id'];
  const { status, body, operation, findings, fault } = reply;
  return { status, headers, body, operation, findings, fault };
}
