/** A few lines of a text around a place in it. */
export interface Frame {
  /** The number of the first line in its file, from 1; left out for what travelled. */
  readonly first?: number;
  /** At most three; long ones are cut around the place, characters that steer a terminal replaced. */
  readonly lines: readonly string[];
  /** Which of the lines holds the place, from 0. */
  readonly marked: number;
  /** Where the place begins in that line, from 0, in UTF-16 code units. */
  readonly from: number;
  /** Where it has ended. */
  readonly to: number;
}

/** A place in a text, from 0. */
export interface Extent {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A frame has so many lines before and behind the place. */
const AROUND = 1;
/** Of a line, so many UTF-16 code units are kept. */
const WIDTH = 200;
/** What is marked is at most so long. */
const MARK = 80;

/** The lines around a place, without the indent that all of them have. */
export function frameOf(
  lines: readonly string[],
  { line, from, to }: Extent,
  isNumbered: boolean,
): Frame {
  const first = Math.max(0, line - AROUND);
  const shown = lines.slice(first, line + AROUND + 1);
  const text = lines[line] ?? '';
  const indent = Math.min(from, ...shown.map((each) => each.search(/\S/)).filter((at) => at >= 0));
  const end = Math.min(Math.max(to, from + 1), from + MARK);
  // All of them lose the same columns on the left: what stands below each other stays so.
  const isCut = text.length - indent > WIDTH && end - indent > WIDTH - 20;
  const skipped = isCut ? Math.max(indent, from - WIDTH / 2) : indent;
  const shift = isCut ? skipped - 1 : skipped;
  return {
    ...(isNumbered ? { first: first + 1 } : {}),
    lines: shown.map((each) => cut(each, skipped, isCut)),
    marked: line - first,
    from: from - shift,
    to: Math.max(from + 1, Math.min(end, text.length)) - shift,
  };
}

function cut(line: string, skipped: number, isCut: boolean): string {
  const rest = line.slice(skipped);
  const kept = isCut && rest !== '' ? `…${rest}` : rest;
  return harmless(kept.length > WIDTH ? `${kept.slice(0, WIDTH)}…` : kept);
}

/** A text without what steers a terminal or turns its direction; as long as before. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
  return text.replaceAll(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : '\ufffd',
  );
}
