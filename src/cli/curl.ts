import { exampleRequest } from '../check/example-request.ts';
import type { RequestMessage } from '../check/message.ts';
import { type Operation, operationsOf, requestBodyOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';

/**
 * A `curl` line that a mock of the document at that base URL answers with success; `undefined` when
 * no operation has a request that could be made up.
 */
export function curlOf(spec: Spec, baseUrl: string): string | undefined {
  for (const operation of telling(spec)) {
    const request = exampleRequest(spec, operation);
    if (request) return written(request, baseUrl);
  }
  return undefined;
}

/** Operations that create something first: they show most. */
function* telling(spec: Spec): Iterable<Operation> {
  const all = operationsOf(spec);
  const takesBody = (operation: Operation) => requestBodyOf(spec, operation) !== undefined;
  for (const wanted of [2, 1, 0]) {
    for (const operation of all) {
      const rank = Number(operation.method === 'POST') + Number(takesBody(operation));
      if (rank === wanted) yield operation;
    }
  }
}

function written({ method, path, query, headers, content }: RequestMessage, base: string): string {
  const url = base + path + (query === '' ? '' : `?${query}`);
  const hasBody = content.kind === 'text';
  // With -X HEAD, curl waits for a body; with -d and no -X, it sends a POST.
  const isSaid = method !== 'HEAD' && (method !== 'GET' || hasBody);
  const how = method === 'HEAD' ? '-I' : '-i';
  const parts = ['curl', how, ...(isSaid ? ['-X', method] : []), quoted(url)];
  for (const [name, value] of Object.entries(headers))
    parts.push('-H', quoted(`${name}: ${value}`));
  if (hasBody) parts.push('-d', quoted(content.text));
  return parts.join(' ');
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
