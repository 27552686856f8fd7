import { hash } from 'node:crypto';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { DifferencePlace, Travel } from './difference.ts';

/** A value of the normal form: JSON that is still being written. */
export type DraftValue = null | boolean | number | string | DraftValue[] | Draft;

/** An object of the normal form. */
export interface Draft {
  [key: string]: DraftValue;
}

/** What an object of the normal form stands for. */
export type DraftKind =
  | 'document'
  | 'path'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'schema';

/** How a schema is meant where it stands. */
export interface Context {
  readonly travel: Travel;
  /**
   * Whether what the schema allows more, its whole allows more (`same`) or less (`inverse`, in a
   * `not`); `mixed` where either can follow.
   */
  readonly sense: 'same' | 'inverse' | 'mixed';
  /** Whether a schema around it refuses the properties that no part of it looks at. */
  readonly isClosed: boolean;
  /**
   * The properties of the same object that do not travel this way; `undefined` where the schema
   * itself says which.
   */
  readonly barred: ReadonlySet<string> | undefined;
}

/** What is known of an object of the normal form beside what is in it. */
export interface Entry {
  readonly kind: DraftKind;
  /** What it was made from. */
  readonly node: Node;
  /** What its members were made from, where that is not the member of the same name. */
  readonly members: ReadonlyMap<string, Node>;
  /** The name that people know it by: of a parameter, a header, a media type; a path; a status. */
  readonly name: string;
  /** Of a schema only. */
  readonly context?: Context;
  /** Of what is part of a message. */
  readonly travel?: Travel;
  readonly place?: DifferencePlace;
}

/** A document in its normal form: two documents that mean the same are written the same. */
export interface Form {
  readonly spec: Spec;
  readonly document: Draft;
  /** What is known of each object, by the object itself. */
  readonly entries: Map<object, Entry>;
  /** The name that a key of the form stands for. */
  readonly names: Map<string, string>;
  /** The addresses of the schemas that were looked at. */
  readonly seen: Set<string>;
}

/** Marks a schema that names no properties: whoever sends such an object may name them as he likes. */
export const FREE = 'x-free';

/** The status under which the parameters of an operation stand. */
export const PARAMETERS = '000';

const SHORT = 22;
const LONG = 86;

/**
 * The key that stands for a name in a normal form.
 *
 * The comparison takes members whose keys resemble each other for one that was renamed. That is a
 * guess, and a wrong one would hide a difference: so no key resembles another one.
 */
export function keyOf({ names }: Form, name: string): string {
  return remember(names, name, SHORT);
}

/** As `keyOf`, so long that no reference that holds it resembles another one either. */
export function componentKeyOf({ names }: Form, name: string): string {
  return remember(names, name, LONG);
}

function remember(names: Map<string, string>, name: string, length: number): string {
  const key = hash('sha512', name, 'base64url').slice(0, length);
  names.set(key, name);
  return key;
}

/** The object under a key of another one, made where there is none. */
export function draftIn(map: Draft, key: string, make: () => Draft = () => ({})): Draft {
  const current = map[key];
  if (typeof current === 'object' && current !== null && !Array.isArray(current)) return current;
  const made = make();
  map[key] = made;
  return made;
}
