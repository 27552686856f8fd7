/** The set of the names of all scopes. */
export const SCOPES = 'exactmatch:scopes';

/** What is kept of a scope, each in a key of its own. */
export type Kind =
  /** A hash: the last version given, and whether the scope is prepared. */
  | 'meta'
  /** A sorted set: the paths of the collections that have items, all of score 0. */
  | 'collections'
  /** A hash for each collection, its path behind the kind: the items by key. */
  | 'items'
  | 'counters'
  | 'windows'
  | 'notes'
  | 'journal';

/**
 * The key of a thing of a scope. What braces enclose is the hash tag of Redis Cluster, so that all
 * keys of a scope lie on one node.
 */
export function keyOf(scope: string, kind: Kind): string {
  return `exactmatch:{${tagOf(scope)}}:${kind}`;
}

/** The key of the items of a collection. */
export function itemsKey(scope: string, collection: string): string {
  return `${itemsPrefix(scope)}${encodeName(collection)}`;
}

/** What the keys of the items of all collections of a scope begin with. */
export function itemsPrefix(scope: string): string {
  return `${keyOf(scope, 'items')}:`;
}

/** A name as Redis has it: as in JSON, for UTF-8 cannot say half of a surrogate pair. */
export function encodeName(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}

/** The name that {@link encodeName} has written. */
export function decodeName(text: string): string {
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
}

function tagOf(scope: string): string {
  const tag = encodeName(scope).replace(/[{}%]/g, encodeURIComponent);
  // An empty tag would be none. No other tag is a bare percent sign.
  return tag === '' ? '%' : tag;
}
