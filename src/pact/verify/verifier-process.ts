import { createRequire } from 'node:module';
import type { JsonObject } from '../../json.ts';
import type { VerifierOrder, VerifierReport } from './run-verifier.ts';

/** The part of Pact's core that verifies. */
interface Core {
  readonly default: { readonly verifyPacts: (options: JsonObject) => Promise<string> };
}

/**
 * Is the process that Pact's Verifier runs in. `Verifier` of `@pact-foundation/pact` is its core behind a
 * proxy that changes requests; the core alone is what is wanted here.
 */
process.once('message', async ({ options }: VerifierOrder) => {
  const report: VerifierReport = { text: await verify(options) };
  process.send?.(report, () => process.disconnect());
});

// Whoever started it is gone, or has heard all.
process.once('disconnect', () => process.exit());

/** A verification that fails is an error whose message is the results. */
async function verify(options: JsonObject): Promise<string> {
  const pact = createRequire(import.meta.url).resolve('@pact-foundation/pact');
  try {
    const core = createRequire(pact)('@pact-foundation/pact-core') as Core;
    return await core.default.verifyPacts(options);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
