import { formatShortfall } from '../coverage/minimum.ts';
import type { Severity } from '../finding.ts';
import { coverageText } from './coverage-text.ts';
import type { Page } from './format.ts';
import { harmless } from './frame.ts';
import { createPaint, type Paint } from './paint.ts';
import { type Look, problemText } from './problem-text.ts';
import type { Report, Subject } from './report.ts';

/** A report as text, for people: errors by subject, then what matters less, then the sums. */
export function writePretty(report: Report, page: Page): string {
  const paint = createPaint(page.hasColor);
  const look = { columns: page.columns, root: page.root, paint };
  const parts = [
    ...sectionText(report, 'error', look),
    ...apart(report, 'risk', RISKS, look),
    ...apart(report, 'warning', WARNINGS, look),
    ...(report.coverage ? [coverageText(report.coverage, page, paint)] : []),
    summaryText(report, paint),
  ];
  return parts.join('\n');
}

const RISKS = 'Risks: they rely on what the document does not promise';
const WARNINGS = 'Warnings: they break nothing';

function apart(report: Report, severity: Severity, title: string, look: Look): readonly string[] {
  const parts = sectionText(report, severity, look);
  return parts.length === 0 ? [] : [`${look.paint(severity, title)}\n`, ...parts];
}

function sectionText({ subjects }: Report, severity: Severity, look: Look): readonly string[] {
  return subjects.flatMap((subject) => {
    const problems = subject.problems.filter(({ finding }) => finding.severity === severity);
    if (problems.length === 0) return [];
    const texts = problems.map((problem) => problemText(problem, look).join('\n'));
    return [`${titleOf(subject, severity, look.paint)}\n${texts.join('\n\n')}\n${restOf(subject)}`];
  });
}

function titleOf({ name, checked, failed }: Subject, severity: Severity, paint: Paint): string {
  const title = paint('title', harmless(name));
  return severity === 'error' ? `${title}: ${failed} of ${checked} failed` : title;
}

function restOf({ unlisted = 0 }: Subject): string {
  return unlisted === 0 ? '' : `\n  and ${unlisted} findings more that are not listed\n`;
}

function summaryText(report: Report, paint: Paint): string {
  const { summary, skipped, shortfalls = [], coverage } = report;
  const { checked, failed, findings } = summary;
  const { error, risk, warning } = findings;
  const left = skipped.map(({ reason, count }) => `${count} not judged: ${harmless(reason)}\n`);
  const short = shortfalls.map((each) => formatShortfall(each, coverage));
  const counts = [countOf(error, 'error'), countOf(risk, 'risk'), countOf(warning, 'warning')].join(
    ', ',
  );
  const sums = `${checked} checked, ${failed} failed: ${counts}`;
  const isGood = error === 0 && short.length === 0;
  return [
    `${paint(isGood ? 'good' : 'error', sums)}\n`,
    ...left,
    ...short.map((line) => `${paint('error', line)}\n`),
  ].join('');
}

function countOf(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
