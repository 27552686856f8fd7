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

/** The lines around a place. */
export function frameOf(
  lines: readonly string[],
  { line, from, to }: Extent,
  isNumbered: boolean,
): Frame {
  const start = Math.max(0, line - AROUND);
  const text = lines[line] ?? '';
  const end = Math.min(Math.max(to, from + 1), from + MARK);
  // All of them lose the same columns on the left: what stands below each other stays so.
  const skipped = end + 20 <= WIDTH || text.length <= WIDTH ? 0 : Math.max(0, from - WIDTH / 2);
  const shift = skipped === 0 ? 0 : skipped - 1;
  return {
    ...(isNumbered ? { first: start + 1 } : {}),
    lines: lines.slice(start, line + AROUND + 1).map((each) => cut(each, skipped)),
    marked: line - start,
    from: from - shift,
    to: Math.max(from + 1, Math.min(end, text.length)) - shift,
  };
}

function cut(line: string, skipped: number): string {
  const rest = skipped === 0 ? line : line.length > skipped ? `…${line.slice(skipped)}` : '';
  return harmless(rest.length > WIDTH ? `${rest.slice(0, WIDTH)}…` : rest);
}

/** A text without what steers a terminal or turns its direction; as long as before. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
  return text.replaceAll(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : '\ufffd',
  );
}
