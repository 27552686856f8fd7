import { ExactMatchError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { isArray, type JsonObject, ownString } from '../json.ts';
import { locate } from '../spec/locate.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import type { Operation, ParameterPlace } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { type Credential, credentialOf, seen } from './credential.ts';
import type { RequestMessage } from './message.ts';

const NONE: readonly Finding[] = [];

/**
 * Tells whether a request carries the credentials that its operation demands: at most one finding.
 *
 * Only their scheme and presence are judged, never their value, which no finding repeats.
 *
 * @throws {ExactMatchError} `SPEC_REF_UNRESOLVED` when a security scheme is named that the document
 *   does not have, `SPEC_MALFORMED` when one is of no known type.
 * @see https://spec.openapis.org/oas/v3.1.1#security-requirement-object
 */
export function checkSecurity(
  spec: Spec,
  operation: Operation,
  message: RequestMessage,
): readonly Finding[] {
  const { node, alternatives } = requirementsOf(spec, operation);
  if (!node || alternatives.length === 0) return NONE;
  let nearest: Lack | undefined;
  for (const alternative of alternatives) {
    const missing = alternative.credentials.filter((credential) => !credential.isIn(message));
    const [first] = missing;
    if (!first) return NONE;
    if (nearest && nearest.count <= missing.length) continue;
    nearest = { count: missing.length, first };
  }
  return nearest ? [missingCredentials(message, node, alternatives, nearest.first)] : NONE;
}

/**
 * The `WWW-Authenticate` values of a 401 answer: one for each scheme that the operation takes.
 *
 * @throws {ExactMatchError} as `checkSecurity`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function challengesOf(spec: Spec, operation: Operation): readonly string[] {
  const title = ownString(objectChild(spec.root, 'info')?.value ?? {}, 'title') ?? 'api';
  const realm = title.replace(/[^ !#-[\]-~]/g, '') || 'api';
  const schemes = requirementsOf(spec, operation)
    .alternatives.flatMap(({ credentials }) => credentials)
    .flatMap(({ challenge }) => challenge ?? []);
  return [...new Set(schemes)].map((scheme) => `${scheme} realm="${realm}"`);
}

/** The credentials of the first alternative that an operation takes; none when it demands none. */
export function credentialsOf(spec: Spec, operation: Operation): readonly Credential[] {
  return requirementsOf(spec, operation).alternatives[0]?.credentials ?? [];
}

/** The credentials that an operation takes, each list demanded together; none when it demands none. */
export function credentialChoicesOf(
  spec: Spec,
  operation: Operation,
): readonly (readonly Credential[])[] {
  return requirementsOf(spec, operation).alternatives.map(({ credentials }) => credentials);
}

/** Tells whether a name in the query, or of a cookie, is that of an API key of the operation. */
export function isKeyName(
  spec: Spec,
  operation: Operation,
  place: ParameterPlace,
  name: string,
): boolean {
  return requirementsOf(spec, operation).alternatives.some(({ credentials }) =>
    credentials.some((credential) => credential.place === `${place} ${name}`),
  );
}

interface Lack {
  readonly count: number;
  readonly first: Credential;
}

/** Credentials that are demanded together. */
interface Alternative {
  readonly node: Node;
  readonly credentials: readonly Credential[];
}

interface Requirements {
  /** The list that applies; `undefined` when nothing is demanded. */
  readonly node: Node | undefined;
  readonly alternatives: readonly Alternative[];
}

const tables = remembered((_spec) => new WeakMap<Operation, Requirements>());

function requirementsOf(spec: Spec, operation: Operation): Requirements {
  const known = tables(spec);
  let requirements = known.get(operation);
  if (!requirements) {
    requirements = readRequirements(spec, operation);
    known.set(operation, requirements);
  }
  return requirements;
}

function readRequirements(spec: Spec, operation: Operation): Requirements {
  const node = [operation.node, spec.root]
    .map((owner) => child(owner, 'security'))
    .find((found) => found !== undefined && isArray(found.value));
  const alternatives = [...(node ? children(node) : [])].flatMap(([, requirement]) =>
    isObjectNode(requirement)
      ? [{ node: requirement, credentials: readCredentials(spec, requirement) }]
      : [],
  );
  return { node, alternatives };
}

function readCredentials(spec: Spec, requirement: Node<JsonObject>): readonly Credential[] {
  return [...children(requirement)].flatMap(([name, use]) => {
    const scheme = schemeNamed(spec, name, use);
    return credentialOf(name, scheme) ?? [];
  });
}

function schemeNamed(spec: Spec, name: string, use: Node): Node<JsonObject> {
  const components = objectChild(spec.root, 'components');
  const schemes = components && objectChild(components, 'securitySchemes');
  const found = schemes && child(schemes, name);
  const scheme = found && resolve(spec, found);
  if (scheme && isObjectNode(scheme)) return scheme;
  const { file, line, column } = locate(use);
  const declared = Object.keys(schemes?.value ?? {}).join(', ') || 'none';
  throw new ExactMatchError(
    'SPEC_REF_UNRESOLVED',
    `Failed to find the security scheme "${name}" of ${file}:${line}:${column}: components.securitySchemes has ${declared}.`,
  );
}

function missingCredentials(
  message: RequestMessage,
  node: Node,
  alternatives: readonly Alternative[],
  first: Credential,
): Finding {
  const demanded = alternatives.map(({ credentials }) =>
    credentials.map(({ label }) => label).join(' and '),
  );
  const [only] = alternatives;
  const places = new Map<string, Credential>();
  for (const { credentials } of alternatives) {
    for (const credential of credentials) places.set(credential.place, credential);
  }
  const found = [...places.values()].map((credential) => seen(credential, message));
  const carried = found.filter(({ isThere }) => isThere).map(({ text }) => text);
  return {
    code: 'request.security.missing',
    severity: 'error',
    message: `The request must carry ${demanded.join(', or ')}: ${found.map(({ text }) => text).join(', ')}.`,
    at: first.name,
    spec: locate(only && alternatives.length === 1 ? only.node : node),
    expected: demanded,
    ...(carried.length > 0 ? { actual: carried.join(', ') } : {}),
  };
}
