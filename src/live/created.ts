import type { Collection } from '../check/resource.ts';
import type { Json } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import type { Binding } from './binding.ts';
import type { Draft } from './draft.ts';

/** Something that the probe created, and may therefore change. */
export interface Owned {
  readonly collection: Collection;
  /** The path parameter that names it. */
  readonly parameter: string;
  /** The variable of the shell that stands for its key. */
  readonly variable: string;
  readonly key: Json;
  /** What it lies in. */
  readonly parents: Binding;
  /** What created it. */
  readonly request: Draft;
  /** Where its key comes from: the answer's body or `Location`, or the request. */
  readonly taken:
    | { readonly from: 'body'; readonly way: readonly string[] }
    | { readonly from: 'location' | 'chosen' };
}

/** Something that was created, by the path under which it is now. */
export interface Trace {
  readonly path: string;
  /** The operation that created it. */
  readonly operation: Operation;
  /** The request that deletes it, where the document has one. */
  readonly removal: Draft | undefined;
}

/** Remembers what was created, so that it can be deleted. */
export interface Created {
  readonly add: (trace: Trace) => void;
  /** What was created and where that is cannot be told. */
  readonly addUntraceable: (reason: string) => void;
  /** Forgets what was deleted, and what lay below it. */
  readonly remove: (path: string) => void;
  readonly has: (path: string) => boolean;
  /** Remembers what was put at a path where there is one thing only. */
  readonly put: (path: string, request: Draft) => void;
  /** What was put there last. */
  readonly putAt: (path: string) => Draft | undefined;
  /** The last first. */
  readonly traces: () => readonly Trace[];
  readonly untraceable: () => readonly string[];
}

/** Makes a memory of what is created. */
export function createCreated(): Created {
  const traces = new Map<string, Trace>();
  const untraceable = new Set<string>();
  const puts = new Map<string, Draft>();
  return {
    add: (trace) => {
      if (!traces.has(trace.path)) traces.set(trace.path, trace);
    },
    addUntraceable: (reason) => untraceable.add(reason),
    remove: (path) => {
      for (const known of traces.keys()) {
        if (known === path || known.startsWith(`${path}/`)) traces.delete(known);
      }
    },
    has: (path) => traces.has(path),
    put: (path, request) => puts.set(path, request),
    putAt: (path) => puts.get(path),
    traces: () => [...traces.values()].reverse(),
    untraceable: () => [...untraceable],
  };
}
