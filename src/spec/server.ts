import { isArray, isObject, type Json, type JsonObject, own, ownString } from '../json.ts';
import { children } from './node.ts';
import type { Node, Source } from './source.ts';

/** The path that a server puts before the paths of the document. */
export interface BasePath {
  /** Without a slash at its end, `''` for none; variables that may be anything stand in braces. */
  readonly path: string;
  /** Whether a variable is left in it. */
  readonly open: boolean;
}

/** So many addresses one server may stand for; further variables are left open. */
const LIMIT = 1024;
const AUTHORITY = /^(?:[^/?#]*:)?\/\/[^/?#]*/;
const VARIABLE = /(\{[^{}]+\})/;

/**
 * The base paths of a list of servers, without doubles; the one of the first server's defaults first.
 *
 * A variable with an `enum` has these values; one without has its default, and may be anything else.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#server-object
 */
export function basePathsOf(servers: Node): readonly BasePath[] {
  const found = new Map<string, BasePath>();
  for (const [, { value }] of children(servers)) {
    const url = isObject(value) ? ownString(value, 'url') : undefined;
    if (!isObject(value) || url === undefined) continue;
    // Nobody asks for the host: one stands for all.
    for (const expanded of expandServerUrl(url, own(value, 'variables'), 'one host')) {
      const path = pathOf(expanded, servers.source);
      found.set(path, { path, open: VARIABLE.test(path) });
    }
  }
  return [...found.values()];
}

/** The URLs that a server's URL stands for; variables that may be anything stand in braces. */
export function expandServerUrl(
  url: string,
  variables: Json | undefined,
  which: 'every host' | 'one host',
): readonly string[] {
  const authority = AUTHORITY.exec(url)?.[0].length ?? 0;
  let expanded: readonly string[] = [''];
  let offset = 0;
  for (const piece of url.split(VARIABLE)) {
    const values = VARIABLE.test(piece) ? valuesOf(piece, variables) : [piece];
    // Unless a value reaches into the path.
    const inHost = offset < authority && !values.some((value) => value.includes('/'));
    const used = inHost && which === 'one host' ? values.slice(0, 1) : values;
    const fitting = expanded.length * used.length <= LIMIT ? used : [piece];
    expanded = expanded.flatMap((start) => fitting.map((value) => start + value));
    offset += piece.length;
  }
  return expanded;
}

function valuesOf(piece: string, variables: Json | undefined): readonly string[] {
  const name = piece.slice(1, -1);
  const variable = isObject(variables) ? own(variables, name) : undefined;
  if (!isObject(variable)) return [piece];
  const initial = textsOf([own(variable, 'default') ?? null]);
  const listed = enumOf(variable);
  return listed.length > 0 ? [...new Set([...initial, ...listed])] : [...initial, piece];
}

function enumOf(variable: JsonObject): readonly string[] {
  const listed = own(variable, 'enum');
  return isArray(listed) ? textsOf(listed) : [];
}

/** YAML reads `2` and `8443` as numbers where the document means text. */
function textsOf(values: readonly Json[]): readonly string[] {
  return values
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value));
}

function pathOf(url: string, source: Source): string {
  const path = url.replace(/[?#].*$/s, '').replace(AUTHORITY, '');
  const isRelative = path !== '' && !path.startsWith('/') && !AUTHORITY.test(url);
  const segments: string[] = [];
  for (const segment of (isRelative ? folderOf(source) + path : path).split('/').slice(1)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  while (segments.at(-1) === '') segments.pop();
  return segments.map((segment) => `/${segment}`).join('');
}

/** A relative address starts from where the document is served; a file is not served anywhere. */
function folderOf(source: Source): string {
  const url = /^https?:/.test(source.uri) ? URL.parse(source.uri) : undefined;
  return url ? url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1) : '/';
}
