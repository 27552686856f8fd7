import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Json, JsonObject } from '../../json.ts';
import { type Forwarded, forward, HEADER_LIMIT, type Target } from './forward.ts';
import type { FilteredRequest } from './options.ts';

/** A state that is to be set or taken back, as Pact's Verifier asks for it. */
export interface StateChange {
  readonly action: 'setup' | 'teardown';
  /** `''` for an interaction without states. */
  readonly state: string;
  readonly params: JsonObject;
}

/** What became of a request of the Verifier. */
export interface Passed {
  readonly method: string;
  /** Without the base path of the provider. */
  readonly path: string;
  readonly query: string;
  /** As the consumer sends them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `undefined` where the provider gave no answer. */
  readonly answer: Forwarded | undefined;
  /** Why not, as a clause. */
  readonly trouble: string | undefined;
}

/** How a gate works. */
export interface GateOptions {
  readonly provider: URL;
  readonly timeout: number;
  /** What is sent in place of, and besides, the consumer's headers. */
  readonly headersFor: (request: FilteredRequest) => Readonly<Record<string, string>>;
  readonly onRequest: (passed: Passed) => void;
  /** Gives values for `fromProviderState`; what it throws fails the interaction. */
  readonly onState: (change: StateChange) => Promise<JsonObject>;
}

/** Stands between Pact's Verifier and the provider. */
export interface Gate {
  /** The provider, to the Verifier. */
  readonly providerUrl: string;
  /** Takes the states. */
  readonly statesUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts a gate: all that the Verifier sends passes through it, byte for byte.
 *
 * Pact-js has such a proxy too, which is not used: it sends forms as JSON, rounds long numbers, refuses
 * bodies above 100 kB, and passes interactions whose state could not be set. Here the Verifier never
 * sees a token. The paths are secret, so that no other program on the machine can borrow them.
 */
export async function startGate(options: GateOptions): Promise<Gate> {
  const [provider, states] = [`/${randomUUID()}`, `/${randomUUID()}`];
  const server = createServer({ maxHeaderSize: HEADER_LIMIT }, async (request, response) => {
    const { url = '' } = request;
    if (url === states) await answerState(request, response, options);
    else if (url.startsWith(provider)) {
      await pass(request, response, { ...options, rest: url.slice(provider.length) });
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    providerUrl: origin + provider,
    statesUrl: origin + states,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The status that the Verifier takes for a failure at once; 5xx it would try again for two minutes. */
const FAILED = 422;

async function answerState(
  request: IncomingMessage,
  response: ServerResponse,
  { onState }: GateOptions,
): Promise<void> {
  const end = (status: number, value: Json) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  try {
    const { action, state, params } = JSON.parse((await buffer(request)).toString()) as StateChange;
    end(200, await onState({ action, state, params: params ?? {} }));
  } catch (cause) {
    end(FAILED, { error: cause instanceof Error ? cause.message : String(cause) });
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { rest, provider, timeout, headersFor, onRequest }: GateOptions & { readonly rest: string },
): Promise<void> {
  const { method = 'GET' } = request;
  const [path = '', query] = splitQuery(rest);
  const headers = withoutHost(request);
  const asked = { method, path, query: query ?? '', headers, body: await buffer(request) };
  try {
    const set = headersFor({ method, path: rest, headers });
    const target: Target = { url: locate(provider, rest), timeout };
    const answer = await forward(target, { ...asked, headers: replace(request, set) });
    onRequest({ ...asked, answer, trouble: undefined });
    response.writeHead(answer.status, answer.message, [...answer.rawHeaders]).end(answer.body);
  } catch (cause) {
    const trouble = cause instanceof Error ? cause.message : String(cause);
    onRequest({ ...asked, answer: undefined, trouble });
    response.writeHead(502, { 'content-type': 'text/plain' }).end(trouble);
  }
}

function splitQuery(target: string): readonly [string, string | undefined] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)];
}

/** Paths are joined as they stand: resolved as references, `//x` would be a host. */
function locate(provider: URL, rest: string): string {
  return provider.origin + provider.pathname.replace(/\/$/, '') + rest;
}

function withoutHost({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'host' && name !== 'connection');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** The fields as they came, in their order, with others in place of some. */
function replace(
  { rawHeaders }: IncomingMessage,
  set: Readonly<Record<string, string>>,
): readonly string[] {
  const gone = new Set([
    'host',
    'connection',
    ...Object.keys(set).map((name) => name.toLowerCase()),
  ]);
  const kept = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !gone.has(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ''] : [],
  );
  return [...kept, ...Object.entries(set).flat()];
}
