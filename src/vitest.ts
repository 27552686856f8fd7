import { expect } from 'vitest';
import type { CheckOptions } from './check/message.ts';
import {
  type SatisfySpecOptions,
  toBeExactMatchSession,
  toSatisfySpec,
} from './matchers/matchers.ts';

export type { SatisfySpecOptions };

declare module 'vitest' {
  // Merged into Vitest's own, which demands the very same type parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Passes when a response keeps the promise of the operation that it answers: `await` it.
     *
     * @example
     * await expect(await fetch(url)).toSatisfySpec();
     * await expect({ status: 201, body }).toSatisfySpec({ operation: 'createExactMatchSession' });
     */
    toSatisfySpec(options?: SatisfySpecOptions): Promise<void>;
    /** Passes when a value is an exactMatchSession as Microsoft Graph answers with it. */
    toBeExactMatchSession(options?: CheckOptions): R;
  }
}

expect.extend({ toSatisfySpec, toBeExactMatchSession });
