import { ExactMatchError } from '../errors.ts';
import { type Operation, operationById, operationsOf, statusesOf } from '../spec/operation.ts';
import { findRoute } from '../spec/route.ts';
import type { Spec } from '../spec/spec.ts';

/** What is known of the request that a response answers. */
export interface Asked {
  readonly operation: string | undefined;
  readonly method: string | undefined;
  readonly url: string | undefined;
}

/**
 * The operations that a response may be the answer of: one, unless only its URL is known.
 *
 * @throws {ExactMatchError} `OPERATION_UNKNOWN` when there is none.
 */
export function operationsFor(spec: Spec, status: number, asked: Asked): readonly Operation[] {
  if (asked.operation !== undefined) return [operationById(spec, asked.operation)];
  if (asked.url === undefined) {
    throw new ExactMatchError(
      'OPERATION_UNKNOWN',
      'The response does not tell which operation it answers: it has no URL. Pass { operation } or { method, url }.',
    );
  }
  const path = URL.parse(asked.url, 'http://localhost')?.pathname ?? asked.url;
  const method = asked.method === 'HEAD' ? headMethod(spec, path) : asked.method;
  if (method !== undefined) return [operationAt(spec, method, path)];
  return operationsAt(spec, path, status);
}

/** HEAD is answered by GET where the document does not describe it (RFC 9110, 9.3.2). */
export function headMethod(spec: Spec, path: string): string {
  return findRoute(spec, 'HEAD', path).kind === 'found' ? 'HEAD' : 'GET';
}

function operationAt(spec: Spec, method: string, path: string): Operation {
  const route = findRoute(spec, method, path);
  if (route.kind === 'found') return route.operation;
  const has =
    route.kind === 'method' ? `${route.path} has ${route.allowed.join(', ')}` : known(spec);
  throw new ExactMatchError('OPERATION_UNKNOWN', `No operation matches ${method} ${path}: ${has}.`);
}

function operationsAt(spec: Spec, path: string, status: number): readonly Operation[] {
  // No method is called that: the answer lists those that the path has.
  const route = findRoute(spec, '?', path);
  if (route.kind !== 'method') {
    throw new ExactMatchError('OPERATION_UNKNOWN', `No operation matches ${path}: ${known(spec)}.`);
  }
  const all = route.allowed.map((method) => operationAt(spec, method, path));
  const declaring = all.filter((operation) => statusesOf(operation).includes(String(status)));
  return declaring.length > 0 ? declaring : all;
}

function known(spec: Spec): string {
  const paths = [...new Set(operationsOf(spec).map(({ path }) => path))];
  return `the document has ${paths.slice(0, 10).join(', ')}${paths.length > 10 ? ', …' : ''}`;
}
