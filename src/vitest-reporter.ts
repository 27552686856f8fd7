import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import type { Vitest } from 'vitest/node';
import { listShortfalls, type MinimumCoverage, readMinimum } from './coverage/minimum.ts';
import { type Recording, readRecordings } from './matchers/recording.ts';
import { createCollector } from './report/collector.ts';
import { coverageSummary } from './report/coverage-text.ts';
import { type ReportFormat, writeReport } from './report/format.ts';
import { type OutputPlan, planOutput } from './report/output.ts';
import type { Report } from './report/report.ts';
import { screenOf } from './report/screen.ts';
import { packageVersion } from './report/version.ts';

/** What the reporter does besides printing what was exercised. */
export interface SpecReporterOptions {
  /** Files or a folder to write reports to; files in the forms that they end in. */
  readonly output?: string | readonly string[];
  /** The forms for a folder, such as `['json', 'html']`. */
  readonly format?: ReportFormat | readonly ReportFormat[];
  /** As `--min-coverage`: a percentage of the statuses, or `operations=90,statuses=60`. */
  readonly minCoverage?: number | string;
  /** Whether each operation is printed, or only the sums; default: each. */
  readonly isBrief?: boolean;
}

/**
 * Adds up what `toSatisfySpec()` has seen over a whole run of Vitest, in all workers and projects:
 * prints what of each document was exercised, writes reports, and fails the run when it is too little.
 *
 * @throws {ExactMatchError} `OPTION_INVALID`, from the constructor.
 *
 * @example
 * reporters: ['default', ['exactmatch-kit/vitest-reporter', { minCoverage: 60, output: 'contract.html' }]]
 */
export default class SpecReporter {
  readonly #plan: OutputPlan;
  readonly #minimum: MinimumCoverage | undefined;
  readonly #isBrief: boolean;
  #vitest: Vitest | undefined;
  #folder = '';

  constructor({
    output = [],
    format = [],
    minCoverage,
    isBrief = false,
  }: SpecReporterOptions = {}) {
    this.#plan = planOutput([format].flat(), [output].flat());
    this.#minimum = minCoverage === undefined ? undefined : readMinimum(String(minCoverage));
    this.#isBrief = isBrief;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    this.#folder = mkdtempSync(join(tmpdir(), 'exactmatch-vitest-'));
    vitest.provide('exactmatchRecord', this.#folder);
    vitest.onClose(() => rm(this.#folder, { recursive: true, force: true }));
  }

  /** In watch mode a run follows another one. */
  async onTestRunStart(): Promise<void> {
    for (const name of await readdir(this.#folder)) await rm(join(this.#folder, name));
  }

  async onTestRunEnd(): Promise<void> {
    const recordings = await readRecordings(this.#folder);
    for (const [index, recording] of recordings.entries()) {
      await this.#tell(this.#toReport(recording), index);
    }
    if (recordings.length === 0) this.#tellNothing();
  }

  #toReport({ spec, results, unknown }: Recording): Report {
    const targets = [this.#vitest?.config.name || 'vitest'];
    const collector = createCollector({
      ...{ spec, version: packageVersion(), command: 'vitest', targets },
    });
    for (const result of results) collector.add(result);
    if (unknown > 0) {
      collector.skip('their operation is not known: pass { method } or { operation }', unknown);
    }
    const report = collector.report({ hasCoverage: true });
    if (this.#minimum === undefined) return report;
    return { ...report, shortfalls: listShortfalls(report.coverage, this.#minimum) };
  }

  async #tell(report: Report, index: number): Promise<void> {
    const { columns, hasColor } = screenOf(process.stdout, process.env);
    const page = { columns, hasColor, hasCoverage: !this.#isBrief };
    this.#vitest?.logger.log(`\n${coverageSummary(report, page)}`);
    if ((report.shortfalls ?? []).length > 0) process.exitCode = 1;
    const root = this.#vitest?.config.root ?? '';
    for (const { path, format, name } of this.#plan.files) {
      const file = numbered(
        resolve(root, name && extname(path) === '' ? join(path, name) : path),
        index,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(
        file,
        await writeReport(report, format, { columns: undefined, hasColor: false, root }),
      );
    }
  }

  #tellNothing(): void {
    if (this.#minimum === undefined) return;
    const shortfalls = listShortfalls(undefined, this.#minimum);
    if (shortfalls.length === 0) return;
    this.#vitest?.logger.error('toSatisfySpec() was never called, and coverage is asked for.');
    process.exitCode = 1;
  }
}

/** A run may be held against several documents: the reports of the second one have a 2 in their names. */
function numbered(path: string, index: number): string {
  if (index === 0) return path;
  const ending = /(?:\.junit|\.sarif)?\.[^./]+$/.exec(path)?.[0] ?? '';
  return `${path.slice(0, path.length - ending.length)}-${index + 1}${ending}`;
}
