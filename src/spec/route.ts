import type { Json } from '../json.ts';
import { isArray } from '../json.ts';
import { child } from './node.ts';
import { type Operation, operationsOf } from './operation.ts';
import { descend, insert, type PathSegments, type PathTree, pathTree } from './path-tree.ts';
import { basePathsOf } from './server.ts';
import type { Node } from './source.ts';
import { remembered, type Spec } from './spec.ts';
import { parseTemplate, type TemplateSegment } from './template.ts';

/** The operation that a request means. */
export interface Route {
  readonly operation: Operation;
  /** The text of each path parameter as it travelled, still percent-encoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What a method and a path mean to a document. */
export type RouteResult =
  | ({ readonly kind: 'found' } & Route)
  /** The path is known, the method is not. */
  | {
      readonly kind: 'method';
      /** The template of the most concrete path that matches. */
      readonly path: string;
      /** The methods of every path that matches. */
      readonly allowed: readonly string[];
    }
  | { readonly kind: 'unmatched' }
  /** The path cannot be decoded; `reason` is a sentence. */
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * Finds the operation that a method (in capitals) and a path (as it travelled, no query) mean.
 *
 * A path may carry a base path of its servers, which is tried first, or none. In each segment text
 * goes before parameters; a path that lacks the method gives way to a less concrete one that has
 * it. A slash too many or too few at the end is forgiven where no path is written so.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#paths-object
 */
export function findRoute(spec: Spec, method: string, path: string): RouteResult {
  if (!path.startsWith('/')) return UNMATCHED;
  const raw = path.slice(1).split('/');
  const segments = { raw, text: raw };
  if (path.includes('%')) {
    const decoded = decodeSegments(raw);
    if (typeof decoded === 'string') return { kind: 'malformed', reason: decoded };
    segments.text = decoded;
  }
  const index = routeIndexOf(spec);
  return search(index, method, segments) ?? search(index, method, forgiven(segments)) ?? UNMATCHED;
}

const UNMATCHED: RouteResult = { kind: 'unmatched' };

function decodeSegments(raw: readonly string[]): string[] | string {
  const decoded: string[] = [];
  for (const segment of raw) {
    try {
      decoded.push(decodeURIComponent(segment));
    } catch {
      const broken = /%(?![\da-f]{2}).{0,2}/is.exec(segment)?.[0];
      return broken === undefined
        ? `"${cut(segment)}" in the path is not percent-encoded UTF-8.`
        : `"${broken}" in the path is no percent-encoding.`;
    }
  }
  return decoded;
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The same path with a slash at its end, or without the one that it has. */
function forgiven({ raw, text }: PathSegments): PathSegments {
  if (raw.at(-1) !== '') return { raw: [...raw, ''], text: [...text, ''] };
  // Of two slashes at the end the first makes an empty segment, which means something else.
  if (raw.at(-2) === '') return { raw, text };
  return { raw: raw.slice(0, -1), text: text.slice(0, -1) };
}

function search(index: RouteIndex, method: string, path: PathSegments): RouteResult | undefined {
  const values: string[] = [];
  let others: Entry[] | undefined;
  let found: Entry | undefined;
  for (const { depth, groups } of startsOf(index, path)) {
    const isFound = descend(index.routes, path, depth, values, ({ items }, at) => {
      if (at !== path.raw.length) return false;
      for (const entry of items) {
        if (groups !== undefined && !groups.has(entry.group)) continue;
        if (entry.operation.method === method) {
          found = entry;
          return true;
        }
        others ??= [];
        others.push(entry);
      }
      return false;
    });
    if (isFound && found) return toRoute(found, values);
  }
  if (!others) return undefined;
  const [nearest] = others;
  if (!nearest) return undefined;
  const allowed = [...new Set(others.map(({ operation }) => operation.method))];
  return { kind: 'method', path: nearest.operation.path, allowed };
}

function toRoute({ operation, names }: Entry, values: readonly string[]): RouteResult {
  const pathParameters = new PathParameters();
  for (let index = 0; index < names.length; index += 1) {
    pathParameters[names[index] as string] = values[index] as string;
  }
  return { kind: 'found', operation, pathParameters };
}

/** A record without inherited names, made faster than by `Object.create(null)`. */
class PathParameters {
  [name: string]: string;
}
Object.setPrototypeOf(PathParameters.prototype, null);
Reflect.deleteProperty(PathParameters.prototype, 'constructor');

interface RouteIndex {
  readonly routes: PathTree<Entry>;
  readonly bases: PathTree<Base>;
}

interface Entry {
  readonly operation: Operation;
  readonly names: readonly string[];
  readonly group: Group;
}

/** The operations that share a list of servers; known by the list itself. */
type Group = Json | undefined;

/** A base path and the groups that it leads to. */
interface Base {
  readonly open: boolean;
  readonly groups: Set<Group>;
}

/** A way into the tree of routes: how many segments are base path, and whose. */
interface Start {
  readonly depth: number;
  readonly groups: ReadonlySet<Group> | undefined;
}

const WITHOUT_BASE: Start = { depth: 0, groups: undefined };
const ONLY_WITHOUT: readonly Start[] = [WITHOUT_BASE];

/** Longest base path first, then none, then the ones in which a variable may be anything. */
function startsOf({ bases }: RouteIndex, path: PathSegments): readonly Start[] {
  let starts: Start[] | undefined;
  let open: Start[] | undefined;
  descend(bases, path, 0, [], ({ items }, depth) => {
    for (const base of items) {
      const start = { depth, groups: base.groups };
      if (base.open) open = [...(open ?? []), start];
      else starts = [...(starts ?? []), start];
    }
    return false;
  });
  if (!starts && !open) return ONLY_WITHOUT;
  return [...(starts ?? []).sort(longestFirst), WITHOUT_BASE, ...(open ?? []).sort(longestFirst)];
}

function longestFirst(one: Start, other: Start): number {
  return other.depth - one.depth;
}

const routeIndexOf = remembered((spec): RouteIndex => {
  const index: RouteIndex = { routes: pathTree(), bases: pathTree() };
  const groups = new Set<Group>();
  const bases = new Map<string, Base>();
  let template: readonly TemplateSegment[] = [];
  let names: readonly string[] = [];
  let parsed: string | undefined;
  for (const operation of operationsOf(spec)) {
    const servers = serversOf(spec, operation);
    const group = servers?.value;
    if (!groups.has(group)) {
      groups.add(group);
      addBases(index.bases, bases, servers);
    }
    if (operation.path !== parsed) {
      parsed = operation.path;
      template = parseTemplate(parsed);
      names = template.flatMap((segment) => segment.names);
    }
    insert(index.routes, template, { operation, names, group });
  }
  return index;
});

function addBases(tree: PathTree<Base>, known: Map<string, Base>, servers: Node | undefined): void {
  for (const { path, open } of servers ? basePathsOf(servers) : ROOT) {
    let base = known.get(path);
    if (!base) {
      base = { open, groups: new Set() };
      known.set(path, base);
      insert(tree, path === '' ? [] : parseTemplate(path), base);
    }
    base.groups.add(servers?.value);
  }
}

const ROOT = [{ path: '', open: false }];

/** The servers of the operation, else of its path item, else of the document. */
export function serversOf(spec: Spec, { node, pathItem, entry }: Operation): Node | undefined {
  for (const owner of [node, entry, pathItem, spec.root]) {
    const servers = owner.value['servers'];
    if (isArray(servers) && servers.length > 0) return child(owner, 'servers');
  }
  return undefined;
}
