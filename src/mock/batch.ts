import type { RequestMessage } from '../check/message.ts';
import { isArray, isObject, type Json, type JsonObject, own, ownString } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import type { Answer } from './held-answer.ts';
import { splitTarget } from './incoming.ts';
import { headersOf, type Reply } from './reply.ts';
import type { Maybe } from './store/store.ts';

/** So many requests may be in one batch. */
const LIMIT = 20;

/** Sends one request of a batch on its way. */
export type Send = (message: RequestMessage) => Maybe<Reply>;

/** Tells whether an operation is JSON batching. */
export function isBatch({ method, path }: Operation): boolean {
  return method === 'POST' && path.endsWith('/$batch');
}

interface Part {
  readonly id: string;
  readonly request: JsonObject;
  readonly url: string;
  readonly method: string;
  readonly dependsOn: readonly string[];
}

/**
 * Runs the requests of a batch, each as if it had come alone: in their order, a request after those
 * that it depends on; where one of these fails, it gets 424.
 *
 * @see https://learn.microsoft.com/graph/json-batching
 */
export async function runBatch(
  message: RequestMessage,
  body: Json | undefined,
  send: Send,
): Promise<Answer> {
  const parts = readParts(body);
  if (typeof parts === 'string') return { kind: 'refusal', status: 400, reason: parts };
  const answers = new Map<string, JsonObject>();
  for (const part of inOrder(parts)) {
    const isBlocked = part.dependsOn.some((id) => Number(answers.get(id)?.['status']) >= 400);
    answers.set(part.id, isBlocked ? blocked(part.id) : await run(message, part, send));
  }
  const responses = parts.map(({ id }) => answers.get(id) ?? blocked(id));
  return {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ responses }),
  };
}

/** The requests of a batch, or why they cannot be run. */
function readParts(body: Json | undefined): readonly Part[] | string {
  const requests = isObject(body) ? own(body, 'requests') : undefined;
  if (!isArray(requests)) return 'A batch has "requests", a list.';
  if (requests.length > LIMIT) {
    return `A batch has at most ${LIMIT} requests, and this one has ${requests.length}.`;
  }
  const parts: Part[] = [];
  for (const [index, request] of requests.entries()) {
    const id = isObject(request) ? ownString(request, 'id') : undefined;
    if (!isObject(request) || id === undefined)
      return `requests[${index}] has no id, which is a string.`;
    if (parts.some((part) => part.id === id)) return `The id "${id}" is given twice.`;
    const [url, method] = [ownString(request, 'url'), ownString(request, 'method')];
    if (url === undefined || method === undefined) return `"${id}" has no "method" or no "url".`;
    if (/^[a-z][a-z\d+.-]*:/i.test(url))
      return `The URL of "${id}" must be relative, got "${url}".`;
    if (/^\/?\$batch\b/.test(url)) return `"${id}" is a batch itself: batches cannot be nested.`;
    const list = own(request, 'dependsOn') ?? [];
    if (!isArray(list)) return `"dependsOn" of "${id}" must be a list of ids.`;
    parts.push({ id, request, url, method, dependsOn: list.map(String) });
  }
  return brokenOrder(parts) ?? parts;
}

function brokenOrder(parts: readonly Part[]): string | undefined {
  const ids = new Set(parts.map(({ id }) => id));
  for (const { id, dependsOn } of parts) {
    const unknown = dependsOn.find((other) => !ids.has(other));
    if (unknown !== undefined)
      return `"${id}" depends on "${unknown}", and there is no such request.`;
  }
  const circle = parts.length > inOrder(parts).length;
  return circle ? 'The requests depend on each other in a circle.' : undefined;
}

/** The requests in their order, each behind those that it depends on; those in a circle are left out. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const done = new Set<string>();
  const ordered: Part[] = [];
  for (let before = -1; before < ordered.length; ) {
    before = ordered.length;
    for (const part of parts) {
      if (done.has(part.id) || part.dependsOn.some((id) => !done.has(id))) continue;
      done.add(part.id);
      ordered.push(part);
    }
  }
  return ordered;
}

async function run(outer: RequestMessage, part: Part, send: Send): Promise<JsonObject> {
  const { id, request, url, method } = part;
  const { path, query } = splitTarget(url.startsWith('/') ? url : `/${url}`);
  const base = outer.path.replace(/\/\$batch\/?$/, '');
  const headers: Record<string, string> = {};
  const { authorization } = outer.headers;
  if (authorization !== undefined) headers['authorization'] = authorization;
  const given = own(request, 'headers');
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    headers[name.toLowerCase()] = String(value);
  }
  const reply = await send({
    method: method.toUpperCase(),
    path: base + path,
    query,
    headers,
    content: contentOf(own(request, 'body'), headers),
  });
  return toPart(id, reply);
}

/** JSON stands as it is; of another media type, a text is base64. */
function contentOf(
  body: Json | undefined,
  headers: Record<string, string>,
): RequestMessage['content'] {
  if (body === undefined || body === null) return { kind: 'none' };
  headers['content-type'] ??= 'application/json';
  const isText = typeof body === 'string' && !/[/+]json\b/i.test(headers['content-type']);
  return isText
    ? { kind: 'bytes', bytes: Buffer.from(body, 'base64') }
    : { kind: 'text', text: JSON.stringify(body) };
}

function toPart(id: string, reply: Reply): JsonObject {
  const { status, body, fault } = reply;
  // There is no connection of its own that could be reset.
  if (fault?.isReset) return { id, status: 503, headers: { 'Retry-After': '1' } };
  const headers = headersOf(reply);
  return {
    id,
    status,
    headers,
    ...(body.length === 0 ? {} : { body: bodyOf(headers, body) }),
  };
}

function bodyOf(headers: Reply['headers'], body: string | Uint8Array): Json {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (/[/+]json\b/i.test(headers['content-type'] ?? '')) return JSON.parse(text) as Json;
  return Buffer.from(body as Uint8Array).toString('base64');
}

function blocked(id: string): JsonObject {
  const message = 'A request that this one depends on has failed.';
  const body = { error: { code: 'FailedDependency', message } };
  return { id, status: 424, headers: { 'Content-Type': 'application/json' }, body };
}
