import type { Finding } from '../finding.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { sample } from '../schema/sample.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Correlation } from './reply.ts';

/** An error body and its media type. */
export interface ErrorBody {
  readonly contentType: string;
  readonly body: Json;
}

/** What an error body is to say. */
export interface Failure {
  readonly status: number;
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly correlation: Correlation;
  /** Whether the response is declared for this very status, so that its example's code is right. */
  readonly isDeclared: boolean;
}

const PROBLEM = 'application/problem+json';

/** The names of statuses, where a document gives no error code of its own. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  402: 'PaymentRequired',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  414: 'UriTooLong',
  415: 'UnsupportedMediaType',
  417: 'ExpectationFailed',
  422: 'UnprocessableContent',
  423: 'Locked',
  424: 'FailedDependency',
  428: 'PreconditionRequired',
  429: 'TooManyRequests',
  431: 'RequestHeaderFieldsTooLarge',
  500: 'InternalServerError',
  501: 'NotImplemented',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/**
 * An error in the form that a response declares, filled with what is true: the first of several forms
 * that its schema accepts, starting from its own example.
 *
 * Without a declared response it is problem details.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function errorBody(
  spec: Spec,
  response: Node<JsonObject> | undefined,
  failure: Failure,
): ErrorBody {
  const entry = response && jsonEntry(response);
  if (!entry) return { contentType: PROBLEM, body: problem(failure) };
  const [contentType, mediaType] = entry;
  const schema = child(mediaType, 'schema');
  const example = exampleOf(spec, mediaType);
  const forms = [...formsOf(example, failure)];
  const fits = (strict: boolean) => (body: Json) =>
    !schema || isValid(spec, schema, body, { direction: 'response', strict });
  const body = forms.find(fits(true)) ?? forms.find(fits(false));
  if (body !== undefined) return { contentType, body };
  const made = example ?? (schema && sample(spec, schema, { direction: 'response' }));
  // An error of a form that nobody knows: the reason goes where a text is.
  const telling = [...tellings(made, failure.reason)].find(fits(false)) ?? made;
  if (telling !== undefined) return { contentType, body: telling };
  return { contentType: PROBLEM, body: problem(failure) };
}

function jsonEntry(response: Node<JsonObject>): [string, Node<JsonObject>] | undefined {
  const content = objectChild(response, 'content');
  for (const [key, node] of content ? children(content) : []) {
    const essence = parseMediaType(key)?.essence;
    if (essence !== undefined && isJson(essence) && isObjectNode(node)) return [key, node];
  }
  return undefined;
}

function exampleOf(spec: Spec, mediaType: Node<JsonObject>): Json | undefined {
  const example = child(mediaType, 'example');
  if (example) return example.value;
  const examples = objectChild(mediaType, 'examples');
  for (const [, found] of examples ? children(examples) : []) {
    const node = resolve(spec, found);
    const value = isObjectNode(node) ? child(node, 'value') : undefined;
    if (value) return value.value;
  }
  return undefined;
}

/** The forms that error bodies have, the most telling first. */
function* formsOf(example: Json | undefined, failure: Failure): Iterable<Json> {
  const { reason, correlation, status } = failure;
  const code = (failure.isDeclared && codeOf(example)) || (CODES[status] ?? `Error${status}`);
  const list = failure.findings.map(({ code: kind, message: text, at }) => ({
    code: kind,
    message: text,
    target: at,
  }));
  const details = list.length === 0 ? {} : { details: list };
  const innerError = {
    date: new Date(correlation.time).toISOString(),
    'request-id': correlation.requestId,
    'client-request-id': correlation.clientRequestId ?? correlation.requestId,
  };
  const message = { code, message: reason };
  if (isObject(example)) yield* fill(example, failure, code, list, innerError);
  yield { error: { ...message, ...details, innerError } };
  yield { error: { ...message, innerError } };
  yield { error: message };
  yield problem(failure);
  yield { ...message, ...details };
  yield message;
  yield { message: reason, errors: list };
  yield { message: reason };
  yield { error: code, error_description: reason };
  yield { error: reason };
  yield reason;
}

/** Names under which errors have their reasons, the most usual first. */
const REASONS = /message|msg|detail|reason|description|text|error|title/i;
/** So many places are tried for a reason. */
const PLACES = 20;

/** A body with a reason in place of one of its texts: those that are named so come first. */
function* tellings(body: Json | undefined, reason: string): Iterable<Json> {
  const places = [...textsIn(body ?? null, [])].slice(0, PLACES);
  const named = places.filter((path) => REASONS.test(String(path.at(-1))));
  for (const path of [...named, ...places]) yield replaced(body ?? null, path, reason);
}

type Path = readonly (string | number)[];

function* textsIn(value: Json, path: Path): Iterable<Path> {
  if (typeof value === 'string') yield path;
  if (isArray(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) yield* textsIn(member, [...path, name]);
}

function replaced(value: Json, [first, ...rest]: Path, reason: string): Json {
  if (first === undefined) return reason;
  if (isArray(value)) {
    return value.map((item, index) => (index === first ? replaced(item, rest, reason) : item));
  }
  if (!isObject(value)) return value;
  return { ...value, [first]: replaced(value[first] ?? null, rest, reason) };
}

/** The example with its texts replaced by what is true here. */
function* fill(
  example: JsonObject,
  failure: Failure,
  code: string,
  details: readonly JsonObject[],
  innerError: JsonObject,
): Iterable<Json> {
  const inner = isObject(example['error']) ? example['error'] : example;
  const name = ['message', 'detail', 'error_description', 'title'].find((key) => key in inner);
  if (name === undefined) return;
  const { target: _target, details: _details, errors, ...rest } = inner;
  const known = isObject(rest['innerError'])
    ? { innerError: { ...rest['innerError'], ...innerError } }
    : {};
  const told = {
    ...rest,
    ...known,
    ...('code' in rest ? { code } : {}),
    [name]: failure.reason,
    ...(typeof rest['status'] === 'number' ? { status: failure.status } : {}),
    ...(isArray(errors) ? { errors: [] } : {}),
  };
  const wrap = (body: JsonObject) => (inner === example ? body : { ...example, error: body });
  if (isArray(errors)) yield wrap({ ...told, errors: details });
  if (!isArray(errors) && details.length > 0) yield wrap({ ...told, details });
  yield wrap(told);
}

function codeOf(example: Json | undefined): string | undefined {
  if (!isObject(example)) return undefined;
  const inner = isObject(example['error']) ? example['error'] : example;
  return typeof inner['code'] === 'string' ? inner['code'] : undefined;
}

function problem({ status, reason, findings, correlation }: Failure): JsonObject {
  return {
    type: 'about:blank',
    title: (CODES[status] ?? `Error ${status}`).replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
    status,
    detail: reason,
    instance: `urn:uuid:${correlation.requestId}`,
    ...(findings.length > 0
      ? {
          errors: findings.map(({ code, message, at }) => ({ code, detail: message, pointer: at })),
        }
      : {}),
  };
}
