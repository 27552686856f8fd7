import { judgeResponse, undeclaredStatus } from '../check/response.ts';
import type { Finding } from '../finding.ts';
import { isObject, type JsonObject } from '../json.ts';
import { type Operation, responseFor } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { judgeExampleBody } from './example-body.ts';
import type { Interaction, PactResponse } from './interaction.ts';
import { toResponseMessage } from './message.ts';
import { findUnpromised } from './promised-body.ts';
import { judgeReliedHeaders } from './relied-headers.ts';

/**
 * Judges the response that an interaction expects of an operation: whether the document lets the
 * provider answer so, and whether it promises all that the consumer relies on.
 *
 * A consumer names what it reads and no more: what it leaves out is no finding.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where this response needs it.
 */
export function judgeExpectedResponse(
  spec: Spec,
  operation: Operation,
  { request, response: expected }: Interaction,
): readonly Finding[] {
  const { status } = expected;
  const response = responseFor(spec, operation, status);
  if (!response) return [undeclaredStatus(operation, status)];
  return [
    ...judgeReliedHeaders(spec, operation, response, expected),
    ...judgeBody(spec, operation, response, expected, request.method === 'HEAD'),
  ];
}

function judgeBody(
  spec: Spec,
  operation: Operation,
  response: Node<JsonObject>,
  expected: PactResponse,
  isHead: boolean,
): readonly Finding[] {
  const { body, rules } = expected;
  if (body.kind === 'absent') return [];
  const declared = response.value['content'];
  const hasContent = isObject(declared) && Object.keys(declared).length > 0;
  // Of no media type, null is what some writers have for no body at all.
  const isNothing = body.kind === 'json' && body.value === null && body.contentType === undefined;
  if (isNothing && !hasContent) return [];
  if (body.kind === 'empty' || !hasContent) {
    const message = toResponseMessage(expected);
    const all = judgeResponse(spec, operation, message, { isHead });
    return all.filter(({ code }) => code.startsWith('response.body'));
  }
  const { findings, read } = judgeExampleBody(spec, response, expected);
  if (!read) return findings;
  // What the provider cannot send at all is not said again to be unpromised.
  const wrong = new Set(findings.map(({ at }) => at));
  const unpromised = findUnpromised(spec, read, rules.body);
  return [...findings, ...unpromised.filter(({ at }) => !wrong.has(at))];
}
