import { relative } from 'node:path';
import { expect, inject } from 'vitest';
import type { CheckOptions } from './check/message.ts';
import {
  judgeSatisfaction,
  type SatisfySpecOptions,
  toBeExactMatchSession,
} from './matchers/matchers.ts';
import { createRecorder } from './matchers/record.ts';

export type { SatisfySpecOptions };

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that `exactmatch-kit/vitest-reporter` reads at the end of the run. */
    exactmatchRecord?: string;
  }

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

const folder = inject('exactmatchRecord');
/** With the reporter, what was seen is kept for it. */
const record = folder === undefined ? undefined : createRecorder(folder);

expect.extend({
  async toSatisfySpec(received: unknown, options?: SatisfySpecOptions) {
    const seen = await judgeSatisfaction(received, options);
    // Who expects a response to break the promise is testing something else.
    if (!this.isNot) await record?.(seen, originOf(this));
    return seen.result;
  },
  toBeExactMatchSession,
});

function originOf({ testPath = '', currentTestName = '' }: Seen): string {
  return `${relative('', testPath)} > ${currentTestName}`;
}

interface Seen {
  readonly testPath?: string;
  readonly currentTestName?: string;
}
