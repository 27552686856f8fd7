import type { Frame } from './frame.ts';
import type { Paint } from './paint.ts';
import { cutTo, pad, widthOf } from './text-width.ts';

/** A column of lines: what they say, and how they look. */
interface Line {
  readonly plain: string;
  readonly painted: string;
}

/** So wide must a terminal be for two frames beside each other. */
const WIDE = 110;
const GAP = '   ';

/**
 * The frames of the document and of the message: beside each other where there is room, else one
 * below the other.
 *
 * @param columns how many there are; `undefined` for as many as it takes.
 */
export function framesText(
  rule: Frame | undefined,
  message: Frame | undefined,
  columns: number | undefined,
  paint: Paint,
): readonly string[] {
  const frames = [rule, message].flatMap((frame) => (frame ? [frame] : []));
  const [first, second] = frames;
  if (columns !== undefined && columns >= WIDE && first && second) {
    const half = Math.floor((columns - GAP.length) / 2);
    // The marked lines stand beside each other.
    const above = first.marked - second.marked;
    return beside(
      [...blank(-above), ...frameLines(first, half, paint)],
      [...blank(above), ...frameLines(second, half, paint)],
    );
  }
  return frames.flatMap((frame, index) => [
    ...(index > 0 ? [''] : []),
    ...frameLines(frame, columns ?? Number.POSITIVE_INFINITY, paint).map(({ painted }) => painted),
  ]);
}

function blank(count: number): readonly Line[] {
  return Array.from({ length: Math.max(0, count) }, () => ({ plain: '', painted: '' }));
}

function beside(left: readonly Line[], right: readonly Line[]): readonly string[] {
  const width = Math.max(...left.map(({ plain }) => widthOf(plain)));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const own = left[index];
    const padding = ' '.repeat(width - widthOf(own?.plain ?? ''));
    return `${own?.painted ?? ''}${padding}${GAP}${right[index]?.painted ?? ''}`.trimEnd();
  });
}

/** The lines of a frame: `> 840 │ type: string`, and carets below what is marked. */
function frameLines(frame: Frame, columns: number, paint: Paint): readonly Line[] {
  const { first, lines, marked } = frame;
  const digits = first === undefined ? 0 : String(first + lines.length - 1).length;
  const room = Math.max(20, columns - digits - 5);
  const window = windowOf(frame, room);
  return lines.flatMap((text, index) => {
    const isMarked = index === marked;
    const number = first === undefined ? '' : String(first + index).padStart(digits);
    const gutter = `${isMarked ? '>' : ' '} ${number}${digits > 0 ? ' ' : ''}│ `;
    const rest = text.slice(window.start);
    const shown = cutTo(window.isCut && rest !== '' ? `…${rest}` : rest, room).trimEnd();
    const line = {
      plain: gutter + shown,
      painted:
        paint(isMarked ? 'mark' : 'faint', gutter) + (isMarked ? shown : paint('faint', shown)),
    };
    return isMarked ? [line, caretLine(window, digits, paint)] : [line];
  });
}

interface Window {
  /** What is left away of every line. */
  readonly start: number;
  /** Whether anything is. */
  readonly isCut: boolean;
  /** Where the mark begins, in columns. */
  readonly indent: number;
  readonly carets: number;
}

/** Every line loses as much on the left as it takes to see the mark. */
function windowOf({ lines, marked, from, to }: Frame, room: number): Window {
  const text = lines[marked] ?? '';
  const isCut = widthOf(text.slice(0, to)) > room;
  const start = isCut ? Math.max(0, from - Math.floor(room / 4)) : 0;
  const indent = widthOf(text.slice(start, from)) + (isCut ? 1 : 0);
  const carets = Math.max(1, Math.min(widthOf(text.slice(from, to)), room - indent));
  return { start, isCut, indent, carets };
}

function caretLine({ indent, carets }: Window, digits: number, paint: Paint): Line {
  const gutter = `  ${pad('', digits)}${digits > 0 ? ' ' : ''}│ `;
  const space = ' '.repeat(indent);
  const mark = '^'.repeat(carets);
  return {
    plain: gutter + space + mark,
    painted: paint('faint', gutter) + space + paint('mark', mark),
  };
}
