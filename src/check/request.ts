import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';
import { locate } from '../spec/locate.ts';
import { nearestOperations } from '../spec/nearest.ts';
import { child, objectChild } from '../spec/node.ts';
import { type Operation, operationsOf, requestBodyOf } from '../spec/operation.ts';
import { findRoute, type RouteResult } from '../spec/route.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeContent } from './body.ts';
import { judgeBody } from './body-finding.ts';
import { mediaTypeFinding, mediaTypeFor, unreadableBody } from './body-media-type.ts';
import { emptyValue } from './empty-body.ts';
import { type CheckOptions, isEmpty, isUnknown, type RequestMessage } from './message.ts';
import { type ParameterValues, readParameters } from './parameters.ts';
import { checkSecurity } from './security.ts';

/** What a request turned out to be. */
export interface RequestVerdict {
  /** The operation asked for; `undefined` when no path and method match. */
  readonly operation: Operation | undefined;
  readonly findings: readonly Finding[];
  /** The parameters, decoded and typed; those with findings are missing. */
  readonly parameters: ParameterValues;
  /** The body, decoded; `undefined` when there is none, or none that could be read. */
  readonly body: Json | undefined;
  /** The methods that the path has, when it has not the one asked for. */
  readonly allowed: readonly string[];
}

const NO_VALUES: ParameterValues = { path: {}, query: {}, header: {}, cookie: {} };
const NONE: readonly never[] = [];

/**
 * Judges a request by the operation that its method and path choose.
 *
 * @throws {ExactMatchError} when the document is broken where this request needs it.
 * @see https://spec.openapis.org/oas/v3.1.1#operation-object
 */
export function judgeRequest(
  spec: Spec,
  message: RequestMessage,
  options: CheckOptions = {},
): RequestVerdict {
  const route = findRoute(spec, message.method, message.path);
  if (route.kind !== 'found') return withoutOperation(spec, message, route);
  return judgeOperationRequest(spec, route.operation, route.pathParameters, message, options);
}

/** Judges a request by an operation that is known already, given the raw path parameters. */
function judgeOperationRequest(
  spec: Spec,
  operation: Operation,
  pathParameters: Readonly<Record<string, string>>,
  message: RequestMessage,
  options: CheckOptions,
): RequestVerdict {
  const security = checkSecurity(spec, operation, message);
  const parameters = readParameters(spec, operation, message, pathParameters, options);
  const body = readBody(spec, operation, message, options);
  return {
    operation,
    findings: concat(security, parameters.findings, body.findings),
    parameters: parameters.values,
    body: body.value,
    allowed: NONE,
  };
}

function concat(...lists: (readonly Finding[])[]): readonly Finding[] {
  const filled = lists.filter((list) => list.length > 0);
  return filled.length === 0 ? NONE : filled.flat();
}

interface BodyReading {
  readonly findings: readonly Finding[];
  readonly value: Json | undefined;
}

const NOTHING: BodyReading = { findings: NONE, value: undefined };

function readBody(
  spec: Spec,
  operation: Operation,
  message: RequestMessage,
  options: CheckOptions,
): BodyReading {
  if (isUnknown(message)) return NOTHING;
  const requestBody = requestBodyOf(spec, operation);
  if (!requestBody) return unexpectedBody(operation, message, options);
  const contentType = message.headers['content-type'];
  if (isEmpty(message.content)) {
    if (requestBody.value['required'] !== true) return NOTHING;
    const value = emptyValue(spec, requestBody, contentType, 'request');
    if (value !== undefined) return { findings: NONE, value };
    return refuse({
      code: 'request.body.required',
      severity: 'error',
      message: 'The request body is missing: it is required.',
      at: '',
      spec: locate(child(requestBody, 'required') ?? requestBody),
    });
  }
  const mediaType = mediaTypeFor(requestBody, contentType, message.content);
  if (!mediaType) return refuse(mediaTypeFinding('request', requestBody, contentType));
  const decoded = decodeContent(spec, mediaType, contentType, message.content, 'request');
  if (decoded.kind === 'opaque') return NOTHING;
  if (decoded.kind !== 'value') return refuse(unreadableBody('request', mediaType, decoded));
  const judged = { direction: 'request', strict: options.strict === true } as const;
  const { value } = decoded;
  return { findings: judgeBody(spec, mediaType.schema, value, judged), value };
}

function refuse(finding: Finding): BodyReading {
  return { findings: [finding], value: undefined };
}

/** RFC 9110 lets a server ignore a body that means nothing, so it is an error only under `strict`. */
function unexpectedBody(
  operation: Operation,
  message: RequestMessage,
  options: CheckOptions,
): BodyReading {
  if (isEmpty(message.content) || message.content.kind === 'unseen') return NOTHING;
  return refuse({
    code: 'request.body.unexpected',
    severity: options.strict ? 'error' : 'warning',
    message: `${operation.method} ${operation.path} takes no body, and the request has one.`,
    at: '',
    spec: locate(operation.node),
  });
}

function withoutOperation(
  spec: Spec,
  message: RequestMessage,
  route: Exclude<RouteResult, { kind: 'found' }>,
): RequestVerdict {
  const paths = objectChild(spec.root, 'paths') ?? spec.root;
  const asked = `${message.method} ${message.path}`;
  const rest = { operation: undefined, parameters: NO_VALUES, body: undefined };
  if (route.kind === 'method') {
    const finding: Finding = {
      code: 'request.method.unknown',
      severity: 'error',
      message: `${asked} is no operation: ${route.path} has ${route.allowed.join(', ')}.`,
      at: '',
      spec: locate(objectChild(paths, route.path) ?? paths),
      expected: route.allowed,
      actual: message.method,
    };
    return { ...rest, findings: [finding], allowed: route.allowed };
  }
  const reason = route.kind === 'malformed' ? route.reason : listOperations(spec, message.path);
  const finding: Finding = {
    code: route.kind === 'malformed' ? 'request.path.malformed' : 'request.path.unmatched',
    severity: 'error',
    message: `No operation matches ${asked}. ${reason}`,
    at: '',
    spec: locate(paths),
    actual: message.path,
  };
  return { ...rest, findings: [finding], allowed: NONE };
}

function listOperations(spec: Spec, path: string): string {
  const count = operationsOf(spec).length;
  const nearest = nearestOperations(spec, path);
  const listed = nearest.map((operation) => `${operation.method} ${operation.path}`).join(', ');
  if (count > nearest.length) return `The nearest of ${count} operations: ${listed}.`;
  return `The document has: ${listed || 'no operations'}.`;
}
