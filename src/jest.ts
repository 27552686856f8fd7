import { expect } from '@jest/globals';
import type { CheckOptions } from './check/message.ts';
import {
  type SatisfySpecOptions,
  toBeExactMatchSession,
  toSatisfySpec,
} from './matchers/matchers.ts';

export type { SatisfySpecOptions };

interface ContractMatchers<R> {
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

// The `expect` of @jest/globals.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends ContractMatchers<R> {}
}

// The global `expect`, as @types/jest declares it.
declare global {
  namespace jest {
    interface Matchers<R, T> extends ContractMatchers<R> {}
  }
}

expect.extend({ toSatisfySpec, toBeExactMatchSession });
