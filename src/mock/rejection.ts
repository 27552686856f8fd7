import { challengesOf } from '../check/security.ts';
import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json.ts';
import { type Operation, operationsOf, responseFor } from '../spec/operation.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { errorBody } from './error-body.ts';
import type { Correlation, Reply } from './reply.ts';
import { missingHeaders } from './reply-headers.ts';

/** Why a request is not answered as it was meant. */
export interface Rejection {
  readonly status: number;
  readonly reason: string;
  readonly operation?: Operation | undefined;
  readonly findings?: readonly Finding[];
  /** The methods that the path has; for 405. */
  readonly allowed?: readonly string[];
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The status that tells best what is wrong with a request. */
export function rejectionStatus(
  spec: Spec,
  operation: Operation | undefined,
  findings: readonly Finding[],
): number {
  const codes = findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  if (codes.includes('request.path.unmatched')) return 404;
  if (codes.includes('request.method.unknown')) return 405;
  if (codes.includes('request.security.missing')) return 401;
  if (codes.includes('request.body.mediaType')) return 415;
  // What cannot be a key is the key of nothing, where the document has no other word for it.
  const isKey = codes.length > 0 && codes.every((code) => code.startsWith('request.path.'));
  const declares = (status: number) => operation && responseFor(spec, operation, status);
  if (isKey && !declares(400) && !declares(422) && declares(404)) return 404;
  // Some APIs answer a body that can be read but not accepted with 422, and say so.
  return !declares(400) && declares(422) ? 422 : 400;
}

/** The answer to a request that cannot be answered as it was meant, in the form of the API. */
export function reject(spec: Spec, rejection: Rejection, correlation: Correlation): Reply {
  const { status, reason, operation, findings = [], allowed = [] } = rejection;
  const response = declaredFailure(spec, operation, status);
  const { contentType, body } = errorBody(spec, response, {
    status,
    reason,
    findings,
    correlation,
    isDeclared: response !== undefined && isDeclared(spec, operation, status, response),
  });
  // A failure that the document declares without a body has none.
  const own = operation && responseFor(spec, operation, status);
  const isBodiless = own !== undefined && Object.keys(own.value['content'] ?? {}).length === 0;
  const headers: Record<string, string> = {
    ...rejection.headers,
    ...(isBodiless ? {} : { 'content-type': contentType }),
  };
  if (status === 405) headers['allow'] = allowed.join(', ');
  if (status === 401 && operation) {
    headers['www-authenticate'] = challengesOf(spec, operation).join(', ') || 'Bearer';
  }
  return {
    status,
    headers: response ? { ...missingHeaders(spec, response, headers), ...headers } : headers,
    body: isBodiless ? '' : JSON.stringify(body),
    operation,
    findings,
    correlation,
  };
}

function isDeclared(
  spec: Spec,
  operation: Operation | undefined,
  status: number,
  response: Node<JsonObject>,
): boolean {
  const candidates = operation ? [operation] : operationsOf(spec);
  return candidates.some((candidate) => {
    const own = responseFor(spec, candidate, status);
    return own !== undefined && addressOf(own) === addressOf(response);
  });
}

/**
 * The response that the document declares for a failure. An API fails in one way throughout: where no
 * operation was found it is that of the first one that declares it, and where no status fits it is
 * another failure's.
 */
function declaredFailure(
  spec: Spec,
  operation: Operation | undefined,
  status: number,
): Node<JsonObject> | undefined {
  const candidates = operation ? [operation] : operationsOf(spec);
  for (const wanted of [status, 400, 404, 500]) {
    for (const candidate of candidates) {
      const response = responseFor(spec, candidate, wanted);
      if (response) return response;
    }
  }
  return undefined;
}
