import type { JsonObject } from '../json.ts';
import { formatOf } from './formats.ts';
import { lengthOf } from './length.ts';
import { LONGEST, textOf } from './pattern-text.ts';
import { regularExpression } from './regular-expression.ts';

/** Gives a text of a format: for each `variant` another one, and as `long` as asked where it can be. */
type Write = (variant: number, long: number) => string;

const date: Write = (variant) => `2024-05-${two(1 + (variant % 28))}`;
const time: Write = (variant) => `09:${two(59 - ((29 + variant) % 60))}:00Z`;
const host: Write = (variant, long) => `host${more(variant)}.${padding(long - 16)}example.com`;
const address: Write = (variant, long) =>
  `https://example.com/${padding(long - 20)}${more(variant)}`;
const mail: Write = (variant, long) => `user${padding(long - 16)}${more(variant)}@example.com`;
const path: Write = (variant, long) => `/path${padding(long - 5)}${more(variant)}`;

const FORMATS: Readonly<Record<string, Write>> = {
  'date-time': (variant, long) => `${date(Math.floor(variant / 60), long)}T${time(variant, long)}`,
  date,
  time,
  duration: (variant) => `P${variant + 1}D`,
  email: mail,
  'idn-email': mail,
  hostname: host,
  'idn-hostname': host,
  ipv4: (variant) => `192.0.2.${1 + (variant % 254)}`,
  ipv6: (variant) => `2001:db8::${(1 + variant).toString(16)}`,
  uri: address,
  url: address,
  'uri-reference': path,
  iri: address,
  'iri-reference': path,
  'uri-template': (variant, long) => `${path(variant, long)}/{id}`,
  uuid: (variant) => `3fa85f64-5717-4562-b3fc-2c963f66${(0xafa6 + variant).toString(16)}`,
  'json-pointer': path,
  'relative-json-pointer': (variant) => String(variant),
  regex: (variant, long) => `^.*${padding(long - 4)}${more(variant)}$`,
  byte: (variant, long) => btoa(`sample${padding(Math.ceil(long * 0.75) - 6)}${more(variant)}`),
};

function more(variant: number): string {
  return variant === 0 ? '' : String(variant);
}

function padding(length: number): string {
  return 'x'.repeat(Math.max(length, 0));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** How many texts of a pattern are tried. */
const TURNS = 32;

interface Limits {
  readonly least: number;
  readonly most: number;
}

/**
 * A text that has the format, the pattern and the length asked for, as far as one can be found. Each
 * `variant` gives another one.
 */
export function sampleText(keywords: JsonObject, seed: number, variant: number): string {
  const { format, pattern, minLength, maxLength } = keywords;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const expression = typeof pattern === 'string' ? regularExpression(pattern) : undefined;
  const known = typeof format === 'string' ? formatOf(format) : undefined;
  const fits = (text: string) => {
    const length = lengthOf(text);
    if (length < least || length > most || expression?.test(text) === false) return false;
    return known?.type !== 'string' || known.holds(text);
  };
  const write =
    typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const turn = seed + variant * 101;
  const limits = { least, most };
  let first: string | undefined;
  for (const text of candidates(expression, write, limits, turn, variant)) {
    if (fits(text)) return text;
    first ??= text;
  }
  return first ?? '';
}

function* candidates(
  expression: RegExp | undefined,
  write: Write | undefined,
  limits: Limits,
  turn: number,
  variant: number,
): Iterable<string> {
  const formatted = write?.(variant, 0);
  if (write && formatted !== undefined) {
    yield write(variant, limits.least);
    yield formatted;
    yield* varied(write(0, 0), limits, variant);
  }
  if (!expression) {
    if (formatted === undefined) yield plain(limits, variant);
    return;
  }
  for (let attempt = 0; attempt < TURNS; attempt += 1) {
    const isWild = attempt >= TURNS / 2;
    const made = textOf(expression, { ...limits, turn: turn + attempt, isWild });
    yield made;
    // Another one would take as long, and be cut off as well.
    if (made.length >= LONGEST) return;
    // What stands at neither end of the text leaves room for more of it.
    const missing = 'a'.repeat(Math.max(limits.least - lengthOf(made), 0));
    if (missing !== '') yield* [made + missing, missing + made];
    if (formatted !== undefined) yield* spliced(formatted, made);
  }
}

/** A text with something put in: a number to tell it from others, letters to make it longer. */
function* varied(text: string, { least }: Limits, variant: number): Iterable<string> {
  const mark = variant > 0 ? String(variant) : '';
  const missing = 'a'.repeat(Math.max(least - text.length - mark.length, 0));
  for (let at = text.length; at > 0; at -= 1) {
    const digit = text[at - 1] ?? '';
    if (variant > 0 && /\d/.test(digit)) {
      const other = String((Number(digit) + variant) % 10);
      yield text.slice(0, at - 1) + other + text.slice(at);
    }
    if (mark + missing !== '') yield text.slice(0, at) + mark + missing + text.slice(at);
  }
}

/** The beginning or the end of a text with another one in place of the rest. */
function* spliced(text: string, part: string): Iterable<string> {
  for (let at = 0; at <= text.length; at += 1) {
    yield part + text.slice(at);
    yield text.slice(0, at) + part;
  }
}

function plain({ least, most }: Limits, variant: number): string {
  const text = 'string'
    .repeat(Math.ceil(Math.max(least, 1) / 6))
    .slice(0, Math.min(most, Math.max(least, 6)));
  if (variant === 0) return text;
  const end = String(variant);
  return text.length + end.length <= most ? text + end : text.slice(0, -end.length) + end;
}
