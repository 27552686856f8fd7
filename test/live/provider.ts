import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { MockServer } from '../../src/mock.ts';

/** A request on its way to a provider. */
export interface Asked {
  readonly method: string;
  /** The path with the base path, without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a provider answers. */
export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How it ends, if not as it should: never, at once without an answer, or in the middle of its body. */
  readonly end?: 'never' | 'closed' | 'broken';
}

/** Answers in place of a provider; it may ask the provider, once or several times. */
export type Alter = (asked: Asked, ask: (asked: Asked) => Promise<Given>) => Promise<Given>;

/** A provider that runs. */
export interface Provider {
  readonly url: string;
  /** All that it was asked, in order. */
  readonly asked: readonly Asked[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Puts something that breaks answers in front of a mock. */
export async function startInFrontOf(mock: MockServer, alter: Alter): Promise<Provider> {
  const seen: Asked[] = [];
  const server = createServer((request, response) => {
    answer(mock, alter, seen, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  mock: MockServer,
  alter: Alter,
  seen: Asked[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const body = await text(request);
  const headers = request.headers as Record<string, string>;
  const asked = { method: request.method ?? '', path, query, headers, body };
  seen.push(asked);
  const given = await alter(asked, (each) => ask(mock, each));
  if (given.end === 'never') return;
  if (given.end === 'closed') {
    response.destroy();
    return;
  }
  // What the mock announced may be another body.
  const { 'content-length': announced, ...rest } = given.headers;
  const length = given.end === 'broken' || given.status === 204 ? announced : undefined;
  response.writeHead(
    given.status,
    length === undefined ? rest : { ...rest, 'content-length': length },
  );
  if (given.end !== 'broken') {
    response.end(given.body);
    return;
  }
  response.write(given.body.slice(0, given.body.length / 2), () => response.destroy());
}

async function ask(mock: MockServer, asked: Asked): Promise<Given> {
  const { method, path, query, headers, body } = asked;
  const answered = await mock.fetch(query === '' ? path : `${path}?${query}`, {
    method,
    headers,
    ...(body === '' ? {} : { body }),
  });
  // Whoever stands in front is where clients are.
  const here = (text: string) => text.replaceAll(mock.url, `http://${headers['host']}`);
  return {
    status: answered.status,
    headers: Object.fromEntries([...answered.headers].map(([name, value]) => [name, here(value)])),
    body: here(await answered.text()),
  };
}
