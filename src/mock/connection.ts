import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Engine, Told } from './engine.ts';
import type { Unreadable } from './pipeline.ts';

/** Answers what never became a request, on its bare connection, and closes that. */
export function refuseConnection(
  engine: Engine,
  failure: Unreadable,
  socket: Socket,
  told: Told,
): void {
  const { status, headers, body } = engine.refuse(failure, told);
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n');
  socket.end(`${head}\r\n\r\n${String(body)}`);
}
