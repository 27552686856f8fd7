import type { Finding } from '../finding.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { findBrokenExamples } from './example-rules.ts';
import type { Interaction, Pact } from './interaction.ts';
import { judgeSentRequest } from './judge-request.ts';
import { judgeExpectedResponse } from './judge-response.ts';
import { type PactFinding, placeFindings } from './pact-finding.ts';

/** An interaction of a pact, judged. */
export interface InteractionVerdict {
  readonly interaction: Interaction;
  /** The operation that it asks; `undefined` when the document has none. */
  readonly operation: Operation | undefined;
  readonly findings: readonly PactFinding[];
}

/**
 * Judges each HTTP interaction of a pact by a document, without a provider.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an interaction needs it.
 */
export function judgePact(spec: Spec, pact: Pact): readonly InteractionVerdict[] {
  return pact.interactions.map((interaction) => judgeInteraction(spec, pact, interaction));
}

function judgeInteraction(spec: Spec, pact: Pact, interaction: Interaction): InteractionVerdict {
  const { operation, findings: sent } = judgeSentRequest(spec, interaction);
  const findings: Finding[] = [...sent];
  // Without an operation nothing is promised that a response could keep.
  if (operation) {
    findings.push(...judgeExpectedResponse(spec, operation, interaction));
    findings.push(...findBrokenExamples(operation, interaction));
  }
  return { interaction, operation, findings: placeFindings(pact, interaction, findings) };
}
