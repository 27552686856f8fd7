import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import type { Collector } from '../report/collector.ts';
import { packageVersion } from '../report/version.ts';
import { findTarget, type TargetKind } from './check-target.ts';
import { type Args, type Command, specOption, textOf } from './command.ts';
import type { Io } from './io.ts';
import { liveOptions } from './live-options.ts';
import { pactSourceOptions } from './pact-sources.ts';
import {
  coverageOptions,
  exitCodeOf,
  failOptions,
  printReport,
  readReportOptions,
  reportOptions,
  wantsCoverage,
} from './report-options.ts';

/** What a target is judged with. */
export interface CheckContext {
  readonly spec: Awaited<ReturnType<typeof loadSpec>>;
  readonly args: Args;
  readonly io: Io;
  readonly isStrict: boolean;
  readonly collector: Collector;
  /** Takes what could not be read or judged: without errors, the run ends with 2 then. */
  readonly unreadable: (message: string) => void;
  /** Judges a part of a target, as what it is. */
  readonly judgePart: (target: string, kind: TargetKind, context: CheckContext) => Promise<void>;
  /** Whether this is a part of a target: of a folder. */
  readonly isPart: boolean;
}

/** Judges all that a target holds, and adds what it finds to the collector. */
export type CheckTarget = (target: string, context: CheckContext) => Promise<void>;

/** Loaded one by one: what judges a file does not need what asks a provider. */
const TARGETS: Readonly<Record<TargetKind, () => Promise<CheckTarget>>> = {
  body: async () => (await import('./check-body.ts')).checkBodyTarget,
  har: async () => (await import('./check-capture.ts')).captureTarget('har'),
  array: async () => (await import('./check-capture.ts')).captureTarget('array'),
  lines: async () => (await import('./check-capture.ts')).captureTarget('lines'),
  whole: async () => (await import('./check-capture.ts')).captureTarget('whole'),
  pact: async () => (await import('./check-pact.ts')).checkPactTarget,
  archive: async () => (await import('./check-archive.ts')).checkArchive,
  folder: async () => (await import('./check-folder.ts')).checkFolder,
  live: async () => (await import('./check-live.ts')).checkLiveTarget,
};

/** `exactmatch check`. */
export const checkCommand: Command = {
  name: 'check',
  summary:
    'Say whether bodies, captures, pacts or a provider keep the promise, and if not, where and why',
  positionals: [{ name: 'TARGET', isRequired: false, isRepeated: true }],
  options: {
    operation: {
      type: 'string',
      value: 'ID',
      isRepeated: true,
      description:
        "Of a body: the operation it belongs to, an operationId or 'METHOD /path'; of a provider: those probed",
    },
    status: {
      type: 'string',
      value: 'CODE',
      description: "Of a body: the status of its response; without it, it is a request's",
    },
    server: {
      type: 'string',
      value: 'URL',
      isRepeated: true,
      description: "Of a capture: what lies below it is judged; default: the document's servers",
    },
    'max-entry-bytes': {
      type: 'string',
      value: 'N',
      description: 'Of a capture: larger entries and bodies are not read; default: 67108864',
    },
    strict: { type: 'boolean', description: 'Refuse properties that the document does not name' },
    ...liveOptions,
    ...pactSourceOptions,
    ...reportOptions,
    ...failOptions,
    ...coverageOptions,
    spec: specOption,
  },
  examples: [
    'exactmatch check session.json --operation createExactMatchSession --status 201',
    'curl -s https://… | exactmatch check - --operation getExactMatchSession --status 200',
    'exactmatch check session.har --server http://localhost:4010',
    'exactmatch check contracts/pacts --spec openapi.yaml',
    'exactmatch check --broker https://broker.example.com --provider-name pets --spec openapi.yaml',
    'exactmatch check http://127.0.0.1:8080/v1 --spec openapi.yaml --token-env API_TOKEN --allow-writes',
  ],
  run: async (args, io) => {
    const output = readReportOptions(args);
    const files = args.positionals;
    const broker = textOf(args, 'broker');
    const targets = broker === undefined ? files : [...files, broker];
    if (targets.length === 0) {
      throw new ExactMatchError(
        'OPTION_INVALID',
        'exactmatch check: it needs TARGET, or --broker URL. `exactmatch check --help` tells its options.',
      );
    }
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
    const troubles = createTroubles();
    const context: CheckContext = {
      ...{ spec, args, io, isStrict, collector, isPart: false },
      unreadable: troubles.add,
      judgePart,
    };
    for (const target of files) {
      const found = await findTarget(target, { spec, args, io });
      const check = await TARGETS[found.kind]();
      await check(target, { ...context, io: found.io });
    }
    if (broker !== undefined) {
      const { checkBrokerPacts } = await import('./check-pact.ts');
      await checkBrokerPacts(context);
    }
    const report = collector.report(wantsCoverage(output) ? { hasCoverage: true } : {});
    await printReport(report, output, io);
    for (const line of troubles.lines()) io.stderr(`exactmatch: ${line}\n`);
    return exitCodeOf(report, output) || (troubles.lines().length > 0 ? 2 : 0);
  },
};

async function judgePart(target: string, kind: TargetKind, context: CheckContext): Promise<void> {
  const check = await TARGETS[kind]();
  await check(target, { ...context, isPart: true });
}

/** So many are told one by one. */
const TROUBLES = 20;

interface Troubles {
  readonly add: (message: string) => void;
  readonly lines: () => readonly string[];
}

function createTroubles(): Troubles {
  const told: string[] = [];
  let more = 0;
  return {
    add: (message) => {
      if (told.length < TROUBLES) told.push(message);
      else more += 1;
    },
    lines: () => (more === 0 ? told : [...told, `… and ${more} more of the kind`]),
  };
}
