import { bodySchema, declares, isSameSchema } from '../../check/declared.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { isValid } from '../../schema/judge.ts';
import { type Operation, responseFor, successOf } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { ReplyHeaders } from '../reply.ts';
import { missingHeaders } from '../reply-headers.ts';
import type { Answer } from '../responder.ts';
import type { Maybe } from '../store/store.ts';
import { propertiesOf } from './assemble.ts';
import { type Context, contextUrl, MINIMAL, prefers } from './context.ts';

const RESPONSE = { direction: 'response', strict: false } as const;

/** What is answered with an item. */
export interface Shown {
  readonly value: JsonObject;
  readonly etag: string | undefined;
  /** The schema that the item is known to satisfy. */
  readonly schema: Node;
  /** The path template of what it is an entity of. */
  readonly template: string;
  readonly headers?: ReplyHeaders;
  /** Where it is not the lowest status of success that the operation declares. */
  readonly status?: number | undefined;
}

/**
 * The answer of success with an item, in the form that the operation declares; without body where it
 * declares none, or where the client prefers a minimal one.
 */
export function answerWith(context: Context, shown: Shown): Maybe<Answer> {
  const { spec, operation } = context;
  const { etag, headers = {} } = shown;
  const tags = etag === undefined ? headers : { ...headers, etag };
  const isMinimal =
    operation.method !== 'GET' &&
    prefers(context, MINIMAL) !== undefined &&
    declares(operation, '204');
  if (isMinimal) {
    return answerOf(context, 204, { ...tags, 'preference-applied': 'return=minimal' });
  }
  const status = shown.status ?? successOf(operation);
  const declared = bodySchema(spec, operation, status);
  if (!declared) return answerOf(context, status, tags);
  const { contentType, schema } = declared;
  if (isSameSchema(schema, shown.schema)) {
    const body = write(notesOf(context, schema, shown), shown.value);
    return answerOf(context, status, tags, { contentType, body });
  }
  return otherWith(context, shown, declared, { status, tags });
}

/** An answer of another shape: what it has in common with the item is the item's. */
async function otherWith(
  context: Context,
  shown: Shown,
  { contentType, schema }: { readonly contentType: string; readonly schema: Node },
  { status, tags }: { readonly status: number; readonly tags: ReplyHeaders },
): Promise<Answer> {
  const { spec } = context;
  const annotated = annotate(context, schema, shown.value, shown);
  if (isValid(spec, schema, annotated, RESPONSE)) {
    return answerOf(context, status, tags, { contentType, body: JSON.stringify(annotated) });
  }
  const answer = await context.respond();
  const example = answer.kind === 'answer' ? parsed(answer.body) : undefined;
  if (!isObject(example)) return context.respond();
  const common = Object.fromEntries(
    Object.entries(annotated).filter(([name]) => Object.hasOwn(example, name)),
  );
  const mixed = { ...example, ...common };
  if (!isValid(spec, schema, mixed, RESPONSE)) return context.respond();
  return answerOf(context, status, tags, { contentType, body: JSON.stringify(mixed) });
}

type Noted = { readonly template?: string; readonly etag?: string | undefined };

/** The annotations of an item that a schema names. */
function notesOf(
  context: Context,
  schema: Node,
  { template, etag }: Noted,
): Readonly<Record<string, string>> | undefined {
  const { names } = propertiesOf(context.spec, schema);
  const hasContext = template !== undefined && names.has('@odata.context');
  const hasEtag = etag !== undefined && names.has('@odata.etag');
  if (!hasContext && !hasEtag) return undefined;
  const notes: Record<string, string> = {};
  if (hasContext) notes['@odata.context'] = contextUrl(context, template, true);
  if (hasEtag) notes['@odata.etag'] = etag;
  return notes;
}

/** An item with the annotations that its schema names. */
export function annotate(
  context: Context,
  schema: Node,
  value: JsonObject,
  noted: Noted,
): JsonObject {
  const notes = notesOf(context, schema, noted);
  // First, as OData services write them, and last: seed data may have those of another item.
  return notes ? { ...notes, ...value, ...notes } : value;
}

/** Writes an annotated item. */
function write(notes: Readonly<Record<string, string>> | undefined, value: JsonObject): string {
  if (!notes) return JSON.stringify(value);
  for (const name in notes) {
    if (Object.hasOwn(value, name)) return JSON.stringify({ ...notes, ...value, ...notes });
  }
  // A copy of the item, only to write it, would cost more than the writing.
  const [text, noted] = [JSON.stringify(value), JSON.stringify(notes)];
  return text === '{}' ? noted : `${noted.slice(0, -1)},${text.slice(1)}`;
}

const headersByResponse = remembered(() => new WeakMap<object, ReplyHeaders>());

/** An answer with all headers that its response requires. */
export function answerOf(
  { spec, operation }: { readonly spec: Spec; readonly operation: Operation },
  status: number,
  given: ReplyHeaders,
  content?: { readonly contentType: string; readonly body: string },
): Answer {
  const headers = { ...requiredHeaders(spec, operation, status), ...given };
  if (!content) return { kind: 'answer', status, headers, body: '' };
  headers['content-type'] = content.contentType;
  return { kind: 'answer', status, headers, body: content.body };
}

function requiredHeaders(spec: Spec, operation: Operation, status: number): ReplyHeaders {
  const response = responseFor(spec, operation, status);
  if (!response) return {};
  const cache = headersByResponse(spec);
  let headers = cache.get(response.value);
  if (!headers) {
    headers = missingHeaders(spec, response, {});
    cache.set(response.value, headers);
  }
  return headers;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
