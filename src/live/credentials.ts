import type { Credential } from '../check/credential.ts';
import { secretNamesOf } from '../check/redact.ts';
import { credentialChoicesOf } from '../check/security.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { ProbeSecret, ProbeToken, Settings } from './settings.ts';
import { markOf, variableFor } from './variable.ts';

/** Something that a request carries to show who asks. */
export interface Carried {
  readonly place: 'header' | 'query' | 'cookie';
  readonly name: string;
  readonly text: string;
}

/** What the requests of an operation carry; or what is not there to be carried. */
export type Identity =
  | { readonly kind: 'ready'; readonly carried: readonly Carried[] }
  | { readonly kind: 'lacking'; readonly wanted: string };

/** Which values are written: the true ones, or marks in their place, for lines that are printed. */
export type SecretUse = 'true' | 'marked';

/**
 * What the requests of an operation carry: the first choice of its security that the tokens and headers
 * given can fill.
 */
export function identityFor(
  spec: Spec,
  operation: Operation,
  settings: Settings,
  use: SecretUse,
): Identity {
  const choices = credentialChoicesOf(spec, operation);
  if (choices.length === 0) return { kind: 'ready', carried: [] };
  const filled = choices.map((credentials) =>
    credentials.map((credential) => carriedFor(credential, settings, use)),
  );
  // Where nothing has to be carried, what can be carried still is.
  const complete = filled
    .filter((carried): carried is Carried[][] => carried.every((each) => each !== undefined))
    .sort((one, other) => other.length - one.length);
  const [first] = complete;
  if (first) return { kind: 'ready', carried: first.flat() };
  const labels = choices.map((credentials) => credentials.map(({ label }) => label).join(' and '));
  return { kind: 'lacking', wanted: labels.join(', or ') };
}

/** Nothing to add where a header that is given fills it; `undefined` where nothing does. */
function carriedFor(
  { scheme, place: where, name, challenge }: Credential,
  { tokens, headers }: Settings,
  use: SecretUse,
): readonly Carried[] | undefined {
  const [place = ''] = where.split(' ');
  if (place === 'header' && headers[name] !== undefined) return [];
  const cookie = headers['cookie'] ?? '';
  const cookies = (typeof cookie === 'string' ? cookie : cookie.value).split(/;\s*/);
  const isGivenCookie = cookies.some((pair) => pair.startsWith(`${name}=`));
  if (place === 'cookie' && isGivenCookie) return [];
  const token =
    tokens.find((each) => each.scheme === scheme) ?? tokens.find((each) => !each.scheme);
  if (!token) return undefined;
  const isScheme = place === 'header' && name === 'authorization';
  const text = isScheme
    ? `${challenge} ${credentialText(challenge, token, use)}`
    : textOf(token, use);
  if (place !== 'header' && place !== 'query' && place !== 'cookie') return undefined;
  return [{ place, name, text }];
}

function textOf({ value, variable }: ProbeToken, use: SecretUse): string {
  return use === 'true' ? value : markOf(variable);
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function credentialText(challenge: string, token: ProbeToken, use: SecretUse): string {
  const isPair = challenge === 'Basic' && token.value.includes(':') && use === 'true';
  return isPair ? Buffer.from(token.value).toString('base64') : textOf(token, use);
}

/** The headers that every request carries; those that are secret, or may be by their names, marked if asked. */
export function givenHeaders(
  spec: Spec,
  { headers }: Settings,
  use: SecretUse,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, given]) => {
      const { value, variable } = secretIn(spec, name, given);
      return [name, use === 'true' || variable === undefined ? value : markOf(variable)];
    }),
  );
}

/** All texts that must not be shown. */
export function secretsOf(spec: Spec, { tokens, headers }: Settings): readonly string[] {
  const given = Object.entries(headers).map(([name, header]) => secretIn(spec, name, header));
  const hidden = given.filter(({ variable }) => variable !== undefined);
  return [...tokens, ...hidden].map(({ value }) => value);
}

const SECRET = /auth|cookie|token|secret|key|password|session|credential/i;

/** A header that is given, and the variable that stands for it where it is a secret. */
function secretIn(
  spec: Spec,
  name: string,
  given: string | ProbeSecret,
): { readonly value: string; readonly variable: string | undefined } {
  if (typeof given !== 'string') return given;
  const isSecret = SECRET.test(name) || secretNamesOf(spec).has(name);
  return { value: given, variable: isSecret ? variableFor(name).toUpperCase() : undefined };
}
