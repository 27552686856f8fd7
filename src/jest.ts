import { expect } from '@jest/globals';
import type { CheckOptions } from './check/message.ts';
import {
  type SatisfySpecOptions,
  toBeExactMatchSession,
  toSatisfySpec,
} from './matchers/matchers.ts';

export type { SatisfySpecOptions };

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> {
    /** Passes when a response keeps the promise of the operation that it answers: `await` it. */
    toSatisfySpec(options?: SatisfySpecOptions): Promise<void>;
    /** Passes when a value is an exactMatchSession as Microsoft Graph answers with it. */
    toBeExactMatchSession(options?: CheckOptions): R;
  }
}

expect.extend({ toSatisfySpec, toBeExactMatchSession });
