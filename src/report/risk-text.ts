import { harmless } from './frame.ts';
import type { Look } from './problem-text.ts';
import { seenText } from './problem-text.ts';
import type { Subject } from './report.ts';
import { groupRisks } from './risks.ts';
import { wrap } from './text-width.ts';

/** Where all that is told of many risks stands. */
export const RISKS_ELSEWHERE = 'Each of them with its lines: --format json or html.';

/** The risks of a subject in lines: where they were seen, and by what may be, the fields. */
export function riskLines(subject: Subject, { columns, root, paint }: Look): readonly string[] {
  return groupRisks(subject).flatMap(({ seen, count, kinds }) => {
    const head = seen ? seenText(seen, count, root) : '';
    const lists = [...kinds].flatMap(([kind, names]) => {
      const line = harmless(`${kind}: ${names.join(', ')}`);
      const lines = columns === undefined ? [line] : wrap(line, Math.max(columns, 40) - 6);
      return lines.map((text, index) => `${index === 0 ? '    ' : '      '}${text}`);
    });
    return [`  ${paint('risk', '~')} ${paint('title', head)}`, ...lists];
  });
}
