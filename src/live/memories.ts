import type { Collection } from '../check/resource.ts';

/**
 * Whether a provider remembers the items of a collection: a stub answers with the same example whatever
 * was written, and what it remembers cannot be judged.
 */
export type Memory = 'unknown' | 'remembers' | 'stub';

/** What is known of each collection. */
export interface Memories {
  readonly of: (collection: Collection) => Memory;
  readonly set: (collection: Collection, memory: Memory) => void;
  /** Keeps that the provider is a stub, where that was not known; tells whether it is new. */
  readonly isNewStub: (collection: Collection) => boolean;
  /** An item came under the key that was asked for; two of them, and the provider remembers. */
  readonly match: (collection: Collection, key: string) => void;
}

/** Makes a memory of memories. */
export function createMemories(): Memories {
  const known = new Map<string, Memory>();
  const keys = new Map<string, Set<string>>();
  const stubs = new Set<string>();
  return {
    of: ({ itemTemplate }) => known.get(itemTemplate) ?? 'unknown',
    set: ({ itemTemplate }, memory) => known.set(itemTemplate, memory),
    isNewStub: ({ itemTemplate }) => {
      const isNew = !stubs.has(itemTemplate);
      stubs.add(itemTemplate);
      known.set(itemTemplate, 'stub');
      return isNew;
    },
    match: ({ itemTemplate }, key) => {
      const matched = keys.get(itemTemplate) ?? new Set();
      keys.set(itemTemplate, matched.add(key));
      if (matched.size > 1 && !known.has(itemTemplate)) known.set(itemTemplate, 'remembers');
    },
  };
}
