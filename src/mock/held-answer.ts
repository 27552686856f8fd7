import type { ResponseMessage } from '../check/message.ts';
import { judgeResponse } from '../check/response.ts';
import { type Json, type JsonObject, ownString } from '../json.ts';
import { sample } from '../schema/sample.ts';
import { child, objectChild } from '../spec/node.ts';
import { type Operation, responseFor } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { missingHeaders } from './reply-headers.ts';
import { type Serialized, serialize } from './serialize.ts';
import { isFraming, isSendable } from './transport.ts';

/** An answer that satisfies the document, or why there is none. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'refusal'; readonly status: number; readonly reason: string };

/** A response that was chosen, and that nobody has judged yet. */
export interface Found {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as a value, everything else as text; `undefined` for none. */
  readonly body: unknown;
}

/** Holds an answer to the document, and replaces what breaks it. */
export function hold(spec: Spec, operation: Operation, found: Found, seed: number): Answer {
  const { status } = found;
  const response = responseFor(spec, operation, status);
  if (!response) return { kind: 'answer', status, headers: {}, body: '' };
  const given = sendable(found.headers);
  const first = complete(spec, response, status, {
    given,
    body: bodyOf(response, given, found.body),
  });
  const broken = brokenParts(spec, operation, first);
  if (broken.size === 0) return toAnswer(first);
  const sampled = broken.has('body')
    ? sampleBody(spec, response, given['content-type'], seed)
    : bodyOf(response, given, found.body);
  if (broken.has('body') && !sampled) return unmakeable(operation, status);
  for (const name of broken) delete given[name];
  const second = complete(spec, response, status, { given, body: sampled });
  return brokenParts(spec, operation, second).size === 0
    ? toAnswer(second)
    : unmakeable(operation, status);
}

/** A response with its body in its media type, and with the headers that it must have. */
function complete(
  spec: Spec,
  response: Node<JsonObject>,
  status: number,
  parts: {
    readonly given: Readonly<Record<string, string>>;
    readonly body: Serialized | undefined;
  },
): ResponseMessage {
  const { given, body } = parts;
  const typed = body ? { ...given, 'content-type': body.contentType } : given;
  const headers = { ...missingHeaders(spec, response, typed), ...typed };
  return { status, headers, content: body?.content ?? { kind: 'none' } };
}

/** The headers that can be sent, by lower-case name. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name, value]) => isSendable(name, value)),
  );
}

/** Prism gives JSON as a value and everything else as text. */
function bodyOf(
  response: Node<JsonObject>,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Serialized | undefined {
  if (body === undefined) return undefined;
  const isAny = Object.hasOwn(objectChild(response, 'content')?.value ?? {}, '*/*');
  if (isAny) return serialize('*/*', (typeof body === 'string' ? readAny(body) : body) as Json);
  return serialize(headers['content-type'] ?? 'application/json', body as Json);
}

/** Where any media type will do, Prism writes objects as text. */
function readAny(body: string): unknown {
  try {
    return /^\s*[[{]/.test(body) ? JSON.parse(body) : body;
  } catch {
    return body;
  }
}

/** The lower-case names of headers that break the document, and `body` when the body does. */
function brokenParts(
  spec: Spec,
  operation: Operation,
  message: ResponseMessage,
): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const { code, at } of judgeResponse(spec, operation, message)) {
    const [name = ''] = at.split('/', 1);
    if (!code.startsWith('response.header')) parts.add('body');
    // The server writes these itself.
    else if (!isFraming(name)) parts.add(name);
  }
  return parts;
}

function sampleBody(
  spec: Spec,
  response: Node<JsonObject>,
  wanted: string | undefined,
  seed: number,
): Serialized | undefined {
  const content = objectChild(response, 'content');
  const keys = Object.keys(content?.value ?? {});
  const key = keys.find((one) => one === wanted) ?? keys[0];
  const mediaType = content && key !== undefined ? child(content, key) : undefined;
  if (!mediaType || key === undefined) return undefined;
  const schema = child(mediaType, 'schema');
  const value = schema ? sample(spec, schema, { direction: 'response', seed }) : {};
  const name = /[^/]+$/.exec(ownString(Object(schema?.value), '$ref') ?? 'root')?.[0];
  return value === undefined ? undefined : serialize(key, value, name);
}

function unmakeable(operation: Operation, status: number): Answer {
  const reason = `The document's response ${status} of ${operation.id} cannot be mocked: no value was found that satisfies its schema. Give it an example.`;
  return { kind: 'refusal', status: 500, reason };
}

function toAnswer({ status, headers, content }: ResponseMessage): Answer {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) texts[name] = value;
  const body =
    content.kind === 'value'
      ? JSON.stringify(content.value)
      : content.kind === 'text'
        ? content.text
        : '';
  if (body === '') delete texts['content-type'];
  return { kind: 'answer', status, headers: texts, body };
}
