/** What the codes of connections that fail mean, each the rest of a sentence that a host begins. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection: nothing listens there',
  ECONNRESET: 'closes the connection without an answer',
  EPIPE: 'closes the connection without an answer',
  ENOTFOUND: 'is not known: DNS has no such name',
  EAI_AGAIN: 'could not be looked up: DNS does not answer',
  EHOSTUNREACH: 'cannot be reached: there is no route to it',
  ENETUNREACH: 'cannot be reached: there is no route to its network',
  ETIMEDOUT: 'does not answer: the connection timed out',
  EPROTO: 'does not speak TLS there. Is it http:// and not https://?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS there. Is it http:// and not https://?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'does not speak TLS there. Is it http:// and not https://?',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host',
  HPE_HEADER_OVERFLOW: 'answers with more headers than are taken (64 KiB)',
};

/** The codes of certificates that nobody vouches for. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Why a request got no answer: the rest of a sentence that begins with the host, or with "it". */
export function networkReason(cause: unknown): string {
  const { code = '', message, name } = rootOf(cause);
  if (name === 'TimeoutError' || name === 'AbortError') return 'does not answer in time';
  const known = REASONS[code];
  if (known !== undefined) return known;
  if (UNTRUSTED.has(code)) {
    return 'has a certificate that is not trusted. Set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority';
  }
  if (code.startsWith('HPE_')) return 'answers with something that is not HTTP/1.1';
  return `cannot be asked: ${message.replace(/\.$/, '')}`;
}

/** Tells whether a certificate was refused: nothing that was sent has arrived. */
export function isConnectionError(cause: unknown): boolean {
  const { code = '' } = rootOf(cause);
  return CONNECTING.has(code) || UNTRUSTED.has(code);
}

const CONNECTING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

interface Root {
  readonly code?: string;
  readonly name?: string;
  readonly message: string;
}

/** `fetch` wraps what went wrong; where a name has several addresses, the error is one of all of them. */
function rootOf(cause: unknown): Root {
  // Not `instanceof`: under Jest, errors of the platform are of another realm.
  if (!Error.isError(cause)) return { message: String(cause) };
  const { code, errors } = cause as NodeJS.ErrnoException & {
    readonly errors?: readonly unknown[];
  };
  if (errors?.[0] !== undefined) return rootOf(errors[0]);
  if (code === undefined && Error.isError(cause.cause)) return rootOf(cause.cause);
  const { name, message } = cause;
  return typeof code === 'string' ? { code, name, message } : { name, message };
}
