import type { Json } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isValid } from './judge.ts';
import { schemasOfProperty } from './members.ts';
import { type Choices, type Gathered, gatherFrom, leadsBack, typeFor } from './sample-gather.ts';
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
/** A schema that demands more schemas within each other than this has no end. */
const NESTING_LIMIT = 200;
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

/** A value on its way: its schema, what that asks for, and the schemas that it lies within. */
interface Place {
  readonly schema: Node;
  readonly gathered: Gathered;
  readonly within: readonly string[];
  /** Whether the schema is being made already, further out. */
  readonly isRecursive: boolean;
}

function make(maker: Maker, schema: Node, outer: readonly string[]): Json | undefined {
  maker.size += 1;
  if (outer.length > NESTING_LIMIT) return undefined;
  const { gathered, through } = gatherFrom(maker, schema, outer);
  if (gathered.impossible) return undefined;
  const candidate = candidateFor(maker, schema, gathered);
  if (candidate !== undefined) return candidate;
  const isRecursive = [...through].some((address) => outer.includes(address));
  const place = { schema, gathered, within: [...outer, ...through], isRecursive };
  const type = typeFor(gathered, isRecursive || outer.length > DEPTH * 6);
  if (type === 'object') return makeObject(maker, place);
  if (type === 'array') return makeArray(maker, place);
  if (type === 'string') return sampleText(gathered.keywords, maker.seed, maker.variant);
  if (type === 'number' || type === 'integer') {
    return sampleNumber(gathered.keywords, type, maker.variant);
  }
  return type === 'boolean' ? maker.variant % 2 === 0 : null;
}

/** An example or the like that the schema takes; of several variants each another one. */
function candidateFor(maker: Maker, schema: Node, gathered: Gathered): Json | undefined {
  const { spec, direction, variant } = maker;
  const judged = { direction, strict: false };
  const fitting = gathered.candidates.filter((value) => isValid(spec, schema, value, judged));
  const { enum: values, const: constant } = gathered.keywords;
  const isClosed = values !== undefined || constant !== undefined;
  return fitting[isClosed ? variant % fitting.length : variant];
}

function makeObject(maker: Maker, place: Place): Json | undefined {
  const { gathered, within, isRecursive } = place;
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
  for (const name of gathered.required) {
    if (Object.hasOwn(object, name) || gathered.barred.has(name)) continue;
    const value = makeUnnamed(maker, place, name);
    if (value === undefined) return undefined;
    define(object, name, value);
  }
  const { minProperties } = gathered.keywords;
  for (let index = 1; typeof minProperties === 'number' && index <= minProperties; index += 1) {
    if (Object.keys(object).length >= minProperties) break;
    const value = makeUnnamed(maker, place, `property${index}`);
    if (value !== undefined) define(object, `property${index}`, value);
  }
  return object;
}

/** A property that `properties` does not name: by its pattern, or by what holds for all others. */
function makeUnnamed(maker: Maker, { schema, within }: Place, name: string): Json | undefined {
  const [first] = schemasOfProperty(maker.spec, schema, name);
  return first ? make(maker, first, within) : 'string';
}

function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function makeArray(maker: Maker, { gathered, within, isRecursive }: Place): Json | undefined {
  const { minItems, maxItems, minContains, uniqueItems } = gathered.keywords;
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const { items, prefixItems, contains } = gathered;
  const contained = contains ? Number(minContains ?? 1) : 0;
  const isBack = isRecursive || (items !== undefined && leadsBack(maker, items, within));
  const wanted =
    isBack || within.length > DEPTH * 6 || maker.size > SIZE
      ? Math.max(least, contained)
      : Math.max(least, prefixItems.length + contained, 1);
  const made: Json[] = [];
  for (let index = 0; index < Math.min(wanted, most); index += 1) {
    const isContained = index >= prefixItems.length && index < prefixItems.length + contained;
    const schema = prefixItems[index] ?? (isContained ? contains : items);
    if (schema?.value === false) break;
    const inner = { ...maker, variant: uniqueItems === true ? index : maker.variant };
    const value = schema ? make(inner, schema, within) : 'string';
    maker.size = inner.size;
    if (value === undefined) return index >= least ? made : undefined;
    made.push(value);
  }
  return made;
}
