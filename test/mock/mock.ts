import { once } from 'node:events';
import { connect } from 'node:net';
import { loadSpec, type Spec } from '../../src/index.ts';
import { type MockOptions, type MockServer, startMock } from '../../src/mock.ts';

/** The session collection of a data store, below any base path. */
export const sessions = '/dataClassification/exactMatchDataStores/patients/sessions';
/** What a well-behaved client sends. */
export const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };

/** Creates a session at a mock, with whatever differs from a good request. */
export function create(mock: MockServer, init: RequestInit = {}, query = ''): Promise<Response> {
  return fetch(mock.baseUrl + sessions + query, { method: 'POST', headers, body: '{}', ...init });
}

/** Writes bytes to a mock as no client library would, and reads all that comes back. */
export async function raw(mock: MockServer, bytes: string): Promise<string> {
  const socket = connect(mock.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

/** A mock of a document of one operation, `GET /thing`, whose response 200 has that schema. */
export async function mockOf(
  schema: unknown,
  rest: Readonly<Record<string, unknown>> = {},
  options: MockOptions = {},
): Promise<{ readonly mock: MockServer; readonly spec: Spec }> {
  const spec = await loadSpec({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/thing': {
        get: {
          operationId: 'getThing',
          responses: {
            200: { description: 'A thing', content: { 'application/json': { schema } } },
          },
        },
      },
    },
    ...rest,
  });
  return { spec, mock: await startMock({ ...options, spec }) };
}
