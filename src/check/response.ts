import type { Finding } from '../finding.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { JudgeOptions } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { type Operation, responseFor, statusesOf } from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { decodeContent } from './body.ts';
import { judgeBody } from './body-finding.ts';
import { mediaTypeFinding, mediaTypeFor, unreadableBody } from './body-media-type.ts';
import { emptyValue } from './empty-body.ts';
import { judgeHeader } from './header.ts';
import { type CheckOptions, isEmpty, isUnknown, type ResponseMessage } from './message.ts';

/** What a response turned out to be. */
export interface ResponseVerdict {
  readonly findings: readonly Finding[];
  /** The body, decoded; `undefined` when there is none, or none that could be read. */
  readonly body: Json | undefined;
}

const NONE: readonly Finding[] = [];

/**
 * Lists what a response of an operation breaks: by its status, its headers, its body.
 *
 * @throws {ExactMatchError} when the document is broken where this response needs it.
 * @see https://spec.openapis.org/oas/v3.1.1#response-object
 */
export function judgeResponse(
  spec: Spec,
  operation: Operation,
  message: ResponseMessage,
  options: ResponseOptions = {},
): readonly Finding[] {
  return readResponse(spec, operation, message, options).findings;
}

/** How a response is judged. */
export interface ResponseOptions extends CheckOptions {
  /** Whether it answers a HEAD, and so has no body. */
  readonly isHead?: boolean;
}

/**
 * Judges a response of an operation, and gives its body as it was read.
 *
 * @throws {ExactMatchError} when the document is broken where this response needs it.
 */
export function readResponse(
  spec: Spec,
  operation: Operation,
  message: ResponseMessage,
  options: ResponseOptions = {},
): ResponseVerdict {
  const response = responseFor(spec, operation, message.status);
  if (!response) return refuse(undeclaredStatus(operation, message.status));
  const judged = { direction: 'response', strict: options.strict === true } as const;
  const headers = judgeHeaders(spec, response, message, judged);
  const bodiless = options.isHead === true && isEmpty(message.content);
  const body = bodiless ? NOTHING : judgeContent(spec, response, message, judged);
  return headers.length === 0 ? body : { ...body, findings: [...headers, ...body.findings] };
}

const NOTHING: ResponseVerdict = { findings: NONE, body: undefined };

function refuse(finding: Finding): ResponseVerdict {
  return { findings: [finding], body: undefined };
}

/** The finding for a status that an operation does not declare. */
export function undeclaredStatus(operation: Operation, status: number): Finding {
  const declared = statusesOf(operation);
  return {
    code: 'response.status.undeclared',
    severity: 'error',
    message: `${operation.method} ${operation.path} declares no response ${status}: it has ${declared.join(', ') || 'none'}.`,
    at: '',
    spec: locate(objectChild(operation.node, 'responses') ?? operation.node),
    expected: declared,
    actual: status,
  };
}

interface Header {
  readonly name: string;
  readonly node: Node<JsonObject>;
}

const headerTables = remembered(() => new WeakMap<object, readonly Header[]>());

/** The declared headers of a response; OpenAPI has `Content-Type` described by `content`. */
function headersOf(spec: Spec, response: Node<JsonObject>): readonly Header[] {
  const tables = headerTables(spec);
  let table = tables.get(response.value);
  if (!table) {
    const declared = objectChild(response, 'headers');
    table = [...(declared ? children(declared) : [])].flatMap(([name, found]) => {
      const node = resolve(spec, found);
      const isJudged = isObjectNode(node) && name.toLowerCase() !== 'content-type';
      return isJudged ? [{ name, node }] : [];
    });
    tables.set(response.value, table);
  }
  return table;
}

function judgeHeaders(
  spec: Spec,
  response: Node<JsonObject>,
  message: ResponseMessage,
  options: JudgeOptions,
): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const { name, node } of headersOf(spec, response)) {
    const value = message.headers[name.toLowerCase()];
    if (value === undefined && node.value['required'] !== true) continue;
    const found =
      value === undefined
        ? [missingHeader(name, node)]
        : judgeHeader(spec, name, node, value, options);
    if (found.length === 0) continue;
    findings ??= [];
    findings.push(...found);
  }
  return findings ?? NONE;
}

function missingHeader(name: string, node: Node<JsonObject>): Finding {
  return {
    code: 'response.header.required',
    severity: 'error',
    message: `Response header \`${name}\` is missing: it is required.`,
    at: name.toLowerCase(),
    spec: locate(child(node, 'required') ?? node),
  };
}

function judgeContent(
  spec: Spec,
  response: Node<JsonObject>,
  message: ResponseMessage,
  options: JudgeOptions,
): ResponseVerdict {
  const { content, status } = message;
  const declared = response.value['content'];
  const hasContent = isObject(declared) && Object.keys(declared).length > 0;
  const none = isEmpty(content);
  if (isUnknown(message)) return NOTHING;
  if (!hasContent)
    return none || content.kind === 'unseen' ? NOTHING : refuse(unexpectedBody(response, status));
  const contentType = message.headers['content-type'];
  if (none) {
    const isNoneFine = status === 204 || status === 304;
    const isRead = isNoneFine || emptyValue(spec, response, contentType, 'response') !== undefined;
    return isRead ? NOTHING : refuse(missingBody(response));
  }
  const mediaType = mediaTypeFor(response, contentType, content);
  if (!mediaType) return refuse(mediaTypeFinding('response', response, contentType));
  const decoded = decodeContent(spec, mediaType, contentType, content, 'response');
  if (decoded.kind === 'opaque') return NOTHING;
  if (decoded.kind !== 'value') return refuse(unreadableBody('response', mediaType, decoded));
  const { value } = decoded;
  return { findings: judgeBody(spec, mediaType.schema, value, options), body: value };
}

function unexpectedBody(response: Node<JsonObject>, status: number): Finding {
  return {
    code: 'response.body.unexpected',
    severity: 'error',
    message: `The response ${status} declares no body, and there is one.`,
    at: '',
    spec: locate(response),
  };
}

function missingBody(response: Node<JsonObject>): Finding {
  return {
    code: 'response.body.required',
    severity: 'error',
    message: 'The response body is missing: the response declares one.',
    at: '',
    spec: locate(objectChild(response, 'content') ?? response),
  };
}
