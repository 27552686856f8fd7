import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestMessage } from '../../check/message.ts';
import { judgeRequest, type RequestVerdict } from '../../check/request.ts';
import { ExactMatchError } from '../../errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { correlate } from '../correlation.ts';
import { DEEPEST, isTooDeep } from '../depth.ts';
import { reject, rejectionStatus } from '../rejection.ts';
import type { Caller, Reply } from '../reply.ts';
import { adminSpec } from './admin-spec.ts';
import { type Administered, handlers } from './handlers.ts';

/** Answers requests below `/__mock`; the promise never fails. */
export type Admin = (message: RequestMessage, scope: string, caller: Caller) => Promise<Reply>;

/** How the admin API is reached. */
export interface AdminOptions extends Administered {
  /** The token that callers need; without one, only callers on this machine are answered. */
  readonly adminToken: string | undefined;
}

/** What whoever watches over processes may ask, without a token and from anywhere. */
const OPEN: ReadonlySet<string> = new Set(['getLife', 'getHealth']);

/** Makes the admin API: its requests are judged by its own document. */
export function createAdmin(options: AdminOptions): Admin {
  return async (message, scope, caller) => {
    const correlation = correlate(message.headers['client-request-id']);
    const spec = await adminSpec();
    const isHead = message.method === 'HEAD';
    const verdict = judgeRequest(spec, isHead ? { ...message, method: 'GET' } : message);
    return (
      refusalOf(options, spec, { message, verdict, caller }, correlation) ??
      handled(options, spec, { verdict, scope }, correlation)
    );
  };
}

function refusalOf(
  { adminToken }: AdminOptions,
  spec: Spec,
  asked: {
    readonly message: RequestMessage;
    readonly verdict: RequestVerdict;
    readonly caller: Caller;
  },
  correlation: Parameters<typeof reject>[2],
): Reply | undefined {
  const { message, verdict, caller } = asked;
  const { operation, allowed } = verdict;
  const findings = verdict.findings.filter(({ severity }) => severity === 'error');
  const isOpen = operation !== undefined && OPEN.has(operation.id);
  if (!isOpen && adminToken !== undefined && !isToken(message, adminToken)) {
    const reason =
      'The admin API needs the token that the mock was started with: Authorization: Bearer TOKEN.';
    const headers = { 'www-authenticate': 'Bearer realm="exactmatch mock"' };
    return reject(spec, { status: 401, reason, operation, headers }, correlation);
  }
  if (!isOpen && adminToken === undefined && !caller.isLocal) {
    const reason =
      'The admin API answers on this machine only. Start the mock with --admin-token to reach it from others, and with --cors to reach it from web pages.';
    return reject(spec, { status: 403, reason, operation }, correlation);
  }
  if (verdict.body !== undefined && isTooDeep(verdict.body)) {
    const reason = `The request body must not be nested more than ${DEEPEST} values deep.`;
    return reject(spec, { status: 400, reason, operation }, correlation);
  }
  if (operation && findings.length === 0) return undefined;
  const status = rejectionStatus(spec, operation, findings);
  const reason = findings.map((finding) => finding.message).join(' ');
  return reject(spec, { status, reason, operation, findings, allowed }, correlation);
}

/** Compares in a time that tells nothing of the token. */
function isToken({ headers }: RequestMessage, token: string): boolean {
  const given = /^Bearer +(.*)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

async function handled(
  options: AdminOptions,
  spec: Spec,
  { verdict, scope }: { readonly verdict: RequestVerdict; readonly scope: string },
  correlation: Parameters<typeof reject>[2],
): Promise<Reply> {
  const { operation, parameters, body } = verdict;
  const handler = operation && handlers[operation.id];
  try {
    if (!handler) throw new Error(`Nothing handles ${operation?.id}`);
    const given = { ...options, scope, query: parameters.query, path: parameters.path, body };
    const { status, value } = await handler(given);
    const headers: Record<string, string> =
      value === undefined ? {} : { 'content-type': 'application/json' };
    const text = value === undefined ? '' : JSON.stringify(value);
    return { status, headers, body: text, operation, findings: [], correlation };
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    const status = cause.code === 'STORE_UNAVAILABLE' ? 503 : 400;
    return reject(spec, { status, reason: cause.message, operation }, correlation);
  }
}
