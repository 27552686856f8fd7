import type { ServerResponse } from 'node:http';
import { type Finding, formatFindings } from '../finding.ts';

/** Says that an answer is the proxy's own: `refused-request`, `refused-response`, `unreachable` or `misused`. */
const PROXY_HEADER = 'x-exactmatch-proxy';

/** An answer of the proxy's own. */
export interface Refusal {
  readonly status: number;
  readonly kind: 'refused-request' | 'refused-response' | 'unreachable' | 'misused';
  readonly detail: string;
  readonly findings?: readonly Finding[];
}

/** What is refused because of its findings. */
export function refusalOf(what: 'request' | 'response', findings: readonly Finding[]): Refusal {
  return {
    status: what === 'request' ? 400 : 502,
    kind: `refused-${what}`,
    detail: `The ${what} breaks the document:\n${formatFindings(findings)}`,
    findings,
  };
}

/**
 * Answers with problem details.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, kind, detail, findings } = refusal;
  const body = JSON.stringify({
    type: 'about:blank',
    title: TITLES[kind],
    status,
    detail,
    findings,
  });
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    [PROXY_HEADER]: kind,
  });
  response.end(body);
}

const TITLES: Readonly<Record<Refusal['kind'], string>> = {
  'refused-request': 'The request breaks the document',
  'refused-response': 'The response breaks the document',
  unreachable: 'The upstream gave no answer',
  misused: 'The proxy does not do that',
};
