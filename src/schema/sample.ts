import type { Json } from '../json.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { keywordsOf } from './dialect.ts';
import { isValid } from './judge.ts';
import { type Choices, type Gathered, gatherFrom, typeFor } from './sample-gather.ts';
import { sampleNumber } from './sample-number.ts';
import { sampleText } from './sample-text.ts';
import type { Direction } from './violation.ts';

/** How a sample is made. */
export interface SampleOptions {
  readonly direction: Direction;
  /** Which of the possible samples; the same number gives the same sample. Default: 0. */
  readonly seed?: number;
}

/** Objects lie at most this deep in each other where the schema does not demand more. */
const DEPTH = 4;
/** A sample has at most this many values where the schema does not demand more. */
const SIZE = 2_000;
/** How many ways of choosing among alternatives are tried before giving up. */
const ATTEMPTS = 24;

/**
 * A value that satisfies a schema, made from its examples where it has some; `undefined` when none
 * was found.
 *
 * Bounded whatever the schema: what is recursive is left out, emptied or null where that is allowed.
 */
export function sample(spec: Spec, schema: Node, options: SampleOptions): Json | undefined {
  const { direction, seed = 0 } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const maker: Maker = { spec, direction, seed: seed + attempt, attempt, variant: 0, size: 0 };
    const value = make(maker, schema, []);
    if (value !== undefined && isValid(spec, schema, value, { direction, strict: false }))
      return value;
  }
  return undefined;
}

interface Maker extends Choices {
  readonly seed: number;
  /** Which of several values that must differ from each other. */
  readonly variant: number;
  size: number;
}

function make(maker: Maker, schema: Node, within: readonly string[]): Json | undefined {
  maker.size += 1;
  const { gathered, through } = gatherFrom(maker, schema);
  if (gathered.impossible) return undefined;
  const judged = { direction: maker.direction, strict: false };
  const fitting = gathered.candidates.filter(({ value }) =>
    isValid(maker.spec, schema, value, judged),
  );
  const candidate = fitting[maker.variant % fitting.length];
  if (candidate) return candidate.value;
  const inside = [...within, ...through];
  const isRecursive = [...through].some((address) => within.includes(address));
  const type = typeFor(gathered, isRecursive || within.length > DEPTH * 6);
  if (type === 'object') return makeObject(maker, gathered, inside, isRecursive);
  if (type === 'array') return makeArray(maker, gathered, inside, isRecursive);
  if (type === 'string') return sampleText(gathered.keywords, maker.seed, maker.variant);
  if (type === 'number' || type === 'integer') {
    return sampleNumber(gathered.keywords, type, maker.variant);
  }
  return type === 'boolean' ? maker.variant % 2 === 0 : null;
}

function makeObject(
  maker: Maker,
  gathered: Gathered,
  within: readonly string[],
  isRecursive: boolean,
): Json | undefined {
  const object: Record<string, Json> = {};
  const isFull =
    isRecursive || within.length > DEPTH * 6 || maker.size > SIZE || maker.attempt > 16;
  for (const [name, property] of gathered.properties) {
    if (gathered.barred.has(name)) continue;
    const isRequired = gathered.required.has(name);
    if (!isRequired && (isFull || leadsBack(maker, property, within))) continue;
    const value = make(maker, property, within);
    if (value !== undefined) define(object, name, value);
    else if (isRequired) return undefined;
  }
  const isBarredHere = (name: string) =>
    gathered.barred.has(name) ||
    (!gathered.properties.has(name) && gathered.additional?.value === false);
  for (const name of gathered.required) {
    if (Object.hasOwn(object, name) || isBarredHere(name)) continue;
    const value = gathered.additional ? make(maker, gathered.additional, within) : 'string';
    if (value !== undefined) define(object, name, value);
  }
  const { minProperties } = gathered.keywords;
  for (let index = 1; typeof minProperties === 'number' && index <= minProperties; index += 1) {
    if (Object.keys(object).length >= minProperties) break;
    const value = gathered.additional ? make(maker, gathered.additional, within) : 'string';
    if (value !== undefined) define(object, `property${index}`, value);
  }
  return object;
}

function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Tells whether a schema, or what it applies to the same value, is being made already. */
function leadsBack(maker: Maker, schema: Node, within: readonly string[]): boolean {
  const keywords = keywordsOf(maker.spec, schema);
  if (typeof keywords === 'boolean') return false;
  const { $ref: reference } = keywords;
  if (typeof reference !== 'string') return false;
  const target = resolveReference(maker.spec, schema, reference);
  return (
    within.includes(addressOf(target)) || leadsBack(maker, target, [...within, addressOf(schema)])
  );
}

function makeArray(
  maker: Maker,
  gathered: Gathered,
  within: readonly string[],
  isRecursive: boolean,
): Json | undefined {
  const { minItems, maxItems, uniqueItems } = gathered.keywords;
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const { items, prefixItems } = gathered;
  const isBack = isRecursive || (items !== undefined && leadsBack(maker, items, within));
  const wanted =
    isBack || within.length > DEPTH * 6 || maker.size > SIZE
      ? least
      : Math.max(least, prefixItems.length, 1);
  const made: Json[] = [];
  for (let index = 0; index < Math.min(wanted, most); index += 1) {
    const schema = prefixItems[index] ?? items;
    if (schema?.value === false) break;
    const inner = { ...maker, variant: uniqueItems === true ? index : maker.variant };
    const value = schema ? make(inner, schema, within) : 'string';
    maker.size = inner.size;
    if (value === undefined) return index >= least ? made : undefined;
    made.push(value);
  }
  return made;
}
