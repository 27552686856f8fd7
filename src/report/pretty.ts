import { formatFindings } from '../finding.ts';
import type { Problem, Report, Subject } from './report.ts';

/** A report as text, for people. */
export function writePretty(report: Report): string {
  const parts = report.subjects.filter(({ problems }) => problems.length > 0).map(subjectText);
  return [...parts, summaryText(report)].join('\n');
}

function subjectText({ name, checked, failed, problems }: Subject): string {
  return `${name}: ${failed} of ${checked} failed\n${problems.map(problemText).join('\n')}\n`;
}

function problemText({ finding, count, occurrences }: Problem): string {
  const [first] = occurrences;
  const often = count > 1 ? `, ${count} times` : '';
  return `${formatFindings([finding])}\n    ${first?.origin ?? ''}${often}`;
}

function summaryText({ summary, skipped }: Report): string {
  const { checked, failed, findings } = summary;
  const left = skipped.map(({ reason, count }) => `${count} not judged: ${reason}\n`).join('');
  const counts = `${findings.error} errors, ${findings.risk} risks, ${findings.warning} warnings`;
  return `${checked} checked, ${failed} failed: ${counts}\n${left}`;
}
