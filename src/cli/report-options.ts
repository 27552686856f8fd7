import { dirname, join } from 'node:path';
import {
  formatShortfall,
  listShortfalls,
  type MinimumCoverage,
  readMinimum,
} from '../coverage/minimum.ts';
import type { Severity } from '../finding.ts';
import { countOf } from '../report/count.ts';
import { REPORT_FORMATS, writeReport } from '../report/format.ts';
import { type OutputPlan, planOutput } from '../report/output.ts';
import type { Report } from '../report/report.ts';
import {
  type Args,
  type ExitCode,
  listOf,
  type Option,
  textOf,
  textsOf,
  wordOf,
} from './command.ts';
import type { Io } from './io.ts';

/** The options of every command that ends in a report. */
export const reportOptions: Readonly<Record<string, Option>> = {
  format: {
    type: 'string',
    value: 'LIST',
    isRepeated: true,
    description: `${REPORT_FORMATS.join(', ')}, or several of them; default: pretty`,
  },
  output: {
    type: 'string',
    short: 'o',
    value: 'PATH',
    isRepeated: true,
    description:
      'Write to a file, in the form it ends in (.json .xml .sarif .html .md .txt), or each form to a folder',
  },
};

/** From the severity that always fails a run to the one that matters least. */
const SEVERITIES = ['error', 'risk', 'warning'] as const satisfies readonly Severity[];

/** The options of every command whose exit code says what was found. */
export const failOptions: Readonly<Record<string, Option>> = {
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    description: 'The least that fails: error, risk (and errors) or warning (any); default: error',
  },
};

/** The options of every command that judges exchanges. */
export const coverageOptions: Readonly<Record<string, Option>> = {
  coverage: {
    type: 'boolean',
    description: 'Show what was exercised of each operation, not only in a line',
  },
  'min-coverage': {
    type: 'string',
    value: 'PERCENT',
    description:
      'Fail below that share of the declared statuses; or operations=90,statuses=60,parameters=50,properties=40',
  },
};

/** How a report is to be written. */
export interface ReportOutput extends OutputPlan {
  /** Whether coverage was asked for, though no exchange is judged. */
  readonly hasCoverage: boolean;
  readonly minimum: MinimumCoverage | undefined;
  /** The least severity that fails the run. */
  readonly failOn: Severity;
}

/**
 * How a report is to be written, by the options.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`.
 */
export function readReportOptions(args: Args): ReportOutput {
  const minimum = textOf(args, 'min-coverage');
  return {
    ...planOutput(listOf(args, 'format'), textsOf(args, 'output')),
    hasCoverage: args.values['coverage'] === true,
    minimum: minimum === undefined ? undefined : readMinimum(minimum),
    failOn: wordOf(args, 'fail-on', SEVERITIES),
  };
}

/** Tells whether a report needs to say what was exercised, even where no exchange was. */
export function wantsCoverage({ hasCoverage, minimum }: ReportOutput): boolean {
  return hasCoverage || minimum !== undefined;
}

/** Writes a report where it is wanted. */
export async function printReport(report: Report, output: ReportOutput, io: Io): Promise<void> {
  const judged = withShortfalls(report, output.minimum);
  const root = io.env('GITHUB_WORKSPACE');
  const { columns, hasColor } = io.screen('stdout');
  const screen = { columns, hasColor, root, hasCoverage: output.hasCoverage };
  for (const { path, format, name } of output.files) {
    const page = { columns: undefined, hasColor: false, root, hasCoverage: true };
    const text = await writeReport(judged, format, page);
    const target = name === undefined ? path : await pathIn(path, name, io);
    await io.makeFolder(dirname(target));
    await io.write(target, text);
  }
  for (const format of output.printed) io.stdout(await writeReport(judged, format, screen));
  if (output.printed.includes('github')) await appendSummary(judged, io);
  if (!output.printed.includes('pretty')) tellShortfalls(judged, io);
  tellFailing(judged, output, io);
}

/** A path that turns out to be a folder takes a file of that name. */
async function pathIn(path: string, name: string, io: Io): Promise<string> {
  try {
    return (await io.kindOf(path)) === 'folder' ? join(path, name) : path;
  } catch {
    return path;
  }
}

/** The page that GitHub shows of a job, where it has one. */
async function appendSummary(report: Report, io: Io): Promise<void> {
  const path = io.env('GITHUB_STEP_SUMMARY');
  if (path === undefined) return;
  const { writeMarkdown } = await import('../report/markdown.ts');
  await io.append(path, writeMarkdown(report, { root: io.env('GITHUB_WORKSPACE') }));
}

function withShortfalls(report: Report, minimum: MinimumCoverage | undefined): Report {
  if (minimum === undefined) return report;
  return { ...report, shortfalls: listShortfalls(report.coverage, minimum) };
}

/** What is not printed for people is said all the same: it decides the exit code. */
function tellShortfalls({ shortfalls = [], coverage }: Report, io: Io): void {
  for (const each of shortfalls) io.stderr(`${formatShortfall(each, coverage)}\n`);
}

/** Reports show what is no error as passed: why the run fails all the same is said beside them. */
function tellFailing({ summary: { findings } }: Report, { failOn }: ReportOutput, io: Io): void {
  const counts = failing(failOn)
    .filter((severity) => severity !== 'error' && findings[severity] > 0)
    .map((severity) => countOf(findings[severity], severity));
  if (counts.length === 0) return;
  io.stderr(`Failed by --fail-on ${failOn}: ${counts.join(', ')}.\n`);
}

/** The severities that fail a run. */
function failing(least: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1);
}

/** 1 when there is a finding that fails the run, or less was exercised than is asked for. */
export function exitCodeOf(
  { summary: { findings }, coverage }: Report,
  { minimum, failOn }: ReportOutput,
): ExitCode {
  if (failing(failOn).some((severity) => findings[severity] > 0)) return 1;
  return minimum && listShortfalls(coverage, minimum).length > 0 ? 1 : 0;
}
