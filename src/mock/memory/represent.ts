import { isObject, type Json, type JsonObject } from '../../json.ts';
import { isValid } from '../../schema/judge.ts';
import { namesOf } from '../../schema/members.ts';
import { type Operation, responseFor, statusesOf } from '../../spec/operation.ts';
import type { Node } from '../../spec/source.ts';
import { remembered, type Spec } from '../../spec/spec.ts';
import type { ReplyHeaders } from '../reply.ts';
import { missingHeaders } from '../reply-headers.ts';
import type { Answer } from '../responder.ts';
import { type Context, contextUrl, MINIMAL, prefers } from './context.ts';
import { bodySchema, isSameSchema, successOf } from './resource.ts';

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
export async function answerWith(context: Context, shown: Shown): Promise<Answer> {
  const { spec, operation } = context;
  const { etag, headers = {} } = shown;
  const tags = etag === undefined ? headers : { ...headers, etag };
  const isMinimal =
    operation.method !== 'GET' &&
    prefers(context, MINIMAL) !== undefined &&
    statusesOf(operation).includes('204');
  if (isMinimal) {
    return answerOf(context, 204, { ...tags, 'preference-applied': 'return=minimal' });
  }
  const status = shown.status ?? successOf(operation);
  const declared = bodySchema(spec, operation, status);
  if (!declared) return answerOf(context, status, tags);
  const body = await bodyOf(context, declared.schema, shown);
  if (body === undefined) return context.respond();
  return answerOf(context, status, tags, { contentType: declared.contentType, body });
}

async function bodyOf(
  context: Context,
  schema: Node,
  { value, schema: own, template, etag }: Shown,
): Promise<Json | undefined> {
  const { spec } = context;
  const annotated = annotate(context, schema, value, { template, etag });
  if (isSameSchema(schema, own) || isValid(spec, schema, annotated, RESPONSE)) return annotated;
  // An answer of another shape: what it has in common with the item is the item's.
  const answer = await context.respond();
  const example = answer.kind === 'answer' ? parsed(answer.body) : undefined;
  if (!isObject(example)) return undefined;
  const common = Object.fromEntries(
    Object.entries(annotated).filter(([name]) => Object.hasOwn(example, name)),
  );
  const mixed = { ...example, ...common };
  return isValid(spec, schema, mixed, RESPONSE) ? mixed : undefined;
}

/** An item with the annotations that its schema names. */
export function annotate(
  context: Context,
  schema: Node,
  value: JsonObject,
  { template, etag }: { readonly template?: string; readonly etag?: string | undefined },
): JsonObject {
  const { names } = namesOf(context.spec, schema);
  const notes: Record<string, Json> = {};
  if (template !== undefined && names.has('@odata.context')) {
    notes['@odata.context'] = contextUrl(context, template, true);
  }
  if (etag !== undefined && names.has('@odata.etag')) notes['@odata.etag'] = etag;
  // First, as OData services write them, and last: seed data may have those of another item.
  return { ...notes, ...value, ...notes };
}

const headersByResponse = remembered(() => new WeakMap<object, ReplyHeaders>());

/** An answer with all headers that its response requires. */
export function answerOf(
  { spec, operation }: { readonly spec: Spec; readonly operation: Operation },
  status: number,
  given: ReplyHeaders,
  content?: { readonly contentType: string; readonly body: Json },
): Answer {
  const headers = { ...requiredHeaders(spec, operation, status), ...given };
  if (!content) return { kind: 'answer', status, headers, body: '' };
  headers['content-type'] = content.contentType;
  return { kind: 'answer', status, headers, body: JSON.stringify(content.body) };
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
