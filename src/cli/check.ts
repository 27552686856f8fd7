import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import type { Collector } from '../report/collector.ts';
import { findTargetKind, type TargetKind } from './check-target.ts';
import { type Args, type Command, specOption, textOf } from './command.ts';
import type { Io } from './io.ts';
import {
  coverageOptions,
  exitCodeOf,
  printReport,
  readReportOptions,
  reportOptions,
  wantsCoverage,
} from './report-options.ts';
import { packageVersion } from './version.ts';

/** What a target is judged with. */
export interface CheckContext {
  readonly spec: Awaited<ReturnType<typeof loadSpec>>;
  readonly args: Args;
  readonly io: Io;
  readonly isStrict: boolean;
  readonly collector: Collector;
}

/** Judges all that a target holds, and adds what it finds to the collector. */
export type CheckTarget = (target: string, context: CheckContext) => Promise<void>;

/** Loaded one by one: what judges a file does not need what asks a provider. */
const TARGETS: Readonly<Record<TargetKind, () => Promise<CheckTarget>>> = {
  body: async () => (await import('./check-body.ts')).checkBodyTarget,
};

/** `exactmatch check`. */
export const checkCommand: Command = {
  name: 'check',
  summary:
    'Say whether bodies, captures, pacts or a provider keep the promise, and if not, where and why',
  positionals: [{ name: 'TARGET', isRequired: true, isRepeated: true }],
  options: {
    operation: {
      type: 'string',
      value: 'ID',
      description: "Of a body: the operation it belongs to, an operationId or 'METHOD /path'",
    },
    status: {
      type: 'string',
      value: 'CODE',
      description: "Of a body: the status of its response; without it, it is a request's",
    },
    strict: { type: 'boolean', description: 'Refuse properties that the document does not name' },
    ...reportOptions,
    ...coverageOptions,
    spec: specOption,
  },
  examples: [
    'exactmatch check session.json --operation createExactMatchSession --status 201',
    'curl -s https://… | exactmatch check - --operation getExactMatchSession --status 200',
  ],
  run: async (args, io) => {
    const output = readReportOptions(args);
    const targets = args.positionals;
    const twice = targets.find((target, index) => targets.indexOf(target) !== index);
    if (twice !== undefined) {
      throw new ExactMatchError('OPTION_INVALID', `"${twice}" is given twice. Give it once.`);
    }
    // Loaded here: the other commands start without it.
    const { createCollector } = await import('../report/collector.ts');
    const spec = await loadSpec(textOf(args, 'spec'));
    const isStrict = args.values['strict'] === true;
    const version = packageVersion();
    const collector = createCollector({ spec, version, command: 'check', targets });
    for (const target of targets) {
      const kind = await findTargetKind(target, args, io);
      const check = await TARGETS[kind]();
      await check(target, { spec, args, io, isStrict, collector });
    }
    const report = collector.report(wantsCoverage(output) ? { hasCoverage: true } : {});
    await printReport(report, output, io);
    return exitCodeOf(report, output);
  },
};
