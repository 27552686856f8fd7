import type { Socket } from 'node:net';
import type { Engine, Told } from './engine.ts';
import { http } from './node-http.ts';
import type { Unreadable } from './pipeline.ts';
import { headersOf } from './reply.ts';

/** Answers what never became a request, on its bare connection, and closes that. */
export function refuseConnection(
  engine: Engine,
  failure: Unreadable,
  socket: Socket,
  told: Told,
): void {
  const reply = engine.refuse(failure, told);
  const { status, body } = reply;
  const lines = Object.entries({
    ...headersOf(reply),
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n');
  socket.end(`${head}\r\n\r\n${String(body)}`);
}
