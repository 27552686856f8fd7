import type { RequestMessage } from '../../check/message.ts';
import type { ParameterValues } from '../../check/parameters.ts';
import type { Collection } from '../../check/resource.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Answer } from '../held-answer.ts';
import type { Maybe, Place, Store } from '../store/store.ts';

/** A valid request, and what is needed to answer it from memory. */
export interface Context {
  readonly spec: Spec;
  readonly store: Store;
  readonly operation: Operation;
  readonly parameters: ParameterValues;
  readonly body: Json | undefined;
  readonly message: RequestMessage;
  readonly scope: string;
  /** What stands before the path in URLs of this mock: `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** Milliseconds since 1970, by the clock of the scope. */
  readonly now: number;
  /** What ids are made from. */
  readonly seed: string;
  /** The answer that the mock would give without memory. */
  readonly respond: () => Maybe<Answer>;
  /** The answer that it would give to another operation. */
  readonly exampleOf: (operation: Operation) => Maybe<Answer>;
}

/** The path of a template with its parameters filled in, each percent-encoded. */
export function pathOf(template: string, values: Readonly<Record<string, unknown>>): string {
  let path = '';
  // Text and names of parameters by turns.
  const parts = partsOf(template);
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    path += index % 2 === 0 ? part : encoded(values[part]);
  }
  return path;
}

const UNRESERVED = /^[\w.~-]*$/;

function encoded(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return UNRESERVED.test(text) ? text : encodeURIComponent(text);
}

const REMEMBERED = 10_000;
const parts = new Map<string, readonly string[]>();

function partsOf(template: string): readonly string[] {
  let found = parts.get(template);
  if (!found) {
    found = template.split(/\{([^{}]+)\}/);
    if (parts.size >= REMEMBERED) parts.clear();
    parts.set(template, found);
  }
  return found;
}

/** Where the items of a collection lie that a request speaks of. */
export function placeOf({ scope, parameters }: Context, { template }: Collection): Place {
  return { scope, collection: pathOf(template, parameters.path) };
}

/** The key of the item that a request speaks of. */
export function keyIn({ parameters }: Context, { parameter }: Collection): string {
  return String(parameters.path[parameter]);
}

/** The URL that the request's paths begin with: the origin, and the base path that it used. */
export function baseOf({ message, operation, origin }: Context): string {
  const { path } = message;
  let end = path.endsWith('/') ? path.length - 1 : path.length;
  // As many segments as the operation has are its own.
  for (let at = operation.path.indexOf('/'); at !== -1; at = operation.path.indexOf('/', at + 1)) {
    end = path.lastIndexOf('/', end - 1);
    if (end <= 0) return origin;
  }
  return origin + path.slice(0, end);
}

/** The URL of an item. */
export function itemUrl(context: Context, collection: Collection, key: string): string {
  const values = { ...context.parameters.path, [collection.parameter]: key };
  return baseOf(context) + pathOf(collection.itemTemplate, values);
}

/** The `@odata.context` of what is read at a path: `…/$metadata#users('5')/messages/$entity`. */
export function contextUrl(context: Context, template: string, isEntity: boolean): string {
  let path = '';
  const parts = partsOf(template);
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    if (index % 2 === 0) {
      path += index === 0 ? part.slice(1) : part;
      continue;
    }
    const key = encoded(context.parameters.path[part] ?? '');
    path = path.endsWith('/') ? `${path.slice(0, -1)}('${key}')` : path + key;
  }
  return `${baseOf(context)}/$metadata#${path}${isEntity ? '/$entity' : ''}`;
}

/** The preferences of a request that OData knows. */
export function prefers({ message }: Context, preference: RegExp): string | undefined {
  const { prefer } = message.headers;
  return prefer === undefined ? undefined : preference.exec(prefer)?.[1];
}

export const MINIMAL: RegExp = /(?:^|[\s,;])return\s*=\s*"?(minimal)\b/i;
export const PAGE_SIZE: RegExp = /(?:^|[\s,;])(?:odata\.)?maxpagesize\s*=\s*"?(\d+)/i;

/** What only a service can say of an item; clients send it back as they have read it. */
const SERVICE_NOTES = ['@odata.context', '@odata.etag'] as const;

/** Narrows a body to an object, without what only a service can say. */
export function objectBody({ body }: Context): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  if (!SERVICE_NOTES.some((name) => Object.hasOwn(body, name))) return body;
  const meant: Record<string, Json> = { ...body };
  for (const name of SERVICE_NOTES) delete meant[name];
  return meant;
}
