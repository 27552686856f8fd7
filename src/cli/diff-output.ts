import { dirname } from 'node:path';
import type { DiffReport } from '../change/report/diff-report.ts';
import type { DiffRun } from '../change/report/to-report.ts';
import { writeDiff } from '../change/report/write.ts';
import type { OutputPlan } from '../report/output.ts';
import type { Io } from './io.ts';

/** How the differences are to be written. */
export interface DiffOutput extends OutputPlan {
  /** Whether safe differences are listed, not counted. */
  readonly hasSafe: boolean;
  readonly run: DiffRun;
}

/** Writes the differences where they are wanted. */
export async function printDiff(report: DiffReport, output: DiffOutput, io: Io): Promise<void> {
  const { hasSafe, run, files, printed } = output;
  const root = io.env('GITHUB_WORKSPACE');
  const plain = { hasColor: false, root, hasSafe };
  for (const { path, format } of files) {
    await io.makeFolder(dirname(path));
    await io.write(path, await writeDiff(report, format, plain, run));
  }
  const { hasColor } = io.screen('stdout');
  for (const format of printed) {
    io.stdout(await writeDiff(report, format, { hasColor, root, hasSafe }, run));
  }
  const summary = io.env('GITHUB_STEP_SUMMARY');
  if (printed.includes('github') && summary !== undefined) {
    await io.append(summary, await writeDiff(report, 'markdown', plain, run));
  }
}
