import type { Place } from './store.ts';

/**
 * What the paths of all collections below an item begin with. `undefined` when there can be none, for
 * no URL can say a key that has half of a surrogate pair.
 */
export function pathBelow({ collection }: Place, key: string): string | undefined {
  return key.isWellFormed() ? `${collection}/${encodeURIComponent(key)}/` : undefined;
}
