import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadSpec } from '../../src/index.ts';
import type { ProxiedExchange } from '../../src/proxy/exchange.ts';
import { type ProxyOptions, startProxy } from '../../src/proxy/proxy.ts';

export const headers = { authorization: 'Bearer s3cret', 'content-type': 'application/json' };

/** A proxy in front of an upstream, and what it told. */
export async function serve(upstream: string, options: Partial<ProxyOptions> = {}) {
  const exchanges: ProxiedExchange[] = [];
  const skipped: string[] = [];
  const proxy = await startProxy({
    spec: await loadSpec(),
    ...{ upstream, port: 0, host: '127.0.0.1', isStrict: false, isEnforcing: false },
    ...{ bodyLimit: 100_000, timeout: 5_000 },
    onExchange: (exchange) => exchanges.push(exchange),
    onSkip: (reason) => skipped.push(reason),
    onFailure: (cause) => {
      throw cause;
    },
    ...options,
  });
  return { ...proxy, exchanges, skipped, [Symbol.asyncDispose]: proxy.close };
}

/** A server of a test's own. */
export async function upstream(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

/** What was found in an exchange. */
export const codesOf = ({ verdict }: ProxiedExchange) =>
  [...verdict.requestFindings, ...verdict.responseFindings].map(({ code }) => code);
