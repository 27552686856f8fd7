import { ExactMatchError } from '../errors.ts';
import { findRoute } from '../spec/route.ts';
import { relativeServersOf, serverUrlsOf } from '../spec/server-url.ts';
import type { Spec } from '../spec/spec.ts';

/** Whether an exchange is one of a document. */
export type Belonging =
  /** `path` is the one to judge it by. */
  | { readonly kind: 'inside'; readonly path: string }
  /** `reason` is the rest of what is counted: where it went. */
  | { readonly kind: 'outside'; readonly reason: string };

/** Tells which exchanges are of a document. */
export interface Scope {
  /** Asked in the order in which they were captured; the method is in capitals. */
  readonly find: (url: URL, method: string) => Belonging;
  /** Whether the document has an operation of that method on that path. */
  readonly isDeclared: (method: string, path: string) => boolean;
  /** Where the document is served, as people read it. */
  readonly servers: readonly string[];
}

/**
 * Makes what tells by its URL whether an exchange is of a document: those below one of the servers
 * given, else below one of the document's own.
 *
 * A server without a host is that of any host that has answered an operation. An address of this
 * machine stands for any server where its path and method are those of an operation.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when a server is no http(s) URL.
 */
export function createScope(spec: Spec, given: readonly string[] = []): Scope {
  if (given.length > 0) return givenScope(spec, given.map(readServer));
  const servers = serverUrlsOf(spec);
  const bases = relativeServersOf(spec);
  /** Hosts that were asked for an operation, by a document that names none. */
  const known = new Set<string>();
  return {
    servers: [...servers.map(({ url }) => url), ...bases.map(({ path }) => path || '/')],
    isDeclared: (method, path) => findRoute(spec, method, path).kind === 'found',
    find: (url, method) => {
      const { pathname: path, origin } = url;
      const inside = { kind: 'inside', path } as const;
      if (servers.some((server) => namesOf(url).some((href) => server.pattern.test(href))))
        return inside;
      const below = bases.filter(({ pattern }) => pattern.test(path));
      if (isLoopback(url) || below.length > 0) {
        if (isRouted(spec, method, path)) {
          known.add(origin);
          return inside;
        }
        if (known.has(origin) && below.some((base) => base.path !== '')) return inside;
      }
      const isNear = servers.some((server) => server.url.startsWith(`${origin}/`));
      return { kind: 'outside', reason: isNear ? placeOf(url) : origin };
    },
  };
}

function isRouted(spec: Spec, method: string, path: string): boolean {
  const { kind } = findRoute(spec, method, path);
  return kind === 'found' || (kind === 'method' && method !== 'OPTIONS');
}

function givenScope(spec: Spec, servers: readonly URL[]): Scope {
  return {
    servers: servers.map(({ href }) => href),
    isDeclared: (method, path) => findRoute(spec, method, path).kind === 'found',
    find: (url, method) => {
      const { pathname: path, origin } = url;
      const server = servers.find((candidate) => isBelow(url, candidate));
      if (!server)
        return {
          kind: 'outside',
          reason: servers.some((one) => one.origin === origin) ? placeOf(url) : origin,
        };
      const rest = path.slice(baseOf(server).length);
      // The address may have a prefix that the document does not know.
      const isKnown = rest === '' || isRouted(spec, method, path) || !isRouted(spec, method, rest);
      return { kind: 'inside', path: isKnown ? path : rest };
    },
  };
}

function isBelow({ origin, pathname }: URL, server: URL): boolean {
  const base = baseOf(server);
  return (
    origin === server.origin &&
    pathname.startsWith(base) &&
    (pathname.length === base.length || pathname[base.length] === '/')
  );
}

function baseOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}

function readServer(text: string): URL {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `A server must be an absolute http(s) URL, got "${text}". Give one such as https://api.example.com/v1.`,
  );
}

/** The names that an address has: those of this machine are one. */
function namesOf({ href, host, hostname, protocol }: URL): readonly string[] {
  if (!LOOPBACK.includes(hostname)) return [href];
  const port = host.slice(hostname.length);
  const rest = href.slice(`${protocol}//${host}`.length);
  return LOOPBACK.map((name) => `${protocol}//${name}${port}${rest}`);
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'];

/** The host and the first part of the path, where the host is one of the document's. */
function placeOf({ origin, pathname }: URL): string {
  const [, first = ''] = pathname.split('/');
  return `${origin}/${first}`;
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}
