import type { Keywords } from './leaf.ts';

/** A schema of a body, a value that it takes, and values with one mistake. */
export interface Made {
  readonly schema: Keywords | boolean;
  readonly good: unknown;
  readonly bad: readonly unknown[];
}
