import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Workers inherit it: Pact's library reads the variable when it first serves or verifies.
process.env['PACT_DO_NOT_TRACK'] = 'true';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One after the other, since each reads what the one before has written. */
const ORDER = {
  consumer: ['contracts/*.consumer.test.ts', 'contracts/sessions-client.test.ts'],
  pacts: ['contracts/pact-files.test.ts'],
  provider: ['contracts/interactions.test.ts', 'contracts/provider.test.ts'],
};

export default defineConfig({
  root,
  test: {
    // Here and not in the projects: before any of them has written.
    globalSetup: ['contracts/committed-pacts.ts'],
    projects: Object.entries(ORDER).map(([name, include], index) => ({
      root,
      test: {
        name,
        include,
        testTimeout: 20_000,
        hookTimeout: 60_000,
        // From 1: where there is one worker only, Vitest runs the group 0 last.
        sequence: { groupOrder: index + 1 },
      },
    })),
  },
});
