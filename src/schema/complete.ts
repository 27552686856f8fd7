import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { barredProperties } from './access.ts';
import { type Expansion, expand } from './complete-parts.ts';
import { keywordsOf } from './dialect.ts';
import { canonical } from './equal.ts';
import { isValid } from './judge.ts';
import { ownSchemasOfItem, ownSchemasOfProperty } from './members.ts';
import { sample } from './sample.ts';
import type { Direction } from './violation.ts';

/** How a value is completed. */
export interface CompleteOptions {
  readonly direction: Direction;
  /** Later attempts choose others of the alternatives that the value fits. */
  readonly attempt: number;
  /** Tells whether an array may have more items than it has; by default none may. */
  readonly isOpen?: (pointer: string) => boolean;
}

/**
 * A value with what its schema demands and it lacks: required properties, and items where it may
 * have more. What is there stays as it is, whether it satisfies the schema or not.
 *
 * Among alternatives, those are chosen that the value fits once it is complete.
 */
export function complete(spec: Spec, schema: Node, value: Json, options: CompleteOptions): Json {
  return fill({ spec, ...options, depth: 0 }, [schema], value, '');
}

interface Filling extends CompleteOptions {
  readonly spec: Spec;
  /** How many alternatives are being tried for the value that this one lies in. */
  readonly depth: number;
}

/** So often a value is completed anew when what was added demands more. */
const ROUNDS = 3;

function fill(filling: Filling, schemas: readonly Node[], value: Json, pointer: string): Json {
  if (typeof value !== 'object' || value === null) return value;
  let filled: Json = value;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = filled;
    const expansion = expand(filling.spec, schemas, filled, {
      direction: filling.direction,
      attempt: filling.attempt,
      depth: filling.depth,
      fill: (part, tried) => fill({ ...filling, depth: filling.depth + 1 }, [part], tried, pointer),
    });
    if (isArray(before)) filled = fillArray(filling, expansion, before, pointer);
    else if (isObject(before)) filled = fillObject(filling, expansion, before, pointer);
    if (canonical(filled) === canonical(before)) break;
  }
  return filled;
}

function fillObject(
  filling: Filling,
  { parts, tags }: Expansion,
  value: JsonObject,
  pointer: string,
): Json {
  const { spec, direction } = filling;
  const members = new Map<string, Json>(Object.entries({ ...Object.fromEntries(tags), ...value }));
  const schemasOf = (name: string) => parts.flatMap((part) => ownSchemasOfProperty(part, name));
  for (const [name, member] of members) {
    members.set(name, fill(filling, schemasOf(name), member, append(pointer, name)));
  }
  const barred = new Set(parts.flatMap((part) => [...barredProperties(spec, part, direction)]));
  for (const name of requiredBy(filling, parts, members)) {
    if (!members.has(name) && !barred.has(name)) members.set(name, make(filling, schemasOf(name)));
  }
  addMembers(filling, parts, members, barred);
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(members);
}

/** Adds members up to `minProperties`: those that the schemas name, then those of a sample. */
function addMembers(
  filling: Filling,
  parts: readonly Node[],
  members: Map<string, Json>,
  barred: ReadonlySet<string>,
): void {
  const least = Math.max(0, ...numbers(filling, parts, 'minProperties'));
  if (members.size >= least) return;
  const sampled = parts.map((part) => make(filling, [part])).filter(isObject);
  const named = parts.flatMap((part) => Object.keys(child(part, 'properties')?.value ?? {}));
  for (const name of [...named, ...sampled.flatMap(Object.keys)]) {
    if (members.size >= least) return;
    if (members.has(name) || barred.has(name)) continue;
    const schemas = parts.flatMap((part) => ownSchemasOfProperty(part, name));
    members.set(name, make(filling, schemas));
  }
}

function requiredBy(
  { spec }: Filling,
  parts: readonly Node[],
  members: ReadonlyMap<string, Json>,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of parts) {
    const keywords = keywordsOf(spec, part);
    if (typeof keywords === 'boolean') continue;
    const { required, dependentRequired } = keywords;
    const dependent = isObject(dependentRequired) ? Object.entries(dependentRequired) : [];
    const lists = dependent.flatMap(([name, list]) => (members.has(name) ? [list] : []));
    for (const name of [required ?? [], ...lists].flat()) names.add(String(name));
  }
  return names;
}

function fillArray(
  filling: Filling,
  { parts }: Expansion,
  value: readonly Json[],
  pointer: string,
): Json {
  const schemasOf = (index: number) => parts.flatMap((part) => ownSchemasOfItem(part, index));
  const items = value.map((item, index) =>
    fill(filling, schemasOf(index), item, append(pointer, index)),
  );
  if (!filling.isOpen?.(pointer)) return items;
  const least = Math.min(Math.max(0, ...numbers(filling, parts, 'minItems')), MOST);
  for (let index = items.length; index < least; index += 1) {
    items.push(make(filling, schemasOf(index), index));
  }
  return items;
}

/** An array gets at most this many items. */
const MOST = 1_000;

function numbers({ spec }: Filling, parts: readonly Node[], keyword: string): readonly number[] {
  return parts.flatMap((part) => {
    const keywords = keywordsOf(spec, part);
    const value = typeof keywords === 'boolean' ? undefined : keywords[keyword];
    return typeof value === 'number' ? [value] : [];
  });
}

/** A value that satisfies all of several schemas, as far as one can be found. */
function make({ spec, direction }: Filling, schemas: readonly Node[], seed = 0): Json {
  let first: Json | undefined;
  for (const schema of schemas) {
    const made = sample(spec, schema, { direction, seed });
    if (made === undefined) continue;
    const options = { direction, strict: false };
    if (schemas.every((other) => isValid(spec, other, made, options))) return made;
    first ??= made;
  }
  return first ?? 'string';
}
