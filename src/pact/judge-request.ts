import type { CheckOptions, RequestMessage } from '../check/message.ts';
import { judgeRequest, type RequestVerdict } from '../check/request.ts';
import type { Finding } from '../finding.ts';
import type { Spec } from '../spec/spec.ts';
import { findAllowed } from './allowed-requests.ts';
import type { Interaction } from './interaction.ts';
import { toRequestMessage } from './message.ts';

/** The request of an interaction, judged. */
export interface SentRequest {
  readonly verdict: RequestVerdict;
  readonly findings: readonly Finding[];
}

/**
 * Judges the request that an interaction sends: its examples, and what its rules let it be besides.
 *
 * A request that is to be refused may break the document where the status says that it does: whatever
 * it is for 400 or 422, in its path for 404, in its credentials for 401.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where this request needs it.
 */
export function judgeSentRequest(
  spec: Spec,
  interaction: Interaction,
  options: CheckOptions,
): SentRequest {
  const { request, response } = interaction;
  const message = toRequestMessage(request);
  const lax = judgeRequest(spec, message);
  const isMeant = meantBy(response.status);
  const unknown = unknownIn(spec, message, lax, options);
  const found = [...lax.findings, ...unknown].filter((finding) => !isMeant(finding));
  const { operation } = lax;
  const isSound = lax.findings.every(({ severity }) => severity === 'warning');
  const allowed = operation && isSound ? findAllowed(spec, operation, request) : [];
  return { verdict: lax, findings: [...found, ...allowed] };
}

/** Names that the document does not know: of a parameter an error, of a property only under `strict`. */
function unknownIn(
  spec: Spec,
  message: RequestMessage,
  lax: RequestVerdict,
  { strict = false }: CheckOptions,
): readonly Finding[] {
  const known = new Set(lax.findings.map(keyOf));
  return judgeRequest(spec, message, { strict: true }).findings.flatMap((finding) => {
    if (known.has(keyOf(finding)) || !finding.code.endsWith('.unknown')) return [];
    const isMild = finding.code === 'request.body.unknown' && !strict;
    return [isMild ? { ...finding, severity: 'warning' } : finding];
  });
}

function keyOf({ code, at }: Finding): string {
  return `${code} ${at}`;
}

/** Statuses that say that the request itself was wrong. */
const REFUSALS: ReadonlySet<number> = new Set([
  400, 401, 403, 405, 406, 411, 413, 414, 415, 422, 428, 431,
]);

function meantBy(status: number): (finding: Finding) => boolean {
  if (REFUSALS.has(status)) return ({ code }) => code !== 'request.path.unmatched';
  return ({ code }) =>
    status === 404 && code.startsWith('request.path.') && code !== 'request.path.unmatched';
}
