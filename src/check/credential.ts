import { ExactMatchError } from '../errors.ts';
import { type JsonObject, ownString, show } from '../json.ts';
import { locate } from '../spec/locate.ts';
import type { Node } from '../spec/source.ts';
import type { RequestMessage } from './message.ts';

/** What a security scheme has a request carry. */
export interface Credential {
  /** What the document calls the scheme, under `components.securitySchemes`. */
  readonly scheme: string;
  /** As people call it: "a Bearer token in `authorization`". */
  readonly label: string;
  /** Where it travels, unique in a request. */
  readonly place: string;
  /** The name of the header, query parameter or cookie. */
  readonly name: string;
  /** The scheme to ask for in `WWW-Authenticate`. */
  readonly challenge: string;
  readonly isIn: (message: RequestMessage) => boolean;
  /** What the place holds, redacted; `undefined` when it holds nothing. */
  readonly seenIn: (message: RequestMessage) => string | undefined;
}

/**
 * What a security scheme object asks for; `undefined` for mutual TLS, which no message shows.
 *
 * @throws {ExactMatchError} `SPEC_MALFORMED` when it is of no known type, or says not enough.
 * @see https://spec.openapis.org/oas/v3.1.1#security-scheme-object
 */
export function credentialOf(named: string, scheme: Node<JsonObject>): Credential | undefined {
  const type = ownString(scheme.value, 'type');
  if (type === 'mutualTLS') return undefined;
  if (type === 'oauth2' || type === 'openIdConnect') return authorization(named, 'Bearer');
  if (type === 'http') {
    const name = ownString(scheme.value, 'scheme');
    if (!name) throw unusable(scheme, 'it has no "scheme"');
    return authorization(named, SCHEMES.get(name.toLowerCase()) ?? name);
  }
  if (type === 'apiKey') return apiKey(named, scheme);
  throw unusable(scheme, `its "type" is ${show(type ?? null)}`);
}

/** The schemes whose names may be repeated, as they are written; others might be a credential. */
const SCHEMES: ReadonlyMap<string, string> = new Map(
  `Basic Bearer Concealed Digest DPoP GNAP HOBA Mutual Negotiate NTLM OAuth PrivateToken SCRAM-SHA-1
  SCRAM-SHA-256 vapid ApiKey Token SharedKey AWS4-HMAC-SHA256`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

function authorization(named: string, scheme: string): Credential {
  const what = scheme === 'Bearer' ? 'a Bearer token' : `${scheme} credentials`;
  const wanted = scheme.toLowerCase();
  return {
    scheme: named,
    label: `${what} in the header \`authorization\``,
    place: 'header authorization',
    name: 'authorization',
    challenge: scheme,
    isIn: ({ headers }) => {
      const value = headers['authorization'];
      if (value === undefined || value[wanted.length] !== ' ') return false;
      // Compared first: most clients write the scheme as its registration does.
      const given = value.slice(0, wanted.length);
      if (given !== scheme && given.toLowerCase() !== wanted) return false;
      return value.length > wanted.length + 1 && value.slice(wanted.length).trim() !== '';
    },
    seenIn: ({ headers }) => describeAuthorization(headers['authorization'], scheme),
  };
}

function describeAuthorization(value: string | undefined, wanted: string): string | undefined {
  if (value === undefined) return undefined;
  const [given = '', credentials] = value.trim().split(/\s+/, 2);
  if (given === '') return 'is empty';
  const isWanted = given.toLowerCase() === wanted.toLowerCase();
  const known = isWanted ? wanted : SCHEMES.get(given.toLowerCase());
  if (known === undefined) return 'names no known scheme';
  return credentials === undefined ? `names ${known} and nothing more` : `has ${known} credentials`;
}

function apiKey(named: string, scheme: Node<JsonObject>): Credential {
  const place = ownString(scheme.value, 'in');
  const name = ownString(scheme.value, 'name');
  if (!name) throw unusable(scheme, 'it has no "name"');
  const read = place === undefined ? undefined : READERS.get(place);
  if (!place || !read) throw unusable(scheme, `its "in" is ${show(place ?? null)}`);
  const written = place === 'header' ? name.toLowerCase() : name;
  const value = (message: RequestMessage) => read(message, written);
  return {
    scheme: named,
    label: `an API key in the ${PLACE_NAMES.get(place) ?? place} \`${written}\``,
    place: `${place} ${written}`,
    name: written,
    challenge: 'ApiKey',
    isIn: (message) => (value(message) ?? '').trim() !== '',
    seenIn: (message) => {
      const found = value(message);
      if (found === undefined) return undefined;
      return found.trim() === '' ? 'is empty' : 'is given';
    },
  };
}

const PLACE_NAMES = new Map([['query', 'query parameter']]);

const READERS: ReadonlyMap<string, (message: RequestMessage, name: string) => string | undefined> =
  new Map([
    ['header', ({ headers }, name) => headers[name]],
    // A form's reading, in which a broken escape is text: presence is all that is asked for.
    ['query', ({ query }, name) => new URLSearchParams(query).get(name) ?? undefined],
    ['cookie', ({ headers }, name) => cookieNamed(headers['cookie'] ?? '', name)],
  ]);

function cookieNamed(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === name)
      return value
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}

/** Says what is where a credential should be, without repeating it. */
export function seen(
  credential: Credential,
  message: RequestMessage,
): { readonly text: string; readonly isThere: boolean } {
  const found = credential.seenIn(message);
  return found === undefined
    ? { text: `there is no \`${credential.name}\``, isThere: false }
    : { text: `\`${credential.name}\` ${found}`, isThere: true };
}

function unusable(scheme: Node, reason: string): ExactMatchError {
  const { file, line, column } = locate(scheme);
  return new ExactMatchError(
    'SPEC_MALFORMED',
    `Failed to use the security scheme at ${file}:${line}:${column}: ${reason}. Give it as OpenAPI has it.`,
  );
}
