import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import { REDACTED } from '../check/redact.ts';
import type { Finding } from '../finding.ts';
import { step, tokens } from '../spec/pointer.ts';
import type { Captured } from './reading.ts';

/** What tools write in the place of a secret. */
const TAKEN_OUT =
  /^(?:bearer )?(?:[[<]?(?:redacted|sanitized|filtered|removed|masked)[\]>]?|\*{3,})$/i;

/** What our own tools, and others, write into a longer text. */
const PARTLY = new RegExp(`${REDACTED}|\\[redacted\\]`);

/** What is known of a capture as a whole. */
export interface CaptureKnowledge {
  /** Whether credentials may have been left out of it without a trace. */
  readonly mayLackCredentials: boolean;
}

/** A verdict as far as the capture can show what travelled, and what it cannot. */
export interface ShownVerdict {
  readonly verdict: ExchangeVerdict;
  readonly gaps: readonly string[];
}

/** Takes out what was found of texts that stand for secrets, and of requests that were never sent. */
export function withoutHidden(
  verdict: ExchangeVerdict,
  captured: Captured,
  knowledge: CaptureKnowledge,
): ShownVerdict {
  const { gaps, isCached } = captured;
  const { requestFindings, responseFindings } = verdict;
  if (isCached) {
    return {
      verdict: { ...verdict, requestFindings: [] },
      gaps: [...gaps, 'requests that a cache answered'],
    };
  }
  if (requestFindings.length === 0 && responseFindings.length === 0) return { verdict, gaps };
  const hidden: string[] = [];
  const show = (finding: Finding): readonly Finding[] => {
    const reason = whyHidden(finding, verdict);
    if (reason === undefined) return [weighed(finding, knowledge)];
    hidden.push(reason);
    return [];
  };
  const shown = {
    ...verdict,
    requestFindings: requestFindings.flatMap(show),
    responseFindings: responseFindings.flatMap(show),
  };
  return { verdict: shown, gaps: hidden.length === 0 ? gaps : [...gaps, ...hidden] };
}

function whyHidden(finding: Finding, verdict: ExchangeVerdict): string | undefined {
  const { headers } = verdict.request;
  if (finding.code === 'request.security.missing') {
    const isTakenOut = [headers['authorization'], headers['cookie']].some(standsForSecret);
    return isTakenOut ? 'credentials that the capture leaves out' : undefined;
  }
  return standsForSecret(valueAt(finding, verdict))
    ? 'values that the capture leaves out'
    : undefined;
}

function standsForSecret(value: unknown): boolean {
  return typeof value === 'string' && (PARTLY.test(value) || TAKEN_OUT.test(value));
}

/** What the message has where a finding is. */
function valueAt({ code, at, actual }: Finding, verdict: ExchangeVerdict): unknown {
  const { request, response, body, responseBody } = verdict;
  const isRequest = code.startsWith('request.');
  if (code.includes('.header.')) return (isRequest ? request : response)?.headers[at.toLowerCase()];
  if (!code.includes('.body.')) return actual;
  let value = isRequest ? body : responseBody;
  for (const token of tokens(at) ?? [])
    value = value === undefined ? undefined : step(value, token);
  return value;
}

/** Browsers leave credentials out unless they are told not to, and say nowhere that they did. */
function weighed(finding: Finding, { mayLackCredentials }: CaptureKnowledge): Finding {
  if (finding.code !== 'request.security.missing' || !mayLackCredentials) return finding;
  const message = `${finding.message} The browser may have left it out: export the HAR with sensitive data to have it judged.`;
  return { ...finding, severity: 'warning', message };
}
