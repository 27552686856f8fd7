import { lengthOf } from './length.ts';
import { type Pattern, readPattern } from './pattern-syntax.ts';

/** How long a text is to be, and which of the possible ones. */
export interface TextOptions {
  readonly least: number;
  readonly most: number;
  /** The same number gives the same text. */
  readonly turn: number;
  /** Whether a class stands for any of its characters, rather than letters and digits if it has some. */
  readonly isWild: boolean;
}

/** How often something repeats that may go on without end, where nobody asks for more. */
const NATURAL = 4;
/** A text is at most this long, give or take one repetition. */
export const LONGEST = 100_000;

const patterns = new WeakMap<RegExp, Pattern>();

/**
 * A text made by a regular expression, of a length within the limits if it can be so. Whether it
 * matches is for the caller to see: what looks around, as `(?=…)` does, is not asked.
 */
export function textOf(expression: RegExp, options: TextOptions): string {
  const { least, most, turn, isWild } = options;
  let pattern = patterns.get(expression);
  if (!pattern) {
    pattern = readPattern(expression);
    patterns.set(expression, pattern);
  }
  const { flags } = expression;
  const writer: Writer = { flags, turn, isWild, taken: new Map(), characters: 0, choices: 0 };
  return write(writer, pattern, { least, most });
}

interface Writer {
  readonly flags: string;
  readonly turn: number;
  readonly isWild: boolean;
  /** What groups have taken, by number and name. */
  readonly taken: Map<string, string>;
  /** How many have been written, whole texts of the pattern counting as one. */
  characters: number;
  choices: number;
}

interface Length {
  readonly least: number;
  readonly most: number;
}

function write(writer: Writer, pattern: Pattern, wanted: Length): string {
  switch (pattern.kind) {
    case 'text':
      writer.characters += 1;
      return pattern.text;
    case 'set':
      return pick(writer, pattern.source);
    case 'reference':
      return writer.taken.get(pattern.name) ?? '';
    case 'group': {
      const text = write(writer, pattern.part, wanted);
      for (const name of pattern.names) writer.taken.set(name, text);
      return text;
    }
    case 'choice':
      return write(writer, choose(writer, pattern.parts, wanted), wanted);
    case 'sequence':
      return writeAll(writer, pattern.parts, wanted);
    case 'repeat':
      return writeAll(writer, repetitions(writer, pattern, wanted), wanted);
  }
}

/** Each part is as long as those behind it cannot be, and leaves room for them. */
function writeAll(writer: Writer, parts: readonly Pattern[], { least, most }: Length): string {
  /** For each part, the lengths of all behind it. */
  const behind: Lengths[] = [];
  let rest = EMPTY;
  for (const part of parts.toReversed()) {
    behind.push(rest);
    rest = add(rest, lengthsOf(part));
  }
  let text = '';
  let length = 0;
  for (const [index, part] of parts.entries()) {
    if (writer.characters > LONGEST) break;
    const own = lengthsOf(part);
    const { min, max } = behind[parts.length - 1 - index] ?? EMPTY;
    const piece = write(writer, part, {
      least: Math.max(least - length - max, own.min),
      most: Math.max(most - length - min, own.min),
    });
    text += piece;
    length += lengthOf(piece);
  }
  return text;
}

function choose(writer: Writer, parts: readonly Pattern[], { least, most }: Length): Pattern {
  const fitting = parts.filter((part) => {
    const { min, max } = lengthsOf(part);
    return max >= least && min <= most;
  });
  const list = fitting.length > 0 ? fitting : parts;
  const chosen = list[(writer.turn + writer.choices) % list.length];
  writer.choices += 1;
  return chosen ?? { kind: 'text', text: '' };
}

function repetitions(
  { turn }: Writer,
  { part, min, max }: Extract<Pattern, { kind: 'repeat' }>,
  { least, most }: Length,
): readonly Pattern[] {
  const each = lengthsOf(part);
  const natural = max === 1 ? (turn + 1) % 2 : part.kind === 'set' ? NATURAL : 1;
  const usual = max === Number.POSITIVE_INFINITY || min === 0 ? natural : min;
  const needed = each.max > 0 ? Math.ceil(least / each.max) : 0;
  const room = each.min > 0 ? Math.floor(most / each.min) : Number.POSITIVE_INFINITY;
  const count = Math.max(min, Math.min(Math.max(usual, needed), room, max, LONGEST));
  return Array.from({ length: Math.min(count, LONGEST) }, () => part);
}

interface Lengths {
  readonly min: number;
  readonly max: number;
}

const EMPTY: Lengths = { min: 0, max: 0 };
const lengths = new WeakMap<Pattern, Lengths>();

/** The least and the greatest length of what a pattern takes, in characters. */
function lengthsOf(pattern: Pattern): Lengths {
  let known = lengths.get(pattern);
  if (!known) {
    known = measure(pattern);
    lengths.set(pattern, known);
  }
  return known;
}

function measure(pattern: Pattern): Lengths {
  switch (pattern.kind) {
    case 'text':
      return { min: lengthOf(pattern.text), max: lengthOf(pattern.text) };
    case 'set':
      return { min: 1, max: 1 };
    case 'reference':
      return EMPTY;
    case 'group':
      return lengthsOf(pattern.part);
    case 'sequence':
      return pattern.parts.map(lengthsOf).reduce(add, EMPTY);
    case 'choice': {
      const all = pattern.parts.map(lengthsOf);
      return {
        min: Math.min(...all.map(({ min }) => min)),
        max: Math.max(...all.map(({ max }) => max)),
      };
    }
    case 'repeat': {
      const { min, max } = lengthsOf(pattern.part);
      return { min: min * pattern.min, max: max === 0 ? 0 : max * pattern.max };
    }
  }
}

function add(one: Lengths, other: Lengths): Lengths {
  return { min: one.min + other.min, max: one.max + other.max };
}

/** Small letters first, so that what is made can be read. */
const TAME: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
];
const WILD: readonly string[] = [
  ...TAME,
  ...'-_.!#$%&*+,/:;<=>?@^|~()[]{}\'"`\\ ',
  ...'éßñÄÉЖжΩω日本あアا१٣€😀\t\n\r\v\f\0\u00a0',
];
const characters = new Map<string, readonly string[]>();

/** A character of a class: those beside each other are far apart in it, and so of several kinds. */
function pick(writer: Writer, source: string): string {
  const list = charactersOf(source, writer);
  const index = (writer.turn + writer.characters * 11) % Math.max(list.length, 1);
  writer.characters += 1;
  return list[index] ?? '';
}

function charactersOf(source: string, { flags, isWild }: Writer): readonly string[] {
  const key = `${flags} ${isWild} ${source}`;
  let list = characters.get(key);
  if (!list) {
    const expression = new RegExp(`^(?:${source})$`, flags);
    const takes = (one: string) => expression.test(one);
    list = isWild ? [] : TAME.filter(takes);
    if (list.length === 0) list = WILD.filter(takes);
    if (list.length === 0) list = search(takes);
    characters.set(key, list);
  }
  return list;
}

function search(takes: (text: string) => boolean): readonly string[] {
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const text = String.fromCodePoint(code);
    if (takes(text)) return [text];
  }
  return [];
}
