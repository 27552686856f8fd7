import type { TestProject } from 'vitest/node';
import { PACTS, readPactTexts } from './pact-files.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The pacts as they were before the consumer tests of this run, by the names of their files. */
    readonly committedPacts: Readonly<Record<string, string>>;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('committedPacts', await readPactTexts(PACTS));
}
