import type { Report } from './report.ts';

/** A report as JSON, for programs. */
export function writeJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
