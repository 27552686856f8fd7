import type { Coverage } from '../coverage/coverage.ts';
import { formatShortfall } from '../coverage/minimum.ts';
import type { Severity } from '../finding.ts';
import type { Page } from './format.ts';
import { harmless } from './frame.ts';
import { createPaint, type Paint } from './paint.ts';
import type { Look, ProblemWriter } from './problem-text.ts';
import type { Report, Subject } from './report.ts';

/** A report as text, for people: errors by subject, then what matters less, then the sums. */
export async function writePretty(report: Report, page: Page): Promise<string> {
  const paint = createPaint(page.hasColor);
  const hasProblems = report.subjects.some(({ problems }) => problems.length > 0);
  // Loaded here: what keeps the promise needs neither.
  const parts = hasProblems ? problemParts(report, await problemWriter(page, paint), paint) : [];
  const covered = report.coverage ? [await coveragePart(report.coverage, page, paint)] : [];
  return [...parts, ...covered, summaryText(report, paint)].join('\n');
}

async function problemWriter(page: Page, paint: Paint): Promise<ProblemWriter> {
  const { problemText } = await import('./problem-text.ts');
  const look: Look = { columns: page.columns, root: page.root, paint };
  return (problem) => problemText(problem, look);
}

async function coveragePart(coverage: Coverage, page: Page, paint: Paint): Promise<string> {
  const { coverageText } = await import('./coverage-text.ts');
  return coverageText(coverage, page, paint);
}

function problemParts(report: Report, write: ProblemWriter, paint: Paint): readonly string[] {
  return [
    ...sectionText(report, 'error', write, paint),
    ...apart(report, 'risk', RISKS, write, paint),
    ...apart(report, 'warning', WARNINGS, write, paint),
  ];
}

const RISKS = 'Risks: they rely on what the document does not promise';
const WARNINGS = 'Warnings: they break nothing';

function apart(
  report: Report,
  severity: Severity,
  title: string,
  write: ProblemWriter,
  paint: Paint,
): readonly string[] {
  const parts = sectionText(report, severity, write, paint);
  return parts.length === 0 ? [] : [`${paint(severity, title)}\n`, ...parts];
}

function sectionText(
  { subjects }: Report,
  severity: Severity,
  write: ProblemWriter,
  paint: Paint,
): readonly string[] {
  return subjects.flatMap((subject) => {
    const problems = subject.problems.filter(({ finding }) => finding.severity === severity);
    if (problems.length === 0) return [];
    const texts = problems.map((problem) => write(problem).join('\n'));
    return [`${titleOf(subject, severity, paint)}\n${texts.join('\n\n')}\n${restOf(subject)}`];
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
