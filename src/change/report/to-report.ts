import type { Finding, Severity } from '../../finding.ts';
import { isFile } from '../../report/path.ts';
import type { Occurrence, Problem, Report, Subject } from '../../report/report.ts';
import type { DiffReport, ReportedDifference } from './diff-report.ts';
import { isUsed, sectionsOf } from './group.ts';

/** When and how long the comparison ran. */
export interface DiffRun {
  /** As RFC 3339 has it. */
  readonly startedAt: string;
  readonly milliseconds: number;
}

/**
 * The differences as a report like those of all other commands: each that is not safe is a finding at
 * its line of the new document, and each interaction that it reaches an occurrence.
 *
 * With pacts, only what a consumer uses is an error.
 */
export function toReport(report: DiffReport, run: DiffRun): Report {
  const subjects = sectionsOf(report).flatMap(({ groups }) =>
    groups.flatMap(({ title, differences }) => toSubject(title, differences, report)),
  );
  const problems = subjects.flatMap((subject) => subject.problems);
  const count = (severity: Severity) =>
    problems.filter(({ finding }) => finding.severity === severity).length;
  const { safe } = report.summary;
  return {
    ...{ version: 1, tool: report.tool, command: report.command, ...run },
    targets: [report.old.file, report.new.file],
    document: report.new,
    summary: {
      checked: report.differences.length,
      failed: count('error'),
      skipped: 0,
      findings: { error: count('error'), risk: count('risk'), warning: count('warning') },
    },
    subjects,
    skipped: safe > 0 ? [{ reason: 'safe differences', count: safe }] : [],
  };
}

function toSubject(
  name: string,
  differences: readonly ReportedDifference[],
  report: DiffReport,
): readonly Subject[] {
  const problems = differences.flatMap((one) => toProblem(one, report));
  if (problems.length === 0) return [];
  const failed = problems.filter(({ finding }) => finding.severity === 'error').length;
  const [first] = differences;
  const [only, ...others] = first?.operations ?? [];
  const operation = only !== undefined && others.length === 0 ? { operation: only } : {};
  return [{ name, ...operation, checked: problems.length, failed, problems }];
}

function toProblem(difference: ReportedDifference, report: DiffReport): readonly Problem[] {
  const { class: found, message, old, new: next, uses } = difference;
  if (found === 'safe' && !isUsed(difference)) return [];
  const was = old ? ` It was at ${old.spec.file}:${old.spec.line}.` : '';
  const start = { file: report.new.file, line: 1, column: 1, pointer: '' };
  const spec = next && isFile(next.spec.file) ? next.spec : start;
  const finding: Finding = {
    code: found === 'dangerous' ? 'change.dangerous' : 'change.breaking',
    severity: severityOf(difference, report),
    message: `${message}${next ? '' : was}`,
    at: uses[0]?.field ?? '',
    spec,
    ...(old?.value === undefined ? {} : { expected: old.value }),
    ...(next?.value === undefined ? {} : { actual: next.value }),
  };
  const occurrences = occurrencesOf(difference);
  return [
    { finding, count: Math.max(occurrences.length, 1), occurrences: occurrences.slice(0, 3) },
  ];
}

function severityOf(difference: ReportedDifference, { contracts }: DiffReport): Severity {
  if (difference.class === 'dangerous')
    return contracts && !isUsed(difference) ? 'warning' : 'risk';
  return contracts && !isUsed(difference) ? 'risk' : 'error';
}

function occurrencesOf({ impact, uses }: ReportedDifference): readonly Occurrence[] {
  return (impact ?? []).flatMap(({ consumer, interactions }) =>
    interactions.map(({ description, file, line }) => ({
      origin: `${consumer}: ${description}`,
      place: { file, line, column: 1 },
      at: uses[0]?.field ?? '',
    })),
  );
}
