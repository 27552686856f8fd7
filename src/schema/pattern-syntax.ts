/** What a regular expression asks for, as far as a text can be made of it. */
export type Pattern =
  /** Exactly this. */
  | { readonly kind: 'text'; readonly text: string }
  /** One character that this expression takes: a class, `.`, `\d`. */
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly part: Pattern;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'group'; readonly names: readonly string[]; readonly part: Pattern }
  /** What a group has taken. */
  | { readonly kind: 'reference'; readonly name: string };

const NOTHING: Pattern = { kind: 'text', text: '' };

interface Cursor {
  readonly source: string;
  readonly isUnicode: boolean;
  at: number;
  groups: number;
}

/**
 * Reads a regular expression that the engine has accepted. What only looks around (`^`, `\b`,
 * `(?=…)`) stands for no characters: whoever makes a text sees afterwards whether it matches.
 *
 * @see https://tc39.es/ecma262/#sec-patterns
 */
export function readPattern({ source, unicode: isUnicode }: RegExp): Pattern {
  return readChoice({ source, isUnicode, at: 0, groups: 0 });
}

function readChoice(cursor: Cursor): Pattern {
  const parts = [readSequence(cursor)];
  while (cursor.source[cursor.at] === '|') {
    cursor.at += 1;
    parts.push(readSequence(cursor));
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'choice', parts };
}

function readSequence(cursor: Cursor): Pattern {
  const parts: Pattern[] = [];
  while (cursor.at < cursor.source.length && !'|)'.includes(cursor.source[cursor.at] ?? '')) {
    const part = readAtom(cursor);
    const times = take(cursor, /\*|\+|\?|\{(\d+)(,?)(\d*)\}/y);
    if (!times) {
      parts.push(part);
      continue;
    }
    take(cursor, /\?/y);
    parts.push({ kind: 'repeat', part, ...countsOf(times) });
  }
  return { kind: 'sequence', parts };
}

function countsOf([text, least, comma, most]: RegExpExecArray): { min: number; max: number } {
  const endless = Number.POSITIVE_INFINITY;
  if (text === '?') return { min: 0, max: 1 };
  if (text === '*' || text === '+') return { min: text === '*' ? 0 : 1, max: endless };
  const min = Number(least);
  if (comma === '') return { min, max: min };
  return { min, max: most === '' ? endless : Number(most) };
}

function readAtom(cursor: Cursor): Pattern {
  if (take(cursor, /[\^$]|\\[bB]/y)) return NOTHING;
  const isAround = take(cursor, /\(\?<?[=!]/y);
  const open = isAround ?? take(cursor, /\((?:\?(?:[ims-]*:|<([^>]*)>))?/y);
  if (open) {
    const names: string[] = [];
    if (open[0] === '(' || open[1] !== undefined) {
      cursor.groups += 1;
      names.push(String(cursor.groups), ...(open[1] === undefined ? [] : [open[1]]));
    }
    const part = readChoice(cursor);
    cursor.at += 1;
    return isAround ? NOTHING : { kind: 'group', names, part };
  }
  const set = take(cursor, /\.|\[(?:[^\]\\]|\\.)*\]|\\[dDwWsS]|\\[pP]\{[^}]*\}/sy);
  if (set) return { kind: 'set', source: set[0] };
  const reference = take(cursor, /\\(?:k<([^>]+)>|([1-9]\d*))/y);
  if (reference) return { kind: 'reference', name: reference[1] ?? reference[2] ?? '' };
  return { kind: 'text', text: readCharacter(cursor) };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ...(['n\n', 'r\r', 't\t', 'v\v', 'f\f', '0\0'] as const).map(
    ([name = '', text = '']) => [name, text] as const,
  ),
]);

function readCharacter(cursor: Cursor): string {
  const pair = take(cursor, /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/iy);
  if (pair) return String.fromCharCode(hex(pair[1]), hex(pair[2]));
  const code = take(cursor, /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2}))/iy);
  if (code) return String.fromCodePoint(hex(code[1] ?? code[2] ?? code[3]));
  const control = take(cursor, /\\c([a-z])/iy);
  if (control) return String.fromCharCode((control[1] ?? '').charCodeAt(0) % 32);
  const isEscaped = take(cursor, /\\/y) !== undefined;
  const [text = ''] = take(cursor, cursor.isUnicode ? /./suy : /./sy) ?? [];
  return (isEscaped && ESCAPES.get(text)) || text;
}

function hex(digits = ''): number {
  return Number.parseInt(digits, 16);
}

function take(cursor: Cursor, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = cursor.at;
  const found = expression.exec(cursor.source) ?? undefined;
  if (found) cursor.at += found[0].length;
  return found;
}
