import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '../../../src/json.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type Answer, routes } from './routes.ts';

/** How a broker is started. */
export interface BrokerOptions {
  /** What stands before all paths: `/broker`. */
  readonly prefix?: string;
  readonly token?: string;
  readonly login?: { readonly username: string; readonly password: string };
  /** Answers instead of the broker where it returns something. */
  readonly trouble?: (method: string, path: string) => Trouble | undefined;
}

/** An answer that a broker does not give on a good day. */
export interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A broker that is running. */
export interface Broker extends Ledger {
  readonly url: string;
  /** What was asked: `GET /pacticipants/web`. */
  readonly requests: string[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a double of the Pact Broker: it speaks as much of its HAL as Pact's CLI and Verifier need, and
 * keeps what it is told in memory. The Broker itself is a Ruby program that npm does not have.
 *
 * @see https://docs.pact.io/pact_broker/advanced_topics/api_docs
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const { prefix = '', trouble } = options;
  const ledger = createLedger();
  const requests: string[] = [];
  let url = '';
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: target = '/' } = request;
    const sent = await text(request);
    const end = ({ status, headers = {}, body = '' }: Trouble) =>
      response.writeHead(status, headers).end(body);
    const [path = '', query = ''] = target.split('?', 2);
    if (!path.startsWith(prefix)) return end({ status: 404 });
    const rest = path.slice(prefix.length) || '/';
    requests.push(`${method} ${rest}`);
    if (!isKnown(request.headers.authorization, options)) return end(UNKNOWN);
    const amiss = trouble?.(method, rest);
    if (amiss) return end(amiss);
    const body = sent === '' ? {} : (JSON.parse(sent) as JsonObject);
    return end(toTrouble(answer(ledger, { url, method, path: rest, query, body })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  return {
    ...ledger,
    url,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const UNKNOWN: Trouble = { status: 401, headers: { 'www-authenticate': 'Basic realm="broker"' } };

function isKnown(given: string | undefined, { token, login }: BrokerOptions): boolean {
  if (token !== undefined) return given === `Bearer ${token}`;
  if (!login) return true;
  return given === `Basic ${btoa(`${login.username}:${login.password}`)}`;
}

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: JsonObject;
}

function answer(ledger: Ledger, { url, method, path, query, body }: Asked): Answer {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (!match) continue;
    const names = Object.entries(match.groups ?? {});
    const part = Object.fromEntries(
      names.map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
    );
    return route.answer({ ledger, url, query, body, part });
  }
  return { status: 404, value: { error: 'The requested document was not found on this server.' } };
}

function toTrouble({ status, value }: Answer): Trouble {
  const headers = { 'content-type': 'application/hal+json;charset=utf-8' };
  return value === undefined ? { status } : { status, headers, body: JSON.stringify(value) };
}
