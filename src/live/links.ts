import { isObject, type Json, ownString } from '../json.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, operationAt, operationsOf, responseFor } from '../spec/operation.ts';
import { tokens } from '../spec/pointer.ts';
import { resolve } from '../spec/ref.ts';
import type { Spec } from '../spec/spec.ts';
import type { Draft } from './draft.ts';
import { valueAt } from './edit.ts';
import type { Ids } from './ids.ts';
import type { Answered } from './run.ts';

/**
 * Keeps what the links of an answer say of the path parameters of other operations.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#link-object
 */
export function followLinks(spec: Spec, ids: Ids, draft: Draft, answer: Answered): void {
  const response = responseFor(spec, draft.operation, answer.status);
  const links = response && objectChild(response, 'links');
  for (const [, found] of links ? children(links) : []) {
    const link = resolve(spec, found);
    const target = isObjectNode(link) ? targetOf(spec, link.value) : undefined;
    const parameters = child(link, 'parameters')?.value;
    if (!target || !isObject(parameters)) continue;
    for (const [name, expression] of Object.entries(parameters)) {
      const value = evaluate(expression, draft, answer);
      if (value !== undefined) ids.link(target.id, name.replace(/^path\./, ''), value);
    }
  }
}

function targetOf(spec: Spec, link: { readonly [key: string]: Json }): Operation | undefined {
  const id = ownString(link, 'operationId');
  if (id !== undefined) return operationsOf(spec).find((operation) => operation.id === id);
  const reference = ownString(link, 'operationRef') ?? '';
  const [root, path, method] = tokens(reference.slice(reference.indexOf('#') + 1)) ?? [];
  if (root !== 'paths' || path === undefined || method === undefined) return undefined;
  return operationAt(spec, method.toUpperCase(), path);
}

/**
 * The value of a runtime expression; a value that is none is itself.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#runtime-expressions
 */
function evaluate(expression: Json, draft: Draft, answer: Answered): Json | undefined {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression;
  const [source = '', pointer = ''] = expression.split('#', 2);
  const [message, part, ...rest] = source.split('.');
  const name = rest.join('.');
  const way = tokens(pointer) ?? [];
  if (message === '$response') {
    if (part === 'header') return answer.response.headers[name.toLowerCase()];
    return part === 'body' && answer.body !== undefined ? valueAt(answer.body, way) : undefined;
  }
  const { values, binding, body } = draft;
  if (part === 'body') return body && 'value' in body ? valueAt(body.value, way) : undefined;
  if (part === 'path') return binding.values[name];
  return part === 'query' || part === 'header' ? values[part][name] : undefined;
}
