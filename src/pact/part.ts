import { isArray, isObject, type Json } from '../json.ts';
import { complete } from '../schema/complete.ts';
import { canonical } from '../schema/equal.ts';
import { isValid, judgeValue } from '../schema/judge.ts';
import type { Violation } from '../schema/violation.ts';
import { children } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { at, edited } from './edit.ts';
import { findUnnamed } from './unnamed.ts';

/** A part of a value, judged. */
export interface PartVerdict {
  /** What no value that has this part can mend. */
  readonly violations: readonly Violation[];
  /** The part, without what is wrong with it. */
  readonly sound: Json;
  /** Values that have the sound part and keep the schema, as far as such were found. */
  readonly wholes: readonly Json[];
}

/** So many ways of choosing among alternatives are tried to complete a part. */
const ATTEMPTS = 6;
/** A name that documents hardly have. */
const OTHER = 'another member';
const STRICT = { direction: 'response', strict: true } as const;
const LAX = { direction: 'response', strict: false } as const;

/**
 * Judges a part of a response's value: whether there is a value that keeps the schema and has this
 * part, and whether the schema names all that the part has.
 *
 * @param isOpen tells whether the array at a pointer may have more items than the part has.
 */
export function judgePart(
  spec: Spec,
  schema: Node,
  part: Json,
  isOpen: (pointer: string) => boolean,
): PartVerdict {
  let fewest: readonly Violation[] | undefined;
  let first: string | undefined;
  const wholes = new Map<string, Json>();
  const known: Part = { spec, value: part, isOpen };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const filled = complete(spec, schema, part, { direction: 'response', attempt, isOpen });
    const key = canonical(filled);
    // Nothing was there to choose from.
    if (attempt === 1 && key === first) break;
    first ??= key;
    if (wholes.has(key)) continue;
    for (const whole of [filled, grown(known, schema, filled)]) {
      if (whole === undefined) continue;
      if (isValid(spec, schema, whole, LAX)) wholes.set(canonical(whole), whole);
      const violations = violationsOf(known, schema, whole);
      if (!fewest || violations.length < fewest.length) fewest = violations;
    }
  }
  const violations = fewest ?? [];
  const sound = { violations, sound: part, wholes: [...wholes.values()] };
  if (wholes.size > 0 || violations.length === 0) return sound;
  const isWhole = violations.some(({ pointer }) => pointer === '' || /\/\d+$/.test(pointer));
  if (isWhole) return sound;
  const rest = violations.reduce((left, { pointer }) => edited(left, pointer, undefined), part);
  return { ...judgePart(spec, schema, rest, isOpen), violations };
}

/** The value with a member more in each object that is not allowed as it is: a condition may not hold then. */
function grown({ spec, value }: Part, schema: Node, filled: Json): Json | undefined {
  let whole = filled;
  for (const { pointer } of judgeValue(spec, schema, filled, LAX)) {
    const object = at(whole, pointer);
    if (!isObject(object) || at(value, pointer) === undefined) continue;
    whole = edited(whole, pointer, { ...object, [OTHER]: null });
  }
  return whole === filled ? undefined : whole;
}

interface Part {
  readonly spec: Spec;
  readonly value: Json;
  readonly isOpen: (pointer: string) => boolean;
}

/** What is wrong with a part, and what of it has a name that the schema does not know. */
function violationsOf(part: Part, schema: Node, filled: Json): readonly Violation[] {
  const { spec } = part;
  const wrong = judgeValue(spec, schema, filled, LAX).filter((one) => isOfPart(part, one));
  const strict = judgeValue(spec, schema, filled, STRICT);
  const named = strict.filter(
    (one) => one.problem === 'unknown' && at(part.value, one.pointer) !== undefined,
  );
  // Where no alternative is nearer than another, strictness names none of the names.
  const isVague = strict.some(({ problem }) => problem === 'alternatives');
  const found = [...wrong, ...named, ...(isVague ? findUnnamed(spec, schema, part.value) : [])];
  return [...new Map(found.toReversed().map((one) => [one.pointer, one])).values()].toReversed();
}

/** What was added to the part is ours, and what is still missing the consumer does not read. */
function isOfPart(part: Part, { pointer, problem, rule }: Violation): boolean {
  const value = at(part.value, pointer);
  if (value === undefined) return false;
  const canGrow = isObject(value) || (isArray(value) && part.isOpen(pointer));
  const isOfMore = /\/(?:min(?:Properties|Items|Contains)|contains)$/.test(rule.pointer);
  if (canGrow && isOfMore) return false;
  // Two items that are alike need not be, once there is more in them.
  if (rule.pointer.endsWith('/uniqueItems')) return isArray(value) && !value.some(isObject);
  if (!canGrow) return true;
  // What is forbidden for a whole may be allowed with more in it.
  if (problem === 'forbidden')
    return rule.value === false && !/\/(?:then|else)$/.test(rule.pointer);
  return problem !== 'alternatives' || !fitsOneOf(part, rule, pointer, value);
}

/** Tells whether a value lacks something of an alternative, and nothing more is wrong with it. */
function fitsOneOf({ spec, isOpen }: Part, list: Node, pointer: string, value: Json): boolean {
  const inner: Part = { spec, value, isOpen: (within) => isOpen(pointer + within) };
  return [...children(list)].some(([, alternative]) => {
    const options = { direction: 'response', attempt: 0, isOpen: inner.isOpen } as const;
    const filled = complete(spec, alternative, value, options);
    return judgeValue(spec, alternative, filled, LAX).every((one) => !isOfPart(inner, one));
  });
}
