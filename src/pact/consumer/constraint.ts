import { isArray, type Json } from '../../json.ts';
import { type Branch, typesOfBranch } from '../../schema/branch.ts';
import { keywordsOf } from '../../schema/dialect.ts';
import { canonical } from '../../schema/equal.ts';
import type { JsonType } from '../../schema/types.ts';
import type { Spec } from '../../spec/spec.ts';

/** What a branch asks of a value, as far as a matcher can ask for it. */
export interface Constraint {
  readonly types: ReadonlySet<JsonType>;
  /** The only values there are, of `enum` and `const`; `undefined` where there are others. */
  readonly values: readonly Json[] | undefined;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly minimum: number;
  readonly maximum: number;
  readonly isAboveMinimum: boolean;
  readonly isBelowMaximum: boolean;
  readonly minItems: number;
  readonly maxItems: number;
}

type Building = { -readonly [Name in keyof Constraint]: Constraint[Name] };

/** Gathers what the schemas of a branch ask for, all of them together. */
export function constraintOf(spec: Spec, branch: Branch): Constraint {
  const found: Building = {
    types: typesOfBranch(spec, branch),
    values: undefined,
    patterns: [],
    formats: [],
    minimum: Number.NEGATIVE_INFINITY,
    maximum: Number.POSITIVE_INFINITY,
    isAboveMinimum: false,
    isBelowMaximum: false,
    minItems: 0,
    maxItems: Number.POSITIVE_INFINITY,
  };
  for (const schema of branch) {
    const keywords = keywordsOf(spec, schema);
    if (typeof keywords === 'boolean') continue;
    const { pattern, format, minItems, maxItems } = keywords;
    found.values = met(found.values, valuesOf(keywords['enum'], keywords['const']));
    if (typeof pattern === 'string') found.patterns = [...found.patterns, pattern];
    if (typeof format === 'string' && spec.formats === 'assert') {
      found.formats = [...found.formats, format];
    }
    raise(found, keywords['minimum'], false);
    raise(found, keywords['exclusiveMinimum'], true);
    lower(found, keywords['maximum'], false);
    lower(found, keywords['exclusiveMaximum'], true);
    if (typeof minItems === 'number') found.minItems = Math.max(found.minItems, minItems);
    if (typeof maxItems === 'number') found.maxItems = Math.min(found.maxItems, maxItems);
  }
  return found;
}

function valuesOf(list: Json | undefined, only: Json | undefined): readonly Json[] | undefined {
  if (only !== undefined) return [only];
  return isArray(list) ? list : undefined;
}

function met(
  one: readonly Json[] | undefined,
  other: readonly Json[] | undefined,
): readonly Json[] | undefined {
  if (!one || !other) return one ?? other;
  const keys = new Set(other.map(canonical));
  return one.filter((value) => keys.has(canonical(value)));
}

function raise(found: Building, limit: Json | undefined, isExclusive: boolean): void {
  if (typeof limit !== 'number' || limit < found.minimum) return;
  found.isAboveMinimum = isExclusive || (limit === found.minimum && found.isAboveMinimum);
  found.minimum = limit;
}

function lower(found: Building, limit: Json | undefined, isExclusive: boolean): void {
  if (typeof limit !== 'number' || limit > found.maximum) return;
  found.isBelowMaximum = isExclusive || (limit === found.maximum && found.isBelowMaximum);
  found.maximum = limit;
}
