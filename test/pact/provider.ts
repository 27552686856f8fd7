import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request, as a provider sees it. */
export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What it answers; a body that is no text is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A provider that is running. */
export interface Provider {
  readonly url: string;
  /** All that it was asked. */
  readonly asked: Asked[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts a provider on a free port; where it answers nothing, it hangs up. */
export async function startProvider(
  answer: (asked: Asked) => Answer | undefined | Promise<Answer>,
): Promise<Provider> {
  const asked: Asked[] = [];
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: await text(request) };
    asked.push(one);
    const given = await answer(one);
    if (!given) {
      request.socket.destroy();
      return;
    }
    const { status = 200, headers: sent = {}, body } = given;
    const json = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
    response.writeHead(status, { ...type, ...sent }).end(json);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An interaction of a pact; the given parts in place of the usual. */
export function interactionOf(given: {
  readonly description: string;
  readonly states?: readonly object[];
  readonly request?: object;
  readonly response?: object;
  readonly pending?: boolean;
}): object {
  const { description, states = [], request = {}, response = {}, pending = false } = given;
  return {
    type: 'Synchronous/HTTP',
    description,
    pending,
    providerStates: states,
    request: { method: 'GET', path: '/pets/1', ...request },
    response: { status: 200, ...response },
  };
}

/** A pact of version 4. */
export function pactWith(
  interactions: readonly object[],
  consumer = 'shop',
  provider = 'pets',
): { readonly consumer: { readonly name: string }; readonly provider: { readonly name: string } } {
  const pact = {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions,
    metadata: { pactSpecification: { version: '4.0' } },
  };
  return pact;
}

/** The body of V4. */
export function json(content: unknown): object {
  return { content, contentType: 'application/json', encoded: false };
}
