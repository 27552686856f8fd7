/** One segment of a path template: literal text around the names of parameters. */
export interface TemplateSegment {
  /** The text before, between and behind the parameters, decoded: always one more than `names`. */
  readonly literals: readonly string[];
  readonly names: readonly string[];
}

/**
 * Splits a path template such as `/users('{id}')/files/{name}.{type}` into its segments.
 *
 * A brace without a partner is text.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#path-templating
 */
export function parseTemplate(template: string): readonly TemplateSegment[] {
  const separator = SLASH_IN_NAME.test(template) ? SLASH_OUTSIDE_NAME : '/';
  return template.slice(1).split(separator).map(parseSegment);
}

const SLASH_IN_NAME = /\{[^{}/]*\/[^{}]*\}/;
const SLASH_OUTSIDE_NAME = /\/(?![^{}]*\})/;
const PARAMETER = /\{([^{}]+)\}/;

function parseSegment(segment: string): TemplateSegment {
  if (!segment.includes('{')) return { literals: [decode(segment)], names: [] };
  const pieces = segment.split(PARAMETER);
  return {
    literals: pieces.filter((_, index) => index % 2 === 0).map(decode),
    names: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** A template is written by a person: `%` alone is meant as it stands. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The raw values of the parameters of a segment, or `undefined` when the segment does not fit.
 *
 * Each parameter takes as little as it can, from left to right, and at least one character. Where
 * the template or the value is an OData string literal, its end is the quote that is not doubled.
 *
 * @param text the segment, decoded.
 * @param raw the segment as it travelled.
 */
export function matchSegment(
  literals: readonly string[],
  text: string,
  raw: string,
): readonly string[] | undefined {
  const [first = ''] = literals;
  const last = literals.length - 1;
  const end = text.length - (literals[last] ?? '').length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(literals[last] ?? '')) {
    return undefined;
  }
  const offsets = text === raw ? undefined : rawOffsets(raw);
  const values: string[] = [];
  let before = first;
  let start = first.length;
  for (let index = 1; index <= last; index += 1) {
    const after = literals[index] ?? '';
    const stop = endOfValue({ text, start, before, after, end: index === last ? end : undefined });
    if (stop === undefined) return undefined;
    values.push(offsets ? raw.slice(offsets[start], offsets[stop]) : text.slice(start, stop));
    before = after;
    start = stop + after.length;
  }
  return values;
}

interface ValueBounds {
  readonly text: string;
  readonly start: number;
  /** The literal text on both sides. */
  readonly before: string;
  readonly after: string;
  /** Where the value must end, when it is the last one. */
  readonly end: number | undefined;
}

function endOfValue({ text, start, before, after, end }: ValueBounds): number | undefined {
  if (before.endsWith("'") && after.startsWith("'")) {
    const stop = closingQuote(text, start);
    return fits(stop) ? stop : undefined;
  }
  if (text[start] === "'" && /[(,=]$/.test(before)) {
    const stop = closingQuote(text, start + 1) + 1;
    if (stop > start + 1 && fits(stop)) return stop;
  }
  const stop = end ?? text.indexOf(after, start + 1);
  return stop > start && fits(stop) ? stop : undefined;

  function fits(stop: number): boolean {
    return stop >= start && text.startsWith(after, stop) && (end === undefined || stop === end);
  }
}

/** The index of the quote that ends an OData string literal, or -1. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf("'", start);
  while (at !== -1 && text[at + 1] === "'") at = text.indexOf("'", at + 2);
  return at;
}

/** For each character of the decoded text, and its end, the place in the raw text it came from. */
function rawOffsets(raw: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; ) {
    offsets.push(at);
    if (raw[at] !== '%') {
      at += 1;
      continue;
    }
    const lead = Number.parseInt(raw.slice(at + 1, at + 3), 16);
    const bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    // Four bytes of UTF-8 make two UTF-16 code units.
    if (bytes === 4) offsets.push(at);
    at += 3 * bytes;
  }
  offsets.push(raw.length);
  return offsets;
}
