import type { RulePath } from './rule-path.ts';

/** One matching rule, in one form for all versions of the specification. */
export type Rule =
  | { readonly match: 'equality' | 'values' | 'notEmpty' | 'semver' }
  | { readonly match: 'integer' | 'decimal' | 'number' | 'boolean' | 'null' }
  /** Of the same JSON type; of an array, so many items. */
  | { readonly match: 'type'; readonly min?: number; readonly max?: number }
  | { readonly match: 'regex'; readonly regex: string }
  | { readonly match: 'include'; readonly value: string }
  /** By a pattern of Java's `DateTimeFormatter`; empty for the usual one. */
  | { readonly match: 'date' | 'time' | 'datetime'; readonly format: string }
  | { readonly match: 'contentType'; readonly value: string }
  /** `success`, `clientError`, … or the statuses themselves. */
  | { readonly match: 'statusCode'; readonly status: string | readonly number[] }
  /** For each variant some item of the array. */
  | { readonly match: 'arrayContains'; readonly variants: readonly Variant[] }
  | { readonly match: 'eachKey' | 'eachValue'; readonly rules: readonly Rule[] }
  /** A plugin's, or one that is newer than this code. */
  | { readonly match: 'unknown'; readonly name: string };

/** One of the items that an `arrayContains` looks for. */
export interface Variant {
  /** The item of the example that it is. */
  readonly index: number;
  /** Below the item. */
  readonly rules: readonly BodyRule[];
}

/** The rules of one place; all must hold (`AND`), or one of them (`OR`). */
export interface RuleList {
  readonly combine: 'AND' | 'OR';
  readonly rules: readonly Rule[];
  /** JSON Pointer into the file. */
  readonly pointer: string;
}

/** The rules of all places in a body that a path expression names, and of what lies below them. */
export interface BodyRule extends RuleList {
  readonly path: RulePath;
  /** The path as the file writes it, from `$`. */
  readonly expression: string;
}

/** The matching rules of a request or response. */
export interface MatchingRules {
  readonly path: RuleList | undefined;
  readonly status: RuleList | undefined;
  /** By decoded name. */
  readonly query: ReadonlyMap<string, RuleList>;
  /** By lower-case name. */
  readonly header: ReadonlyMap<string, RuleList>;
  readonly body: readonly BodyRule[];
}
