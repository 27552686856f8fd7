import type { JsonObject } from '../json.ts';
import type { Node, Source } from './source.ts';

/** The media types, formats and dialect that a document is judged by. */
export type SpecVersion = '3.0' | '3.1';

/**
 * A loaded OpenAPI document with every file that it refers to.
 *
 * Plain data that is never changed: what is worked out from it is cached beside it, keyed by it.
 */
export interface Spec {
  readonly version: SpecVersion;
  /** The OpenAPI object. */
  readonly root: Node<JsonObject>;
  /** Every file that was read, by its absolute URI. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Whether `format` is judged (`assert`) or ignored (`annotate`). */
  readonly formats: 'assert' | 'annotate';
}

/** Makes a function that works something out from a document once and remembers it with it. */
export function remembered<T>(work: (spec: Spec) => T): (spec: Spec) => T {
  const known = new WeakMap<Spec, T>();
  return (spec) => {
    let value = known.get(spec);
    if (value === undefined) {
      value = work(spec);
      known.set(spec, value);
    }
    return value;
  };
}
