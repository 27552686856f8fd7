import { bodySchema } from '../check/declared.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type { Correlation } from './reply.ts';

/**
 * The body of a failure that is an example of the document, with the ids of its own request where
 * the example has those of another: in the `innerError` of an OData error. As it is where it has none,
 * or where the document takes no others.
 *
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#_Toc38457792
 */
export function withOwnIds(
  spec: Spec,
  operation: Operation,
  { status, body }: { readonly status: number; readonly body: string },
  correlation: Correlation,
): string {
  if (status < 400 || !body.includes('"request-id"')) return body;
  const told = read(body);
  const error = isObject(told) ? told['error'] : undefined;
  const inner = isObject(error) ? error['innerError'] : undefined;
  if (!isObject(told) || !isObject(error) || !isObject(inner)) return body;
  const innerError = { ...inner, ...idsFor(inner, correlation) };
  const own: JsonObject = { ...told, error: { ...error, innerError } };
  const schema = bodySchema(spec, operation, status)?.schema;
  const isTaken = !schema || isValid(spec, schema, own, { direction: 'response', strict: false });
  return isTaken ? JSON.stringify(own) : body;
}

/** What is true of this request, of that which the example says of another. */
function idsFor(inner: JsonObject, correlation: Correlation): JsonObject {
  const { requestId, clientRequestId, time } = correlation;
  const all: JsonObject = {
    date: new Date(time).toISOString(),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(inner, name)));
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
