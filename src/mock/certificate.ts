import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { createSecureContext } from 'node:tls';
import { ExactMatchError } from '../errors.ts';

/** A certificate and its key, in PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that the mock speaks HTTPS with. */
export interface Certificate extends KeyPair {
  /** SHA-256 of the certificate, as browsers and curl show it: `AB:CD:…`. */
  readonly fingerprint: string;
}

const DAY = 24 * 60 * 60 * 1000;
/** Addresses that stand for all addresses of the machine; nobody calls it by them. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * The certificate to speak HTTPS with: the one given, or with `true` one made for this run. It is then
 * valid for `localhost`, `127.0.0.1`, `::1` and the host.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when what was given is no certificate, or not of that key.
 */
export async function certificateFor(tls: true | KeyPair, host: string): Promise<Certificate> {
  const { cert, key } = tls === true ? await makeCertificate(host) : tls;
  const certificate = attempt(() => new X509Certificate(cert), 'it is no certificate in PEM');
  const privateKey = attempt(
    () => createPrivateKey(key),
    'its key is no private key in PEM without a passphrase',
  );
  if (!certificate.checkPrivateKey(privateKey)) throw unusable('the key is that of another one');
  // OpenSSL has more to say, such as that a key is too short.
  attempt(() => createSecureContext({ cert, key }));
  return { cert, key, fingerprint: certificate.fingerprint256 };
}

function attempt<T>(work: () => T, reason?: string): T {
  try {
    return work();
  } catch (cause) {
    throw unusable(reason ?? (cause instanceof Error ? cause.message : String(cause)), cause);
  }
}

function unusable(reason: string, cause?: unknown): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', `The certificate cannot be used: ${reason}.`, {
    cause,
  });
}

async function makeCertificate(host: string): Promise<KeyPair> {
  // Loaded here: few mocks need it.
  const { generate } = await import('selfsigned');
  // Without the zone that a link-local address may have: it means something on this machine alone.
  const own = WILDCARDS.has(host) ? hostname() : host.replace(/%.*/, '');
  const names = new Set(['localhost', '127.0.0.1', '::1', own]);
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // The clock of a client may be late.
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: new Date(Date.now() + 365 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names].map(toAltName) },
    ],
  });
  return { cert, key };
}

function toAltName(name: string) {
  return isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const);
}
