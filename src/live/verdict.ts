import { type ExchangeVerdict, judgeExchange } from '../check/judge-exchange.ts';
import type { RequestMessage } from '../check/message.ts';
import type { Finding } from '../finding.ts';
import { objectChild } from '../spec/node.ts';
import { statusesOf } from '../spec/operation.ts';
import { isKnown } from './binding.ts';
import type { Draft, Writing } from './draft.ts';
import { providerFinding } from './finding.ts';
import type { Case } from './run.ts';
import type { Outcome } from './transport.ts';

/**
 * The statuses by which a provider refuses a request for what it is.
 *
 * Others leave open whether it would be accepted at another time, of somebody else or for another item:
 * 401, 402, 403, 404, 409, 410, 412, 423, 424, 425, 426, 428, 429, 451.
 */
const REFUSALS: ReadonlySet<number> = new Set([
  400, 405, 406, 411, 413, 414, 415, 416, 417, 421, 422, 431, 501,
]);
/** Statuses that say nothing of the operation: clients take them for what HTTP says that they are. */
const OF_HTTP: ReadonlySet<number> = new Set([
  401, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 429, 431,
]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** The statuses of those who have no HEAD. */
export const NO_HEAD: ReadonlySet<number> = new Set([404, 405, 501]);

type Answer = Extract<Outcome, { readonly kind: 'answer' }>;

/** An answer, judged. */
export interface CaseVerdict {
  readonly exchange: ExchangeVerdict;
  readonly findings: readonly Finding[];
}

/**
 * Judges what a provider answered to a case.
 *
 * | request | answer | finding |
 * |---|---|---|
 * | any | none in time; none that is HTTP | `provider.silent`, `provider.disconnected` |
 * | any | 5xx, but 501 to a right one or to an unknown method | `provider.failed` |
 * | any | a redirect that is not declared | `provider.redirect` |
 * | right | a status of `REFUSALS` | `provider.refused` |
 * | right, for an item known to be there | 404, 410 | `provider.item.lost` |
 * | right | any other 4xx | none: a right, an item or a state may be missing |
 * | wrong | 2xx, or a redirect that is declared | `provider.accepted` |
 * | wrong | 4xx | none: refused is refused |
 * | any | what the document says of its status, headers and body is broken | `response.*` |
 *
 * Of a wrong request that was accepted, and where the status says it all, the rest is not judged: one
 * mistake makes one finding. A 4xx that is not declared is a warning where the operation declares no
 * failure at all, and where it is about the request as HTTP sees it (`OF_HTTP`).
 */
export function judgeAnswer(
  writing: Writing,
  request: Case,
  message: RequestMessage,
  answer: Answer,
): CaseVerdict {
  const { spec, settings } = writing;
  const { response } = answer;
  const exchange = judgeExchange(spec, { request: message, response }, { strict: settings.strict });
  // Who has no HEAD says so; what GET declares is not about that.
  if (request.draft.method === 'HEAD' && NO_HEAD.has(response.status))
    return { exchange, findings: [] };
  const behaviour = behaviourOf(request, response.status, response.headers['location']);
  const isAccepted = behaviour?.code === 'provider.accepted';
  const judged = isAccepted ? [] : exchange.responseFindings;
  const faults = answer.fault === undefined ? [] : [faultFinding(request.draft, answer.fault)];
  // What is wrong with the status is said already.
  const rest = behaviour
    ? judged.filter(({ code }) => code !== 'response.status.undeclared')
    : judged;
  const softened = rest.map((finding) => withSeverity(request.draft, response.status, finding));
  return { exchange, findings: [...(behaviour ? [behaviour] : []), ...softened, ...faults] };
}

function behaviourOf(
  { draft, expects, mistake, what, at = mistake?.at ?? '' }: Case,
  status: number,
  location: string | undefined,
): Finding | undefined {
  const { operation, method = operation.method } = draft;
  const asked = `${method} ${operation.path}`;
  const declared = statusesOf(operation);
  const details = { actual: status, at };
  if (status >= 500 && (status !== 501 || expects === 'either')) {
    if (status === 501) return undefined;
    const text = `${asked}, ${what}, fails: the answer is ${status}.`;
    return providerFinding('provider.failed', text, operation.node, details);
  }
  if (REDIRECTS.has(status) && !isDeclared(declared, status)) {
    const text = `${asked}, ${what}, is sent elsewhere by ${status}, to ${location ?? 'nowhere'}, and the document declares no ${status}. Redirects are not followed.`;
    return providerFinding('provider.redirect', text, operation.node, {
      ...details,
      at: 'location',
    });
  }
  if (expects === 'success' && REFUSALS.has(status)) {
    const text = `${asked}, ${what}, is refused with ${status}, and the document takes it.`;
    return providerFinding('provider.refused', text, operation.node, details);
  }
  if (expects === 'success' && GONE.has(status) && isThere(draft)) {
    const text = `${asked} is answered ${status}, and what it asks for is there.`;
    return providerFinding('provider.item.lost', text, operation.node, details);
  }
  const isTaken = (status >= 200 && status < 300) || REDIRECTS.has(status);
  if (expects !== 'refusal' || !isTaken || !mistake) return undefined;
  const text = `${asked}, ${what}, is accepted with ${status}, and the document refuses it: ${mistake.message}`;
  return { ...mistake, code: 'provider.accepted', severity: 'error', message: text };
}

/** What the probe created or was told of is there; what a list had may be gone by now. */
function isThere({ binding, operation }: Draft): boolean {
  const origins = Object.values(binding.origins);
  const isOwn = origins.includes('owned') && isKnown(binding);
  return isOwn && operation.method !== 'POST' && /\}\W*$/.test(operation.path);
}

function isDeclared(declared: readonly string[], status: number): boolean {
  return declared.some((key) => key === String(status) || /^3xx$/i.test(key));
}

function withSeverity({ operation }: Draft, status: number, finding: Finding): Finding {
  if (finding.code !== 'response.status.undeclared' || status < 400) return finding;
  const hasFailures = statusesOf(operation).some((key) => /^(?:4|default)/.test(key));
  const isAboutOperation = hasFailures && !OF_HTTP.has(status);
  return isAboutOperation ? finding : { ...finding, severity: 'warning' };
}

function faultFinding({ operation }: Draft, fault: string): Finding {
  const responses = objectChild(operation.node, 'responses') ?? operation.node;
  return providerFinding('provider.malformed', `The answer ${fault}.`, responses);
}

/** The finding for a request that got no answer. */
export function unansweredFinding(
  { settings }: Writing,
  { draft, what }: Case,
  outcome: Extract<Outcome, { readonly kind: 'silent' | 'disconnected' }>,
): Finding {
  const { operation, method = operation.method } = draft;
  const asked = `${method} ${operation.path}, ${what},`;
  if (outcome.kind === 'silent') {
    const text = `${asked} is not answered within ${settings.timeout} ms.`;
    return providerFinding('provider.silent', text, operation.node);
  }
  const text = `${asked} gets no answer: ${settings.baseUrl.host} ${outcome.reason}.`;
  return providerFinding('provider.disconnected', text, operation.node);
}
