import { isObject, ownString } from '../json.ts';
import { child, children } from './node.ts';
import { operationsOf } from './operation.ts';
import type { Node } from './source.ts';
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
 * URL is relative is none: it is where the document is served, and that nobody can tell from a file.
 *
 * A variable may be anything that holds no slash: requests tell which one it is, not the document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#server-object
 */
export const serverUrlsOf: (spec: Spec) => readonly ServerUrl[] = remembered((spec) => {
  const found = new Map<string, ServerUrl>();
  const owners: Node[] = [spec.root];
  for (const { pathItem, entry, node } of operationsOf(spec)) owners.push(pathItem, entry, node);
  for (const owner of new Set(owners)) {
    const servers = child(owner, 'servers');
    for (const [, { value }] of servers ? children(servers) : []) {
      const given = isObject(value) ? ownString(value, 'url') : undefined;
      const server = given === undefined ? undefined : toServerUrl(given);
      if (server) found.set(server.url, server);
    }
  }
  return [...found.values()];
});

/** A server by its URL, which may have variables; `undefined` when it has no host. */
export function toServerUrl(given: string): ServerUrl | undefined {
  if (!ABSOLUTE.test(given)) return undefined;
  const url = given
    .replace(/[?#].*$/s, '')
    .replace(OWN_PORT, '$1$2')
    .replace(/\/+$/, '');
  const parts = url.split(/(\{[^{}]+\})/);
  const source = parts
    .map((part) => (VARIABLE.test(part) ? '[^/?#]*' : part.replaceAll(SYNTAX, '\\$&')))
    .join('');
  return { url, pattern: new RegExp(`^${source}(?=[/?#]|$)`, 'i') };
}

/** Tells whether an absolute URL is under a server; a port that is the scheme's own is none. */
export function isUnder({ pattern }: ServerUrl, url: string): boolean {
  return pattern.test(URL.parse(url)?.href ?? url);
}
