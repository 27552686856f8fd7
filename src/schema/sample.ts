import type { Json } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isValid } from './judge.ts';
import {
  type Choices,
  type Gathered,
  gatherFrom,
  leadsBack,
  type Schemas,
  typeFor,
} from './sample-gather.ts';
import { sampleNumber } from './sample-number.ts';
import { makeMembers } from './sample-object.ts';
import { sampleText } from './sample-text.ts';
import type { Direction } from './violation.ts';

/** How a sample is made. */
export interface SampleOptions {
  readonly direction: Direction;
  /** Which of the possible samples; the same number gives the same sample. Default: 0. */
  readonly seed?: number;
  /** Changes what was made, before it is judged; `undefined` asks for another one. */
  readonly refine?: (value: Json) => Json | undefined;
  /**
   * Tells whether a value satisfies a schema. Default: by the compiled validator; for a schema that is
   * asked about once, walking through it is sooner done.
   */
  readonly holds?: (schema: Node, value: Json) => boolean;
}

/** Objects lie at most this deep in each other where the schema does not demand more. */
const DEPTH = 4;
/** A sample has at most this many values where the schema does not demand more. */
const SIZE = 2_000;
/** Values lie at most this deep in each other, whatever the schema demands. */
const DEEPEST = 100;
/** This many values are made at most, in all attempts together. */
const EFFORT = 20_000;
/** How many ways of choosing among alternatives are tried before giving up. */
const ATTEMPTS = 24;
/** From this attempt on, what is optional is left out. */
const BARE = 17;
/** So many attempts with the usual texts and numbers come before those with others. */
const USUAL = 5;

/**
 * A value that satisfies a schema, made from its examples where it has some; `undefined` when none
 * was found.
 *
 * Bounded whatever the schema: what is recursive is left out, emptied or null where that is allowed,
 * and given up where it has no end.
 */
export function sample(spec: Spec, schema: Node, options: SampleOptions): Json | undefined {
  return sampleAll(spec, [schema], options);
}

/** As `sample`, for a value that satisfies several schemas. */
export function sampleAll(spec: Spec, schemas: Schemas, options: SampleOptions): Json | undefined {
  const { direction, seed = 0, refine = (value: Json) => value } = options;
  const judged = { direction, strict: false };
  const { holds = (schema: Node, value: Json) => isValid(spec, schema, value, judged) } = options;
  let effort = EFFORT;
  for (let attempt = 0; attempt < ATTEMPTS && effort > 0; attempt += 1) {
    const count = { made: 0, most: effort };
    const turn = { seed: seed + attempt, attempt, variant: 0 };
    const maker: Maker = { spec, direction, holds, ...turn, count };
    const made = make(maker, schemas, TOP);
    const value = made === undefined ? undefined : refine(made);
    if (value !== undefined && schemas.every((schema) => holds(schema, value))) return value;
    effort -= count.made;
  }
  return undefined;
}

interface Maker extends Choices {
  readonly holds: (schema: Node, value: Json) => boolean;
  readonly seed: number;
  /** Which of several values that must differ from each other. */
  readonly variant: number;
  readonly count: { made: number; readonly most: number };
}

/** The values that a value lies in. */
interface Place {
  readonly depth: number;
  /** The addresses of their schemas. */
  readonly within: readonly string[];
  /** Whether one of them is of the same schema. */
  readonly isRecursive: boolean;
}

const TOP: Place = { depth: 0, within: [], isRecursive: false };

function make(maker: Maker, schemas: Schemas, from: Place): Json | undefined {
  const { attempt, variant, count } = maker;
  count.made += 1;
  if (from.depth > DEEPEST || isSpent(maker)) return undefined;
  const { gathered, through } = gatherFrom(maker, schemas, from.within);
  if (gathered.impossible) return undefined;
  const candidate = candidateFor(maker, schemas, gathered);
  if (candidate !== undefined) return candidate;
  const isRecursive = [...through].some((address) => from.within.includes(address));
  const within = [...from.within, ...through];
  const place = { depth: from.depth + 1, within, isRecursive };
  const type = typeFor(gathered, attempt, isRecursive || from.within.length > DEPTH * 6);
  const another = variant + Math.max((attempt % BARE) - USUAL + 1, 0);
  switch (type) {
    case 'object':
      return makeObject(maker, gathered, place);
    case 'array':
      return makeArray(maker, gathered, place);
    case 'string':
      return sampleText(gathered.keywords, maker.seed, another);
    case 'number':
    case 'integer':
      return sampleNumber(gathered.keywords, type, another);
    default:
      return type === 'boolean' ? another % 2 === 0 : null;
  }
}

/** An example or the like that the schemas take; of several variants each another one. */
function candidateFor(maker: Maker, schemas: Schemas, gathered: Gathered): Json | undefined {
  const { holds, variant } = maker;
  const fitting = gathered.candidates.filter((value) =>
    schemas.every((schema) => holds(schema, value)),
  );
  const { enum: values, const: constant } = gathered.keywords;
  const isClosed = values !== undefined || constant !== undefined;
  return fitting[isClosed ? variant % fitting.length : variant];
}

function isSpent({ count }: Maker): boolean {
  return count.made > count.most;
}

/** Whether nothing more is made than the schema demands. */
function isFull({ count }: Maker, { within, isRecursive }: Place): boolean {
  return isRecursive || within.length > DEPTH * 6 || count.made > SIZE;
}

function makeObject(maker: Maker, gathered: Gathered, place: Place): Json | undefined {
  return makeMembers(gathered, {
    spec: maker.spec,
    direction: maker.direction,
    make: (schemas) => make(maker, schemas, place),
    name: (schemas, variant) => make({ ...maker, variant }, schemas, place),
    isSpent: () => isSpent(maker),
    isLeftOut: (schemas) =>
      isFull(maker, place) ||
      maker.attempt >= BARE ||
      schemas.some((schema) => leadsBack(maker, schema, place.within)),
  });
}

function makeArray(maker: Maker, gathered: Gathered, place: Place): Json | undefined {
  const { minItems, maxItems, uniqueItems } = gathered.keywords;
  const { items, prefixItems } = gathered;
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const isClosed = items.some(({ value }) => value === false);
  const room = isClosed ? Math.min(most, prefixItems.length) : most;
  const contained = containedIn(gathered, room);
  const needed = Math.max(least, contained.length);
  const isBack = items.some((schema) => leadsBack(maker, schema, place.within));
  const usual = Math.max(needed, Math.min(prefixItems.length + contained.length, room), 1);
  const wanted = isBack || isFull(maker, place) ? needed : usual;
  // Behind the items that have places of their own, if there is room; then among these.
  const behind = Math.max(Math.min(prefixItems.length, room - contained.length), 0);
  const start = maker.attempt % 2 === 0 ? Math.min(behind, wanted - contained.length) : 0;
  const made: Json[] = [];
  for (let index = 0; index < Math.min(wanted, room); index += 1) {
    const own = prefixItems[index] ?? items;
    const schemas = [...own, ...(contained[index - start] ?? [])];
    if (own.some(({ value }) => value === false)) break;
    const inner = uniqueItems === true ? { ...maker, variant: index } : maker;
    const value = make(inner, schemas, place);
    if (value === undefined) return index >= needed ? made : undefined;
    made.push(value);
  }
  return made;
}

/** What as many items as need be are to satisfy: each `contains` its own, where there is room. */
function containedIn({ contains, keywords }: Gathered, room: number): readonly Schemas[] {
  if (contains.length === 0) return [];
  const { minContains } = keywords;
  const each = Math.min(typeof minContains === 'number' ? minContains : 1, EFFORT);
  const isTight = each * contains.length > room;
  const lists = isTight ? [contains] : contains.map((schema) => [schema]);
  return lists.flatMap((schemas) => Array.from({ length: each }, () => schemas));
}
