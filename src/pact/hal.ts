import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../json.ts';
import { networkReason } from '../network-error.ts';

/** What a broker wants to see. */
export interface Credentials {
  /** A bearer token. */
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Where a Pact Broker is, and what it wants to see. */
export interface BrokerOptions extends Credentials {
  /** Its address, with the path that it is below: `https://broker.example.com/pacts`. */
  readonly url: string | URL;
  /** Milliseconds after which an answer is given up. Default: 30000. */
  readonly timeout?: number | undefined;
}

/** Something that a broker answered. */
export interface Resource {
  readonly url: URL;
  readonly value: JsonObject;
  /** As it came. */
  readonly text: string;
}

/** Asks a broker. */
export interface Hal {
  readonly url: URL;
  /** @throws {ExactMatchError} `BROKER_UNAVAILABLE`. */
  readonly get: (url: URL) => Promise<Resource>;
  /** @throws {ExactMatchError} `BROKER_UNAVAILABLE`. */
  readonly post: (url: URL, body: JsonObject) => Promise<Resource>;
  /** Where a link leads to; `undefined` where the resource has no such link. */
  readonly link: (
    from: Resource,
    name: string,
    values?: Readonly<Record<string, string>>,
  ) => URL | undefined;
  /** Where all links of a name lead to. */
  readonly links: (from: Resource, name: string) => readonly URL[];
}

const ACCEPT = 'application/hal+json, application/json;q=0.9';

/**
 * Makes a client of a broker.
 *
 * A link is followed by its path alone, as Pact's own clients do: a broker behind a proxy may not know
 * its own address, and a token goes nowhere else.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when the address or the credentials cannot be used.
 * @see https://docs.pact.io/pact_broker/advanced_topics/api_docs
 */
export function createHal(options: BrokerOptions): Hal {
  const url = readBrokerUrl(options.url);
  const headers = authorizationOf(options);
  const timeout = options.timeout ?? 30_000;
  const ask = (target: URL, method: string, body?: JsonObject) =>
    askFor(target, {
      method,
      headers: {
        accept: ACCEPT,
        ...headers,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      signal: AbortSignal.timeout(timeout),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const locate = (href: string) => {
    const found = URL.parse(href, url.href);
    return found ? new URL(found.pathname + found.search, url) : undefined;
  };
  return {
    url,
    get: (target) => ask(target, 'GET'),
    post: (target, body) => ask(target, 'POST', body),
    link: (from, name, values = {}) => {
      const href = hrefsIn(from.value, name)[0];
      return href === undefined ? undefined : locate(fill(href, values));
    },
    links: (from, name) => hrefsIn(from.value, name).flatMap((href) => locate(href) ?? []),
  };
}

/**
 * Reads the address of a broker.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readBrokerUrl(given: string | URL): URL {
  const url = URL.parse(String(given));
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `The broker must be a URL such as https://broker.example.com, got "${hideLogin(String(given))}".`,
    );
  }
  if (url.username === '' && url.password === '') return url;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `The address of the broker must hold no name and password: give them apart. Got "${hideLogin(url.href)}".`,
  );
}

function hideLogin(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//[redacted]@');
}

/**
 * The header that a broker wants to see.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when both a token and a name are given.
 */
export function authorizationOf({
  token,
  username,
  password = '',
}: Credentials): Readonly<Record<string, string>> {
  if (token !== undefined && username !== undefined) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      'The broker is given both a token and a user name. Give one of them.',
    );
  }
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  const login = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: `Basic ${login}` };
}

/** The error for a broker that does not answer as one. */
export function brokerTrouble(reason: string, cause?: unknown): ExactMatchError {
  return new ExactMatchError('BROKER_UNAVAILABLE', reason, { cause });
}

async function askFor(url: URL, init: RequestInit): Promise<Resource> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (cause) {
    const reason = `Failed to reach the broker at ${url}: it ${networkReason(cause)}.`;
    throw brokerTrouble(`${reason} Is the address right, and is the broker running?`, cause);
  }
  const { status } = response;
  if (status === 401 || status === 403) {
    throw brokerTrouble(
      `The broker refused ${init.method} ${url} with ${status}. Give a token that may do this, or a name and a password.`,
    );
  }
  if (status === 404) {
    throw brokerTrouble(
      `The broker has nothing at ${url} (404). Is that a Pact Broker, and are the names right?`,
    );
  }
  if (!response.ok) {
    throw brokerTrouble(`The broker answered ${init.method} ${url} with ${status}: ${cut(text)}`);
  }
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!/\bjson\b/i.test(type)) {
    throw brokerTrouble(
      `The broker answered ${init.method} ${url} with ${type}, not JSON. Is that a Pact Broker, or a login page before it?`,
    );
  }
  return { url, value: parse(url, text), text };
}

function parse(url: URL, text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw brokerTrouble(`The broker answered ${url} with JSON that is broken: ${cut(text)}`, cause);
  }
  if (isObject(value)) return value;
  throw brokerTrouble(`The broker answered ${url} with no object: ${cut(text)}`);
}

/** Links have one form or a list of them; an item of a list may be a bare address. */
function hrefsIn(value: JsonObject, name: string): readonly string[] {
  const links = value['_links'];
  const found = isObject(links) ? (links[name] ?? []) : [];
  return (isArray(found) ? found : [found]).flatMap((link) => {
    const href = isObject(link) ? ownString(link, 'href') : link;
    return typeof href === 'string' ? [href] : [];
  });
}

function fill(href: string, values: Readonly<Record<string, string>>): string {
  return href.replaceAll(/\{(\w+)\}/g, (all, name: string) =>
    values[name] === undefined ? all : encodeURIComponent(values[name]),
  );
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line || '(nothing)';
}
