import { isObject, type Json, type JsonObject, own, ownString } from '../json.ts';
import { children } from './node.ts';
import { operationsOf } from './operation.ts';
import { serversOf } from './route.ts';
import { basePathsOf, expandServerUrl } from './server.ts';
import type { Node, Source } from './source.ts';
import { remembered, type Spec } from './spec.ts';

/** A server of a document that has a host. */
export interface ServerUrl {
  /** As the document writes it, with its variables, without a slash at its end. */
  readonly url: string;
  /** Matches every absolute URL that begins with it. */
  readonly pattern: RegExp;
}

const ABSOLUTE = /^https?:\/\/[^/?#]+/i;
const VARIABLE = /\{[^{}]+\}/;
/** The scheme's own port, which `URL` leaves out. */
const OWN_PORT = /^(http:\/\/[^/]*):80(?=\/|$)|^(https:\/\/[^/]*):443(?=\/|$)/i;
/** What a regular expression gives a meaning. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/**
 * The servers of a document that have a host: its own, and those of its paths and operations. One whose
 * URL is relative has the host that the document was loaded from, and none where that is a file.
 *
 * A variable without an `enum` may be anything that holds no slash: requests tell which one it is, not
 * the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#server-object
 */
export const serverUrlsOf: (spec: Spec) => readonly ServerUrl[] = remembered((spec) => {
  const found = new Map<string, ServerUrl>();
  for (const { url, source, value } of serversIn(spec)) {
    const origin = /^https?:/.test(source.uri) ? (URL.parse(source.uri)?.origin ?? '') : '';
    const urls = isRelative(url)
      ? basesOf(source, value).map((path) => origin + path)
      : expandServerUrl(url, own(value, 'variables'), 'every host');
    const schemed = urls.flatMap((each) =>
      each.startsWith('//') ? [`https:${each}`, `http:${each}`] : each,
    );
    for (const server of schemed.map(toServerUrl)) if (server) found.set(server.url, server);
  }
  return [...found.values()];
});

/** A server of a document that may be on any host. */
export interface RelativeServer {
  /** Without a slash at its end, `''` for none; variables that may be anything stand in braces. */
  readonly path: string;
  /** Matches every path below it. */
  readonly pattern: RegExp;
}

/**
 * The servers of a document whose host nobody can tell: their URLs are relative, and it comes from a
 * file. Where no server is named, it is `/`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-object
 */
export const relativeServersOf: (spec: Spec) => readonly RelativeServer[] = remembered((spec) => {
  const found = new Map<string, RelativeServer>();
  for (const { url, source, value } of serversIn(spec)) {
    if (!isRelative(url) || /^https?:/.test(source.uri)) continue;
    for (const path of basesOf(source, value)) {
      found.set(path, { path, pattern: new RegExp(`^${sourceOf(path)}(?=/|$)`) });
    }
  }
  return [...found.values()];
});

interface Server {
  readonly url: string;
  readonly value: JsonObject;
  readonly source: Source;
}

/** The servers that operations have, each once. */
function* serversIn(spec: Spec): Iterable<Server> {
  const lists = new Map<Json | undefined, Node | undefined>();
  for (const operation of operationsOf(spec)) {
    const servers = serversOf(spec, operation);
    lists.set(servers?.value, servers);
  }
  for (const servers of lists.values()) {
    if (!servers) yield { url: '/', value: { url: '/' }, source: spec.root.source };
    for (const [, { value, source }] of servers ? children(servers) : []) {
      const url = isObject(value) ? ownString(value, 'url') : undefined;
      if (isObject(value) && url !== undefined) yield { url, value, source };
    }
  }
}

/** Tells a URL without a host; a variable at its start may hold one. */
function isRelative(url: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|\/\/|\{)/i.test(url);
}

function basesOf(source: Source, server: JsonObject): readonly string[] {
  return basePathsOf({ source, pointer: '', value: [server] }).map(({ path }) => path);
}

/** A server by its URL, which may have variables; `undefined` when it has no host. */
export function toServerUrl(given: string): ServerUrl | undefined {
  if (!ABSOLUTE.test(given)) return undefined;
  const url = given
    .replace(/[?#].*$/s, '')
    .replace(OWN_PORT, '$1$2')
    .replace(/\/+$/, '');
  return { url, pattern: new RegExp(`^${sourceOf(url)}(?=[/?#]|$)`, 'i') };
}

/** A regular expression for a text in which variables in braces may be anything but a slash. */
function sourceOf(text: string): string {
  return text
    .split(/(\{[^{}]+\})/)
    .map((part) => (VARIABLE.test(part) ? '[^/?#]*' : part.replaceAll(SYNTAX, '\\$&')))
    .join('');
}
