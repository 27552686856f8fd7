import { readDate, readDateTime, readDuration, readTime } from './moment.ts';
import { constant, type Expression, fail, found, type Parser, take } from './parser.ts';
import { TYPE_NAMES, type Type, type Value } from './value.ts';

/** A literal that starts like no other. */
interface LiteralRule {
  readonly type: Type;
  readonly starts: RegExp;
  readonly read: (text: string) => Value;
  readonly example: string;
}

/** In the order of trial: a GUID starts like a number, a point in time like a day. */
const RULES: readonly LiteralRule[] = [
  {
    type: 'guid',
    starts: /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/iy,
    read: (text) => text.toLowerCase(),
    example: '01234567-89ab-cdef-0123-456789abcdef',
  },
  {
    type: 'date-time',
    starts: /\d{4}-\d\d-\d\dt[\d:.]*(?:z|[+-][\d:]*)?/iy,
    read: readDateTime,
    example: '2024-05-01T12:30:00Z, and + is %2B in a URL',
  },
  { type: 'date', starts: /\d{4}-\d\d-\d\d/y, read: readDate, example: '2024-05-01' },
  { type: 'time', starts: /\d\d:[\d:.]*/y, read: readTime, example: '12:30:00' },
  { type: 'integer', starts: /[+-]?\d+(?![\d.e])/iy, read: readInteger, example: '42' },
  {
    type: 'number',
    starts: /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy,
    read: readNumber,
    example: '4.2e1',
  },
  { type: 'number', starts: /-INF\b/y, read: () => Number.NEGATIVE_INFINITY, example: '-INF' },
];

const WORDS: readonly (readonly [word: RegExp, type: Type, value: Value])[] = [
  [/null(?![\w.'(/])/y, 'null', null],
  [/true(?![\w.'(/])/iy, 'boolean', true],
  [/false(?![\w.'(/])/iy, 'boolean', false],
  [/INF(?![\w.'(/])/y, 'number', Number.POSITIVE_INFINITY],
  [/NaN(?![\w.'(/])/y, 'number', Number.NaN],
];

const STRING = /'(?:[^']|'')*'/y;
const TYPED = /([\p{L}_][\p{L}\p{Nd}_.]*)'/uy;

/**
 * Reads a literal; `undefined` when what follows is none.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.14.1
 */
export function readLiteral(parser: Parser): Expression | undefined {
  const { at } = parser;
  if (parser.text[at] === "'") return readString(parser);
  for (const { type, starts, read, example } of RULES) {
    const text = take(parser, starts);
    if (text === undefined) continue;
    const value = read(text);
    if (value !== undefined) return ended(parser, text, constant(type, at, value));
    fail(at, `\`${text}\` cannot be read as ${TYPE_NAMES[type]}, such as ${example}.`);
  }
  for (const [word, type, value] of WORDS) {
    if (take(parser, word) !== undefined) return constant(type, at, value);
  }
  return readTyped(parser);
}

/** Makes sure that a literal is no piece of a longer one that is wrong further on. */
function ended(parser: Parser, text: string, literal: Expression): Expression {
  if (/^[\w.:'+-]/.test(parser.text.slice(parser.at, parser.at + 1))) {
    fail(parser.at, `There must be a space behind \`${text}\`, not ${found(parser)}.`);
  }
  return literal;
}

function readString(parser: Parser): Expression {
  const { at } = parser;
  const quoted = take(parser, STRING);
  if (quoted === undefined) fail(at, "The string that starts here has no end: a `'` is missing.");
  const literal = quoted.slice(1, -1).replaceAll("''", "'");
  return { ...constant('string', at, literal), literal };
}

/** A string with a type before it: `duration'PT1H'`. */
function readTyped(parser: Parser): Expression | undefined {
  const { at } = parser;
  TYPED.lastIndex = at;
  const name = TYPED.exec(parser.text)?.[1];
  if (name === undefined) return undefined;
  if (name.toLowerCase() !== 'duration') {
    fail(at, `Literals such as \`${name}'…'\` are not supported; a string stands in quotes alone.`);
  }
  parser.at += name.length;
  return toDuration({ ...readString(parser), at });
}

/** Reads a string literal as a Duration: since 4.01 one is written with or without its type. */
export function toDuration({ at, literal = '' }: Expression): Expression {
  const value = readDuration(literal);
  if (value) return constant('duration', at, value);
  fail(at, `\`${literal}\` cannot be read as ${TYPE_NAMES.duration}, such as P1DT12H30M0.5S.`);
}

/** An integer that no number can say exactly is none. */
function readInteger(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function readNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
