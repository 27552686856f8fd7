import type { Json } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isBarred } from './access.ts';
import { regularExpression } from './regular-expression.ts';
import type { Gathered, Schemas } from './sample-gather.ts';
import { sampleText } from './sample-text.ts';
import type { Direction } from './violation.ts';

/** How the members of an object are made. */
export interface MemberMaker {
  readonly spec: Spec;
  readonly direction: Direction;
  readonly make: (schemas: Schemas) => Json | undefined;
  /** A name that these schemas take; each variant is another one. */
  readonly name: (schemas: Schemas, variant: number) => Json | undefined;
  /** Whether nothing more can be made. */
  readonly isSpent: () => boolean;
  /** Whether a member that may be left out is. */
  readonly isLeftOut: (schemas: Schemas) => boolean;
}

/** How many names are tried for each member that an object must have and nobody names. */
const NAMES = 4;

/** An object of the members that are named, of those required, and of as many as it must have. */
export function makeMembers(gathered: Gathered, maker: MemberMaker): Json | undefined {
  const { properties, barred, required, keywords } = gathered;
  const object = new Map<string, Json>();
  for (const [name, schemas] of properties) {
    if (barred.has(name)) continue;
    const isRequired = required.has(name);
    const all = [...schemas, ...patternsOf(gathered, name)];
    if (!isRequired && maker.isLeftOut(all)) continue;
    const value = maker.make(all);
    if (value !== undefined) object.set(name, value);
    else if (isRequired) return undefined;
  }
  for (const name of required) {
    if (object.has(name) || barred.has(name)) continue;
    const schemas = schemasOf(gathered, maker, name);
    if (!schemas) continue;
    const value = maker.make(schemas);
    if (value === undefined) return undefined;
    object.set(name, value);
  }
  const least = Number(keywords['minProperties'] ?? 0);
  const tries = properties.size + least * NAMES;
  for (let variant = 0; object.size < least && variant < tries; variant += 1) {
    if (maker.isSpent()) return undefined;
    const name = nameFor(gathered, maker, variant);
    const schemas = name === undefined ? undefined : schemasOf(gathered, maker, name);
    if (name === undefined || object.has(name) || barred.has(name) || !schemas) continue;
    const value = maker.make(schemas);
    if (value !== undefined) object.set(name, value);
  }
  // `fromEntries` makes own members of `__proto__` and the like.
  return Object.fromEntries(object);
}

function patternsOf({ patterns }: Gathered, name: string): readonly Node[] {
  return patterns.flatMap(([pattern, schema]) =>
    regularExpression(pattern).test(name) ? [schema] : [],
  );
}

/** What judges a member of that name; `undefined` when it may not be there. */
function schemasOf(gathered: Gathered, maker: MemberMaker, name: string): Schemas | undefined {
  const own = [...(gathered.properties.get(name) ?? []), ...patternsOf(gathered, name)];
  const schemas = own.length > 0 ? own : othersOf(gathered);
  const { spec, direction } = maker;
  const isRefused = schemas.some(
    (schema) => schema.value === false || isBarred(spec, schema, direction),
  );
  return isRefused ? undefined : schemas;
}

/** What judges the members that are not named. */
function othersOf({ additional, unevaluated }: Gathered): Schemas {
  return additional.length > 0 ? additional : unevaluated;
}

function nameFor(gathered: Gathered, maker: MemberMaker, variant: number): string | undefined {
  const { patterns, propertyNames, properties } = gathered;
  const named = [...properties.keys()];
  if (variant < named.length) return named[variant];
  const index = variant - named.length;
  if (propertyNames.length > 0) {
    const name = maker.name(propertyNames, index);
    if (typeof name === 'string') return name;
  }
  const [pattern] = patterns[index % Math.max(patterns.length, 1)] ?? [];
  const isClosed = othersOf(gathered).some(({ value }) => value === false);
  if (pattern !== undefined && isClosed) return sampleText({ pattern }, 0, index);
  return `property${index + 1}`;
}
