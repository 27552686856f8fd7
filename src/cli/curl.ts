import { curlLine } from '../check/curl-line.ts';
import { exampleRequest } from '../check/example-request.ts';
import { type Operation, operationsOf, requestBodyOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';

/**
 * A `curl` line that a mock of the document at that base URL answers with success; `undefined` when
 * no operation has a request that could be made up.
 */
export function curlOf(spec: Spec, baseUrl: string): string | undefined {
  for (const operation of telling(spec)) {
    const request = exampleRequest(spec, operation);
    if (request) return curlLine(request, baseUrl);
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
