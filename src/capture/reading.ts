import type { RequestMessage, ResponseMessage } from '../check/message.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { kindOf } from './shape.ts';

/** An exchange as a capture has it. */
export interface Captured {
  /** Absolute, or a path where the capture has no more. */
  readonly url: string;
  readonly request: RequestMessage;
  /** None where nothing answered. */
  readonly response: ResponseMessage | undefined;
  /** Why the capture cannot show all that travelled; each is counted. */
  readonly gaps: readonly string[];
  /** Whether the request never left: a cache answered it. */
  readonly isCached: boolean;
}

/** Thrown where an entry is not of the form that it must have; `reason` is the rest of a sentence. */
export class EntryError extends Error {
  override readonly name = 'EntryError';
}

/** A member that must be an object. */
export function objectAt(owner: JsonObject, name: string, path: string): JsonObject {
  const value = owner[name];
  if (isObject(value)) return value;
  if (value === undefined) throw new EntryError(`it has no \`${path}\``);
  throw new EntryError(`\`${path}\` is ${kindOf(value)}, not an object`);
}

/** A member that must be a text. */
export function textAt(owner: JsonObject, name: string, path: string): string {
  const value = owner[name];
  if (typeof value === 'string') return value;
  if (value === undefined) throw new EntryError(`it has no \`${path}\``);
  throw new EntryError(`\`${path}\` is ${kindOf(value)}, not a text`);
}

/** A member that is a text where it is there; \`null\` is nothing. */
export function optionalText(owner: JsonObject, name: string, path: string): string | undefined {
  const value = owner[name];
  return value === undefined || value === null ? undefined : textAt(owner, name, path);
}

/** A member that is a list where it is there; \`null\` is nothing. */
export function listAt(owner: JsonObject, name: string, path: string): readonly Json[] {
  const value = owner[name];
  if (isArray(value)) return value;
  if (value === undefined || value === null) return [];
  throw new EntryError(`\`${path}\` is ${kindOf(value)}, not an array`);
}

/** A member that is a number; `undefined` where it is none, or says that nobody knows it (-1). */
export function countAt(owner: JsonObject, name: string): number | undefined {
  const value = owner[name];
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
