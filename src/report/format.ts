import type { Report } from './report.ts';

/** How a report can be written. */
export const REPORT_FORMATS = [
  'pretty',
  'json',
  'junit',
  'github',
  'sarif',
  'html',
  'markdown',
] as const;

/** The name of a form in which a report can be written. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is written for. */
export interface Page {
  /** The width of the terminal in columns; `undefined` where it is none. */
  readonly columns: number | undefined;
  readonly hasColor: boolean;
  /** The folder that paths of files are written relative to; default: where the process runs. */
  readonly root?: string | undefined;
  /** Whether coverage is written with all operations, not in a line. */
  readonly hasCoverage?: boolean;
}

/** Writes a report. */
export type ReportWriter = (report: Report, page: Page) => string | Promise<string>;

/** Loaded one by one: most runs need one. */
const WRITERS: Readonly<Record<ReportFormat, () => Promise<ReportWriter>>> = {
  pretty: async () => (await import('./pretty.ts')).writePretty,
  json: async () => (await import('./json.ts')).writeJson,
  junit: async () => (await import('./junit.ts')).writeJunit,
  github: async () => (await import('./github.ts')).writeGithub,
  sarif: async () => (await import('./sarif.ts')).writeSarif,
  html: async () => (await import('./html/html.ts')).writeHtml,
  markdown: async () => (await import('./markdown.ts')).writeMarkdown,
};

/** A report as text of that form. */
export async function writeReport(
  report: Report,
  format: ReportFormat,
  page: Page,
): Promise<string> {
  const write = await WRITERS[format]();
  return write(report, page);
}
