import { requireSpec } from '../check/given-spec.ts';
import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { CheckOptions } from '../check/message.ts';
import type { Spec } from '../spec/spec.ts';
import { findBrokenExamples } from './example-rules.ts';
import { loadPact, readPact } from './file.ts';
import type { Interaction, Pact } from './interaction.ts';
import { judgeSentRequest } from './judge-request.ts';
import { judgeExpectedResponse } from './judge-response.ts';
import { toRequestMessage, toResponseMessage } from './message.ts';
import { type PactFinding, placeFindings } from './pact-finding.ts';

/** An interaction of a pact, judged. */
export interface InteractionVerdict {
  readonly interaction: Interaction;
  /** What would travel, by its examples, and the operation that it asks. */
  readonly exchange: ExchangeVerdict;
  readonly findings: readonly PactFinding[];
}

/**
 * Lists where a pact and a document disagree, without a provider: errors where the consumer sends what
 * the document forbids, or expects what no provider may answer by it; risks where it relies on more
 * than the document promises; warnings where a matching rule is wider than need be.
 *
 * Only HTTP interactions are judged, of Pact's specification 1 to 4. Those that are pending yield no
 * errors, but warnings.
 *
 * @param pact the path of a pact file, or what its JSON says.
 * @throws {ExactMatchError} `FILE_UNREADABLE`, `PACT_MALFORMED`, and `SPEC_*` when the document is
 * broken where an interaction needs it.
 */
export async function checkPact(
  spec: Spec,
  pact: string | object,
  options: CheckOptions = {},
): Promise<readonly PactFinding[]> {
  requireSpec(spec);
  const read =
    typeof pact === 'string'
      ? await loadPact(pact)
      : readPact(JSON.stringify(pact, null, 2), '(inline)');
  return judgePact(spec, read, options).flatMap(({ findings }) => findings);
}

/**
 * Judges each HTTP interaction of a pact by a document, without a provider.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where an interaction needs it.
 */
export function judgePact(
  spec: Spec,
  pact: Pact,
  options: CheckOptions = {},
): readonly InteractionVerdict[] {
  return pact.interactions.map((interaction) => {
    const { verdict, findings: sent } = judgeSentRequest(spec, interaction, options);
    const { operation, parameters, body } = verdict;
    // Without an operation nothing is promised that a response could keep.
    const expected = operation
      ? [
          ...judgeExpectedResponse(spec, operation, interaction),
          ...findBrokenExamples(operation, interaction),
        ]
      : [];
    const request = toRequestMessage(interaction.request);
    const response = toResponseMessage(interaction.response);
    const { body: expectedBody } = interaction.response;
    const responseBody = expectedBody.kind === 'json' ? expectedBody.value : undefined;
    const judged = { responseBody, requestFindings: sent, responseFindings: expected };
    return {
      interaction,
      exchange: { request, response, operation, parameters, body, ...judged },
      findings: placeFindings(pact, interaction, [...sent, ...expected]),
    };
  });
}
