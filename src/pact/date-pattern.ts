/** A letter of a pattern, as often as it stands there, and what it makes of a moment. */
interface Letter {
  readonly pattern: (count: number) => string;
  readonly example: (count: number) => string;
}

const two = (text: string): Letter => ({
  pattern: (count) => (count === 1 ? '\\d{1,2}' : '\\d{2}'),
  example: (count) => (count === 1 ? String(Number(text)) : text),
});

const named = (short: string, long: string, digits: string): Letter => ({
  pattern: (count) => (count < 3 ? two(digits).pattern(count) : '\\p{L}[\\p{L}.]*'),
  example: (count) => (count < 3 ? two(digits).example(count) : count === 3 ? short : long),
});

const year: Letter = {
  pattern: (count) => (count === 2 ? '\\d{2}' : '\\d{4}'),
  example: (count) => (count === 2 ? '24' : '2024'),
};

/** `X` has `Z` for no offset, `x` has not. */
const offset = (zulu: string): Letter => ({
  pattern: (count) =>
    `(?:${zulu}[+-]\\d{2}${['', '(?:\\d{2})?', '\\d{2}', ':\\d{2}'][Math.min(count, 3)]})`,
  example: (count) =>
    (zulu === '' ? ['', '+02', '+0200', '+02:00'][Math.min(count, 3)] : 'Z') ?? 'Z',
});

const day = named('Wed', 'Wednesday', '03');

const LETTERS: Readonly<Record<string, Letter>> = {
  y: year,
  u: year,
  Y: year,
  M: named('May', 'May', '05'),
  L: named('May', 'May', '05'),
  d: two('14'),
  H: two('08'),
  k: two('08'),
  h: two('08'),
  K: two('08'),
  m: two('20'),
  s: two('31'),
  S: { pattern: () => '\\d+', example: (count) => '517000000'.slice(0, Math.min(count, 9)) },
  n: { pattern: () => '\\d+', example: (count) => '5170000'.padStart(Math.min(count, 9), '0') },
  a: { pattern: () => '[AaPp]\\.?[Mm]\\.?', example: () => 'AM' },
  E: {
    ...day,
    pattern: () => '\\p{L}[\\p{L}.]*',
    example: (count) => day.example(Math.max(count, 3)),
  },
  X: offset('Z|'),
  x: offset(''),
  Z: {
    pattern: (count) => (count === 4 ? 'GMT(?:[+-]\\d{1,2}:\\d{2})?' : `(?:Z|[+-]\\d{2}:?\\d{2})`),
    example: (count) => (count === 4 ? 'GMT' : count === 5 ? 'Z' : '+0000'),
  },
  z: { pattern: () => '[\\p{L}/_+:\\d-]+', example: () => 'GMT' },
  V: { pattern: () => '[\\p{L}/_+:\\d-]+', example: () => 'Europe/Berlin' },
};

const USUAL = {
  date: 'yyyy-MM-dd',
  time: 'HH:mm:ss',
  datetime: "yyyy-MM-dd'T'HH:mm:ssXXX",
} as const;

/** What a pattern of Java's `DateTimeFormatter` takes, and a text that it takes. */
export interface DatePattern {
  /** Takes somewhat more than Java does: it knows no calendar. */
  readonly expression: RegExp;
  readonly example: string;
}

/**
 * Reads a pattern of Java's `DateTimeFormatter`, which Pact's rules of dates and times are written
 * in; `undefined` when it has a letter that is not known here.
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html#patterns
 */
export function readDatePattern(kind: keyof typeof USUAL, format: string): DatePattern | undefined {
  let source = '';
  let example = '';
  const parts = (format || USUAL[kind]).matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/gs);
  for (const [part, quoted, name] of parts) {
    const letter = name === undefined ? undefined : LETTERS[name];
    if (name !== undefined && !letter) return undefined;
    const text = quoted === '' ? "'" : (quoted ?? part).replaceAll("''", "'");
    // Brackets hold what may be left out.
    source += letter
      ? letter.pattern(part.length)
      : quoted === undefined
        ? optional(text)
        : escaped(text);
    example += letter
      ? letter.example(part.length)
      : quoted === undefined
        ? text.replaceAll(/[[\]]/g, '')
        : text;
  }
  try {
    return { expression: new RegExp(`^${source}$`, 'u'), example };
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function optional(text: string): string {
  return [...text].map((one) => (one === '[' ? '(?:' : one === ']' ? ')?' : escaped(one))).join('');
}
