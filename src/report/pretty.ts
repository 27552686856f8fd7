import type { Coverage } from '../coverage/coverage.ts';
import { formatShortfall } from '../coverage/minimum.ts';
import type { Severity } from '../finding.ts';
import { countOf } from './count.ts';
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
  const parts = hasProblems ? await problemParts(report, page, paint) : [];
  const covered = report.coverage ? [await coveragePart(report.coverage, page, paint)] : [];
  return [...parts, ...covered, summaryText(report, paint)].join('\n');
}

async function coveragePart(coverage: Coverage, page: Page, paint: Paint): Promise<string> {
  const { coverageText } = await import('./coverage-text.ts');
  return coverageText(coverage, page, paint);
}

async function problemParts(report: Report, page: Page, paint: Paint): Promise<readonly string[]> {
  const { problemText } = await import('./problem-text.ts');
  const look: Look = { columns: page.columns, root: page.root, paint };
  const write: ProblemWriter = (problem) => problemText(problem, look);
  return [
    ...sectionText(report, 'error', write, paint),
    ...(await risksPart(report, look, write)),
    ...apart(report, 'warning', WARNINGS, write, paint),
  ];
}

/** One by one where they are few, else together by where they were seen. */
async function risksPart(
  report: Report,
  look: Look,
  write: ProblemWriter,
): Promise<readonly string[]> {
  const { paint } = look;
  const { areRisksMany, isRisk } = await import('./risks.ts');
  if (!areRisksMany(report)) return apart(report, 'risk', RISKS, write, paint);
  const { RISKS_ELSEWHERE, riskLines } = await import('./risk-text.ts');
  const parts = report.subjects
    .filter(({ problems }) => problems.some(isRisk))
    .map((subject) => {
      const lines = riskLines(subject, look).join('\n');
      return `${titleOf(subject, 'risk', paint)}\n${lines}\n${restOf(subject)}`;
    });
  return [`${paint('risk', RISKS)}\n`, ...parts, `${paint('faint', RISKS_ELSEWHERE)}\n`];
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
