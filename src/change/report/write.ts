import { type ReportFormat, writeReport } from '../../report/format.ts';
import type { DiffReport } from './diff-report.ts';
import { writeDiffMarkdown } from './markdown.ts';
import { type DiffPage, writeDiffPretty } from './pretty.ts';
import { type DiffRun, toReport } from './to-report.ts';

/** The differences of two documents as text of a form. */
export async function writeDiff(
  report: DiffReport,
  format: ReportFormat,
  page: DiffPage,
  run: DiffRun,
): Promise<string> {
  if (format === 'pretty') return writeDiffPretty(report, page);
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  if (format === 'markdown') return writeDiffMarkdown(report, page);
  return writeReport(toReport(report, run), format, { ...page, columns: undefined });
}
