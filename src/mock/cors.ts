import type { RequestMessage } from '../check/message.ts';
import type { Reply, ReplyHeaders } from './reply.ts';

/** The headers that let a page of any origin read a reply. */
export function corsHeaders({ headers }: Pick<RequestMessage, 'headers'>): ReplyHeaders {
  const { origin } = headers;
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers':
      '*, etag, location, request-id, client-request-id, retry-after, www-authenticate, x-mock-fault',
    vary: 'Origin',
  };
}

/**
 * The reply to a preflight, or `undefined` when the request is none.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function preflight(message: RequestMessage): Reply | undefined {
  const { headers, method } = message;
  const asked = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || asked === undefined || headers['origin'] === undefined)
    return undefined;
  return {
    status: 204,
    headers: {
      ...corsHeaders(message),
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '600',
    },
    body: '',
    operation: undefined,
    findings: [],
    correlation: undefined,
  };
}
