import { harmless } from './frame.ts';
import { type Look, seenText } from './problem-text.ts';
import type { Subject } from './report.ts';
import { groupRisks, type RiskGroup } from './risks.ts';
import { wrap } from './text-width.ts';

/** Where all that is told of many risks stands. */
export const RISKS_ELSEWHERE = 'Each of them with its lines: --format json or html.';

/** The risks of a subject in lines: where they were seen, and by what may be, the fields. */
export function riskLines(subject: Subject, { columns, root, paint }: Look): readonly string[] {
  return groupRisks(subject).flatMap((group) => {
    const heads = placesOf(group, root).map((place, index) =>
      index === 0
        ? `  ${paint('risk', '~')} ${paint('title', place)}`
        : `    ${paint('title', place)}`,
    );
    const lists = [...group.kinds].flatMap(([kind, names]) => {
      const line = harmless(`${kind}: ${names.join(', ')}`);
      const lines = columns === undefined ? [line] : wrap(line, Math.max(columns, 40) - 6);
      return lines.map((text, index) => `${index === 0 ? '    ' : '      '}${text}`);
    });
    return [...heads, ...lists];
  });
}

/** Where risks were seen, as people read it. */
export function placesOf({ seen, more }: RiskGroup, root: string | undefined): readonly string[] {
  const places = seen.map((one) => seenText(one, 1, root));
  return more > 0 ? [...places, `and ${more} times more`] : places;
}
