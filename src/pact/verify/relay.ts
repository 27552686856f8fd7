import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isObject, type Json, type JsonObject, ownString } from '../../json.ts';
import { type Forwarded, forward } from './forward.ts';

/** A pact that the broker gave to the Verifier. */
export interface ServedPact {
  /** Its address at the broker. */
  readonly url: string;
  readonly text: string;
  readonly value: JsonObject;
  /** What became of its results, when the Verifier published them. */
  publication: Publication | undefined;
}

/** What a broker said to results. */
export interface Publication {
  readonly status: number;
  /** What it said, where it did not take them. */
  readonly said: string | undefined;
}

/** Stands between Pact's Verifier and a broker. */
export interface Relay {
  /** The broker, to the Verifier. */
  readonly url: string;
  readonly pacts: readonly ServedPact[];
  /** What the broker refused besides results: its index, pacts, branches, tags. */
  readonly refusals: readonly string[];
  readonly close: () => Promise<void>;
}

/** How a relay reaches the broker. */
export interface RelayOptions {
  readonly broker: URL;
  /** What the Verifier has to show. */
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly onPact: (pact: ServedPact) => void;
}

/**
 * Starts a relay to a broker.
 *
 * The Verifier says nowhere but in its log that results could not be published, and goes on as if they
 * were. The relay sees what the broker answers, and keeps the broker's token to itself.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const pacts: ServedPact[] = [];
  const refusals: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${options.token}`) response.writeHead(401).end();
    else await relay(request, response, { ...options, pacts, refusals });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${options.broker.pathname.replace(/\/$/, '')}`,
    pacts,
    refusals,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Records extends RelayOptions {
  readonly pacts: ServedPact[];
  readonly refusals: string[];
}

async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  records: Records,
): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = request;
  const body = await buffer(request);
  const type = headers['content-type'];
  const sent = {
    accept: 'application/hal+json, application/json',
    'user-agent': headers['user-agent'] ?? 'pact_verifier',
    ...(type === undefined ? {} : { 'content-type': type, 'content-length': String(body.length) }),
    ...records.headers,
  };
  const url = records.broker.origin + path;
  try {
    const answer = await forward(
      { url, timeout: records.timeout },
      { method, headers: Object.entries(sent).flat(), body },
    );
    record(records, { method, path, url }, answer);
    response.writeHead(answer.status, answer.message, [...answer.rawHeaders]).end(answer.body);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const trouble = {
      status: 502,
      message: '',
      rawHeaders: [],
      headers: {},
      body: Buffer.from(said),
    };
    record(records, { method, path, url }, trouble);
    response.writeHead(502).end(said);
  }
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly url: string;
}

function record(records: Records, { method, path, url }: Asked, answer: Forwarded): void {
  const { status } = answer;
  const text = answer.body.toString();
  const said = obstacleIn(answer);
  const pact = records.pacts.find(({ value }) => publicationPath(value) === path);
  if (method === 'POST' && pact) pact.publication = { status, said };
  else if (said !== undefined)
    records.refusals.push(`${method} ${url} with ${status} ${said}`.trim());
  else if (method === 'GET') serve(records, url, text);
}

/**
 * What a broker said instead of doing what it was asked; `undefined` when it did. A page, in place of
 * JSON, comes from something that stands before it and wants to know who is there.
 */
function obstacleIn({ status, headers, body }: Forwarded): string | undefined {
  if (status < 200 || status > 299) {
    return body.toString().replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  }
  const type = headers['content-type'] ?? 'nothing';
  return status === 204 || /\bjson\b/i.test(type) ? undefined : `and ${type}, not JSON`;
}

function serve(records: Records, url: string, text: string): void {
  const value = readObject(text);
  if (!value || !('interactions' in value || 'messages' in value)) return;
  const pact = { url, text, value, publication: undefined };
  records.pacts.push(pact);
  records.onPact(pact);
}

/** The path that the results of a pact are posted to; `undefined` where the broker takes none. */
export function publicationPath(pact: JsonObject): string | undefined {
  const links = pact['_links'];
  const link = isObject(links) ? links['pb:publish-verification-results'] : undefined;
  const href = isObject(link) ? ownString(link, 'href') : undefined;
  return href === undefined ? undefined : URL.parse(href, 'http://broker.invalid')?.pathname;
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
