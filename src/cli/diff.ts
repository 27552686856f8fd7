import type { Difference } from '../change/difference.ts';
import type { DiffReport, toDiffReport } from '../change/report/diff-report.ts';
import { isUsed } from '../change/report/group.ts';
import { ExactMatchError } from '../errors.ts';
import type { Pact } from '../pact/interaction.ts';
import { planOutput } from '../report/output.ts';
import { packageVersion } from '../report/version.ts';
import {
  type Args,
  type Command,
  type ExitCode,
  listOf,
  textOf,
  textsOf,
  wordOf,
} from './command.ts';
import { printDiff } from './diff-output.ts';
import type { Io } from './io.ts';
import { pactSourceOptions } from './pact-sources.ts';
import { reportOptions } from './report-options.ts';
import { loadDocument } from './revision.ts';

/** `exactmatch diff`. */
export const diffCommand: Command = {
  name: 'diff',
  summary: 'Say which differences of two documents break consumers, and which consumers',
  positionals: [
    { name: 'OLD', isRequired: true },
    { name: 'NEW', isRequired: true },
  ],
  options: {
    'fail-on': {
      type: 'string',
      value: 'CLASS',
      description:
        'breaking, dangerous or none: exit with 1 at such a difference; default: breaking',
    },
    pacts: {
      type: 'string',
      value: 'PATH',
      isRepeated: true,
      description: 'Pact files, or folders of them: whom of their consumers does it break?',
    },
    ...pactSourceOptions,
    all: { type: 'boolean', description: 'List safe differences, not only their number' },
    ...reportOptions,
  },
  examples: [
    'exactmatch diff main:spec/api.yaml spec/api.yaml',
    'exactmatch diff v1.2.0:spec/api.yaml spec/api.yaml --pacts contracts/pacts',
  ],
  run: runDiff,
};

async function runDiff(args: Args, io: Io): Promise<ExitCode> {
  const plan = planOutput(listOf(args, 'format'), textsOf(args, 'output'));
  const [oldTarget = '', newTarget = ''] = args.positionals;
  const started = new Date();
  const pacts = await readPacts(args, io);
  const failOn = failOnOf(args, pacts !== undefined);
  const [old, next] = await Promise.all([loadDocument(oldTarget, io), loadDocument(newTarget, io)]);
  const { diffSpecs } = await import('../change/diff.ts');
  const differences = await diffSpecs(old, next);
  const { toDiffReport } = await import('../change/report/diff-report.ts');
  const parts = { old, new: next, version: packageVersion() };
  const report = toDiffReport({ ...parts, ...(await impactOf(differences, pacts)) });
  const run = { startedAt: started.toISOString(), milliseconds: Date.now() - started.getTime() };
  await printDiff(report, { ...plan, hasSafe: args.values['all'] === true, run }, io);
  return failsOn(report, failOn) ? 1 : 0;
}

/** The pacts of the consumers; `undefined` when nobody asks for them. */
async function readPacts(args: Args, io: Io): Promise<readonly Pact[] | undefined> {
  const paths = textsOf(args, 'pacts');
  if (paths.length === 0 && textOf(args, 'broker') === undefined) return undefined;
  const { readPactSources } = await import('./pact-sources.ts');
  return readPactSources(paths, args, io);
}

type Reported = Pick<Parameters<typeof toDiffReport>[0], 'differences' | 'contracts'>;

async function impactOf(
  differences: readonly Difference[],
  pacts: readonly Pact[] | undefined,
): Promise<Reported> {
  if (!pacts) return { differences };
  const { findImpact } = await import('../impact/impact.ts');
  const { differences: found, unexplained } = findImpact(differences, pacts);
  return {
    differences: found,
    contracts: {
      consumers: [...new Set(pacts.map(({ consumer }) => consumer))],
      pacts: pacts.length,
      interactions: pacts.reduce((sum, { interactions }) => sum + interactions.length, 0),
      unexplained: unexplained.map(({ interaction, message }) => `${interaction}: ${message}`),
    },
  };
}

type FailOn = 'breaking' | 'dangerous' | 'used' | 'none';

function failOnOf(args: Args, hasPacts: boolean): FailOn {
  const given = wordOf(args, 'fail-on', ['breaking', 'dangerous', 'used', 'none']);
  if (textOf(args, 'fail-on') === undefined) return hasPacts ? 'used' : 'breaking';
  if (given !== 'used' || hasPacts) return given;
  throw new ExactMatchError(
    'OPTION_INVALID',
    '--fail-on used asks what consumers use. Give their pacts by --pacts or --broker.',
  );
}

/** By `used`: what breaks, and is used; or what a pact proves to break, whatever its class. */
function failsOn(report: DiffReport, failOn: FailOn): boolean {
  const { summary, differences, contracts } = report;
  if (failOn === 'none') return false;
  if (failOn === 'used') {
    const isBroken = differences.some((one) => isUsed(one) && one.class !== 'dangerous');
    return isBroken || (contracts?.unexplained.length ?? 0) > 0;
  }
  return summary.breaking > 0 || (failOn === 'dangerous' && summary.dangerous > 0);
}
