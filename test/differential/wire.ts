import { Agent, request } from 'node:http';
import type { Sent } from './exchange.ts';

/** What came back: a status, or nothing. */
export type Answer = number | 'closed' | 'silence';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends a request as it is written, and waits for the status of its answer. */
export function send(port: number, sent: Sent, patience = 20_000): Promise<Answer> {
  const { method, url, headers, body = '' } = sent;
  return new Promise((resolve) => {
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request({
      ...{ agent, host: '127.0.0.1', port, method, path: url },
      headers: { ...headers, ...length },
    });
    outgoing.setTimeout(patience, () => {
      resolve('silence');
      outgoing.destroy();
    });
    outgoing.on('error', () => resolve('closed'));
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.end(body);
  });
}
