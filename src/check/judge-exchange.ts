import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import {
  type RequestInput,
  type ResponseInput,
  toRequestMessage,
  toResponseMessage,
} from './exchange.ts';
import { requireSpec } from './given-spec.ts';
import type { CheckOptions, RequestMessage, ResponseMessage } from './message.ts';
import type { ParameterValues } from './parameters.ts';
import { judgeRequest } from './request.ts';
import { headMethod } from './responding-operation.ts';
import { type ResponseVerdict, readResponse } from './response.ts';

/** A request and what answered it. */
export interface ExchangeInput {
  readonly request: RequestInput;
  /** Left out where nothing answered. */
  readonly response?: ResponseInput | undefined;
}

/** A request and what answered it, read and ready to be judged. */
export interface ExchangeMessage {
  readonly request: RequestMessage;
  readonly response?: ResponseMessage | undefined;
}

/** What an exchange turned out to be. */
export interface ExchangeVerdict extends ExchangeMessage {
  /** The operation asked for; `undefined` when no path and method match. */
  readonly operation: Operation | undefined;
  /** The request's parameters, decoded and typed; those with findings are missing. */
  readonly parameters: ParameterValues;
  /** The request's body, decoded; `undefined` when there is none, or none that could be read. */
  readonly body: Json | undefined;
  /** The response's body, decoded; `undefined` when there is none, or none that could be read. */
  readonly responseBody: Json | undefined;
  readonly requestFindings: readonly Finding[];
  readonly responseFindings: readonly Finding[];
}

/**
 * Lists every way in which a request and its response break the document; none when both keep their
 * promise. A response to a request that is of no operation is not judged: nothing promises it.
 *
 * @throws {ExactMatchError} `MESSAGE_UNREADABLE`, or `SPEC_*` when the document is broken where this
 * exchange needs it.
 */
export async function checkExchange(
  spec: Spec,
  { request, response }: ExchangeInput,
  options: CheckOptions = {},
): Promise<readonly Finding[]> {
  requireSpec(spec);
  const exchange = {
    request: await toRequestMessage(request),
    response: response === undefined ? undefined : (await toResponseMessage(response)).message,
  };
  const { requestFindings, responseFindings } = judgeExchange(spec, exchange, options);
  return [...requestFindings, ...responseFindings];
}

/**
 * Judges a request and its response.
 *
 * @throws {ExactMatchError} when the document is broken where this exchange needs it.
 */
export function judgeExchange(
  spec: Spec,
  exchange: ExchangeMessage,
  options: CheckOptions = {},
): ExchangeVerdict {
  const { request, response } = exchange;
  const isHead = request.method === 'HEAD';
  const judged = isHead ? { ...request, method: headMethod(spec, request.path) } : request;
  const { operation, findings, parameters, body } = judgeRequest(spec, judged, options);
  const answer =
    operation && response
      ? readResponse(spec, operation, response, { ...options, isHead })
      : UNJUDGED;
  return {
    ...exchange,
    ...{ operation, parameters, body },
    responseBody: answer.body,
    requestFindings: findings,
    responseFindings: answer.findings,
  };
}

/** Nothing promises an answer to what is no operation. */
const UNJUDGED: ResponseVerdict = { findings: [], body: undefined };
