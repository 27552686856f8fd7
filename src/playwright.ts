import { expect as base, type Expect } from '@playwright/test';
import {
  type SatisfySpecOptions,
  toBeExactMatchSession,
  toSatisfySpec,
} from './matchers/matchers.ts';

export type { SatisfySpecOptions };

/** What `expect` has besides Playwright's own matchers. */
export interface ContractMatchers {
  /** Passes when a response keeps the promise of the operation that it answers. */
  readonly toSatisfySpec: typeof toSatisfySpec;
  /** Passes when a value is an exactMatchSession as Microsoft Graph answers with it. */
  readonly toBeExactMatchSession: typeof toBeExactMatchSession;
}

/**
 * Playwright's `expect` with the matchers of this package: for an `APIResponse` of `request.get()` as
 * for a page's `Response`. `mergeExpects` puts it together with others.
 *
 * An `APIResponse` does not know its method: `{ method }` or `{ operation }` tells, where operations
 * of one path judge the response differently. What is typed `any`, Playwright gives its own matchers
 * only: say `unknown`.
 *
 * @example
 * await expect(await request.post(url, { data })).toSatisfySpec({ method: 'POST' });
 */
export const expect: Expect<ContractMatchers> = base.extend({
  toSatisfySpec,
  toBeExactMatchSession,
});
