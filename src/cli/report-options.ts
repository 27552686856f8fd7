import { REPORT_FORMATS, type ReportFormat, writeReport } from '../report/format.ts';
import type { Report } from '../report/report.ts';
import { type Args, type ExitCode, type Option, textOf, wordOf } from './command.ts';
import type { Io } from './io.ts';

/** The options of every command that ends in a report. */
export const reportOptions: Readonly<Record<string, Option>> = {
  format: {
    type: 'string',
    value: 'NAME',
    description: `${REPORT_FORMATS.join(', ')}; default: pretty`,
  },
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    description: 'Where to write the report; default: standard output',
  },
};

/** How a report is to be written. */
export interface ReportOutput {
  readonly format: ReportFormat;
  /** `undefined` for standard output. */
  readonly file: string | undefined;
}

/**
 * How a report is to be written, by the options.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readReportOptions(args: Args): ReportOutput {
  return { format: wordOf(args, 'format', REPORT_FORMATS), file: textOf(args, 'output') };
}

/** Writes a report where it is wanted. */
export async function printReport(report: Report, output: ReportOutput, io: Io): Promise<void> {
  const { columns, hasColor } = io.screen('stdout');
  const page = output.file === undefined ? { columns, hasColor } : NO_SCREEN;
  const text = await writeReport(report, output.format, page);
  if (output.file === undefined) io.stdout(text);
  else await io.write(output.file, text);
}

const NO_SCREEN = { columns: undefined, hasColor: false };

/** 1 when there is an error among the findings. */
export function exitCodeOf({ summary }: Report): ExitCode {
  return summary.findings.error > 0 ? 1 : 0;
}
