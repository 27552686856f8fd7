import type { ResponseMessage } from '../check/message.ts';
import { judgeResponse } from '../check/response.ts';
import { type Json, type JsonObject, ownString } from '../json.ts';
import { sample } from '../schema/sample.ts';
import { child, children, objectChild } from '../spec/node.ts';
import { type Operation, responseFor, successOf } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Preference } from './preference.ts';
import {
  ask,
  type PrismAnswer,
  type PrismOperation,
  type PrismQuestion,
  readOperation,
} from './prism.ts';
import { missingHeaders } from './reply-headers.ts';
import { type Serialized, serialize } from './serialize.ts';
import { slice } from './slice.ts';
import { staticAnswer } from './static-answer.ts';
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

/** Answers valid requests. */
export type Responder = (
  operation: Operation,
  accept: string | undefined,
  preference: Preference,
) => Answer | Promise<Answer>;

/** How a responder answers. */
export interface ResponderOptions {
  /** Whether answers are made data unless the client asks otherwise. */
  readonly dynamic: boolean;
  /** What made data start from. */
  readonly seed: number;
}

/** Static answers are remembered, at most this many. */
const REMEMBERED = 2_000;
/** Operations that Prism has read are kept, at most this many: each holds its schemas in full. */
const PREPARED = 200;

/**
 * Makes a responder: Prism decides, or what it is certain to decide is decided here. The decision is
 * held to the document once and remembered by what it depends on. Where it breaks the document, a
 * bounded sample replaces it.
 */
export function createResponder(spec: Spec, options: ResponderOptions): Responder {
  const answers = new Map<Operation, Map<string, Answer>>();
  const operations = new Map<string, Promise<PrismOperation>>();
  let remembered = 0;
  let made = 0;

  return (operation, accept, preference) => {
    const isDynamic = preference.dynamic ?? options.dynamic;
    if (isDynamic && hasSchema(spec, operation, preference.code)) {
      made += 1;
      const seed = preference.seed ?? `${options.seed}-${made}`;
      return delegate(operation, toQuestion(operation, accept, preference, seed), made);
    }
    const key = `${accept ?? ''}\n${preference.code ?? ''}\n${preference.example ?? ''}`;
    const known = answers.get(operation)?.get(key);
    if (known) return known;
    const question = toQuestion(operation, accept, preference, undefined);
    const found = staticAnswer(spec, operation, question);
    if (found) return remember(operation, key, settle(spec, operation, question, found, 0));
    return delegate(operation, question, 0).then((fresh) => remember(operation, key, fresh));
  };

  function remember(operation: Operation, key: string, answer: Answer): Answer {
    if (remembered >= REMEMBERED) {
      answers.clear();
      remembered = 0;
    }
    const known = answers.get(operation) ?? new Map<string, Answer>();
    answers.set(operation, known.set(key, answer));
    remembered += 1;
    return answer;
  }

  /** Has Prism decide. */
  async function delegate(
    operation: Operation,
    question: PrismQuestion,
    number: number,
  ): Promise<Answer> {
    const found = await asked(operation, question);
    return settle(spec, operation, question, found, number);
  }

  async function asked(operation: Operation, question: PrismQuestion): Promise<PrismAnswer> {
    try {
      return await ask(await prepared(operation, question.isDynamic), question);
    } catch (cause) {
      return { kind: 'refusal', status: 500, reason: String(cause) };
    }
  }

  function prepared(operation: Operation, isDynamic: boolean): Promise<PrismOperation> {
    const key = `${operation.method} ${operation.path} ${isDynamic}`;
    let reading = operations.get(key);
    if (!reading) {
      if (operations.size >= PREPARED) operations.clear();
      reading = readOperation(slice(spec, operation, isDynamic));
      operations.set(key, reading);
    }
    return reading;
  }
}

/** Tells whether there is anything to make data from. */
function hasSchema(spec: Spec, operation: Operation, code: number | undefined): boolean {
  const response = responseFor(spec, operation, code ?? successOf(operation));
  const content = response && objectChild(response, 'content');
  if (!content) return true;
  return [...children(content)].some(([, mediaType]) => child(mediaType, 'schema') !== undefined);
}

function toQuestion(
  { method }: Operation,
  accept: string | undefined,
  { code, example }: Preference,
  seed: string | undefined,
): PrismQuestion {
  return { method, accept, code, example, isDynamic: seed !== undefined, seed };
}

/** Holds a decision to the document; what Prism cannot make, such as too complex a body, is made here. */
function settle(
  spec: Spec,
  operation: Operation,
  question: PrismQuestion,
  found: PrismAnswer,
  seed: number,
): Answer {
  if (found.kind === 'response') return hold(spec, operation, found, seed);
  if (found.status !== 500) return found;
  if (question.example !== undefined) {
    const reason = `No response of ${operation.id} that could be given has an example "${question.example}".`;
    return { kind: 'refusal', status: 404, reason };
  }
  const status = question.code ?? successOf(operation);
  if (!responseFor(spec, operation, status)) {
    const reason = `The document declares no response of ${operation.id} that could be given.`;
    return found.reason === '' ? { ...found, reason } : found;
  }
  return hold(spec, operation, { kind: 'response', status, headers: {}, body: undefined }, seed);
}

/** Holds an answer to the document, and replaces what breaks it. */
function hold(
  spec: Spec,
  operation: Operation,
  found: Extract<PrismAnswer, { kind: 'response' }>,
  seed: number,
): Answer {
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
