import { credentialOf } from '../check/credential.ts';
import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, ownString } from '../json.ts';
import { canonical } from '../schema/equal.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import type { Operation } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import { serversOf } from '../spec/route.ts';
import { basePathsOf } from '../spec/server.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Draft } from './form.ts';
import { setText, sorted } from './scalars.ts';

/** Whether an operation has servers, or security, of its own. */
export function ownsServers(spec: Spec, operation: Operation): boolean {
  return serversOf(spec, operation)?.pointer !== child(spec.root, 'servers')?.pointer;
}

/** Whether an operation has security of its own. */
export function ownsSecurity({ node }: Operation): boolean {
  return isArray(node.value['security']);
}

/**
 * Adds the servers to a draft: `x-addresses` are their addresses, `x-basePaths` the paths that they put
 * before those of the document.
 */
export function writeServers(
  draft: Draft,
  servers: Node | undefined,
  members: Map<string, Node>,
): void {
  const list = servers ? [...children(servers)].map(([, { value }]) => value) : [];
  const addresses = list.map((server) =>
    isObject(server) ? addressOf(server['url'], server['variables']) : '/',
  );
  draft['x-addresses'] = setText(addresses.length > 0 ? addresses : ['/']);
  draft['x-basePaths'] =
    servers && list.length > 0
      ? setText(basePathsOf(servers).map(({ path }) => path || '/'))
      : setText(['/']);
  if (!servers) return;
  members.set('x-addresses', servers);
  members.set('x-basePaths', servers);
}

function addressOf(url: unknown, variables: unknown): string {
  const address = typeof url === 'string' ? url.replace(/(?<=.)\/+$/, '') : '/';
  return isObject(variables) && address.includes('{')
    ? `${address} ${canonical(variables)}`
    : address;
}

/**
 * Adds the security requirements to a draft: each alternative is a text, the list of all that a
 * request must carry.
 */
export function writeSecurity(
  spec: Spec,
  draft: Draft,
  owner: Node,
  members: Map<string, Node>,
): void {
  const node = child(owner, 'security');
  const alternatives = node && isArray(node.value) ? [...children(node)].map(([, one]) => one) : [];
  const texts = alternatives.map((one) => JSON.stringify(demandsOf(spec, one)));
  draft['x-demands'] = setText(texts.length > 0 ? texts : ['[]']);
  if (node) members.set('x-demands', node);
}

function demandsOf(spec: Spec, alternative: Node): readonly string[] {
  const demands: string[] = [];
  for (const [name, scopes] of children(alternative)) {
    demands.push(...schemeDemands(spec, name));
    for (const [, scope] of children(scopes)) demands.push(`the scope ${String(scope.value)}`);
  }
  return sorted(demands);
}

function schemeDemands(spec: Spec, name: string): readonly string[] {
  const components = objectChild(spec.root, 'components');
  const schemes = components && objectChild(components, 'securitySchemes');
  const found = schemes && child(schemes, name);
  try {
    const scheme = found && resolve(spec, found);
    if (!scheme || !isObjectNode(scheme)) return [`the security scheme ${name}`];
    const credential = credentialOf(name, scheme);
    if (!credential) return [`${ownString(scheme.value, 'type')} ${name}`];
    return [credential.label];
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) throw cause;
    return [`the security scheme ${name}`];
  }
}

/** Adds what the security schemes say of where tokens come from. */
export function writeSchemes(spec: Spec, draft: Draft, members: Map<string, Node>): void {
  const components = objectChild(spec.root, 'components');
  const schemes = components && objectChild(components, 'securitySchemes');
  const texts: string[] = [];
  for (const [name, found] of schemes ? children(schemes) : []) {
    const { value } = found;
    if (!isObject(value)) continue;
    for (const [keyword, item] of Object.entries(value)) {
      if (keyword === 'flows' || keyword === 'openIdConnectUrl') {
        texts.push(`${name}.${keyword} ${canonical(item)}`);
      }
    }
  }
  draft['x-flows'] = setText(texts);
  if (schemes) members.set('x-flows', schemes);
}
