import type { Severity } from '../finding.ts';
import { harmless } from './frame.ts';
import { framesText } from './frame-text.ts';
import type { Paint } from './paint.ts';
import { pathFrom } from './path.ts';
import type { Occurrence, Problem } from './report.ts';
import { wrap } from './text-width.ts';

/** How a problem is written. */
export interface Look {
  /** `undefined` for lines as long as it takes. */
  readonly columns: number | undefined;
  readonly root: string | undefined;
  readonly paint: Paint;
}

/** Writes a problem in lines. */
export type ProblemWriter = (problem: Problem) => readonly string[];

const MARKS: Readonly<Record<Severity, string>> = { error: '×', risk: '~', warning: '!' };
const INDENT = '    ';
const NARROWEST = 40;

/** A problem in lines: what is wrong, the rule and where it stands, where it was seen, both frames. */
export function problemText(
  { finding, count, occurrences, rule }: Problem,
  { columns, root, paint }: Look,
): readonly string[] {
  const { severity, message, code, spec } = finding;
  const [seen] = occurrences;
  const room = columns === undefined ? undefined : Math.max(columns, NARROWEST) - INDENT.length;
  const wrapped = room === undefined ? [harmless(message)] : wrap(harmless(message), room);
  const [first = '', ...more] = wrapped;
  const place = `${pathFrom(root, spec.file)}:${spec.line}:${spec.column}`;
  const frames = framesText(rule, seen?.frame, room, paint);
  return [
    `  ${paint(severity, MARKS[severity])} ${paint('title', first)}`,
    ...more.map((line) => INDENT + paint('title', line)),
    `${INDENT}${code}, ${paint('place', place)}`,
    ...(seen ? [INDENT + paint('faint', seenText(seen, count, root))] : []),
    ...(frames.length > 0 ? ['', ...frames.map((line) => (INDENT + line).trimEnd())] : []),
    ...(seen?.reproduce === undefined ? [] : ['', `${INDENT}${harmless(seen.reproduce)}`]),
  ];
}

/** Where a problem was first seen, and how often. */
export function seenText(
  { origin, place }: Occurrence,
  count: number,
  root: string | undefined,
): string {
  const often = count > 1 ? `, ${count} times` : '';
  if (!place) return `${harmless(origin)}${often}`;
  const at = `${pathFrom(root, place.file)}:${place.line}:${place.column}`;
  // What names the file first is said with the line, so that editors lead there.
  const isNamed = origin.startsWith(place.file);
  const text = isNamed ? at + origin.slice(place.file.length) : `${origin} (${at})`;
  return `${harmless(text)}${often}`;
}
