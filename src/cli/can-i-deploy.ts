import { ExactMatchError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';
import { brokerOptions } from './broker-options.ts';
import { findBuild } from './build.ts';
import {
  type Args,
  type Command,
  type ExitCode,
  integerOf,
  listOf,
  type Option,
  textOf,
  wordOf,
} from './command.ts';
import type { Io } from './io.ts';
import { pactCommandOptions, requireBroker, runWithBroker } from './pact-command.ts';

/** Set, Pact's CLI says yes to everything. */
const DRY_RUN = 'PACT_BROKER_CAN_I_DEPLOY_DRY_RUN';

/** `exactmatch can-i-deploy`. */
export const canIDeployCommand: Command = {
  name: 'can-i-deploy',
  summary: "Ask a broker whether a version fits what it would meet, by Pact's CLI",
  positionals: [{ name: 'ARGUMENT', isRequired: false, isRepeated: true }],
  options: {
    ...brokerOptions,
    pacticipant: text('NAME', 'The application that is to be deployed; needed', 'a'),
    version: text('VERSION', 'Default: the commit, by CI variables or git', 'e'),
    branch: text('NAME', 'Its latest version of that branch, instead of a version'),
    latest: { type: 'boolean', description: 'Its latest version, instead of a version' },
    'to-environment': text('NAME', 'Where to; without it, against the latest of all others'),
    to: text('TAG', 'Against the others that have that tag'),
    ignore: {
      ...text('NAME', 'Leave an application out of account; several by commas'),
      isRepeated: true,
    },
    'retry-while-unknown': text('TIMES', 'Wait for results that are still to come'),
    'retry-interval': text('SECONDS', 'How long between; default: 10'),
    format: text('NAME', 'table or json; default: table'),
    ...pactCommandOptions,
  },
  examples: [
    'exactmatch can-i-deploy --pacticipant shop --to-environment production --broker https://…',
    'exactmatch can-i-deploy --pacticipant shop --broker https://… -- --pacticipant pets --latest main',
  ],
  run: runCanIDeploy,
};

async function runCanIDeploy(args: Args, io: Io): Promise<ExitCode> {
  const broker = requireBroker('can-i-deploy', args, io);
  const name = textOf(args, 'pacticipant');
  if (name === undefined) {
    throw misuse('it needs --pacticipant NAME, the application that is to be deployed');
  }
  const isJson = wordOf(args, 'format', ['table', 'json']) === 'json';
  const times = integerOf(args, 'retry-while-unknown', { min: 0, max: 1000 });
  const interval = integerOf(args, 'retry-interval', { min: 1, max: 3600 });
  const words = [
    ...['--pacticipant', name, ...(await versionWords(args, io))],
    ...args.positionals,
    ...optional('--to-environment', textOf(args, 'to-environment')),
    ...optional('--to', textOf(args, 'to')),
    ...listOf(args, 'ignore').flatMap((one) => ['--ignore', one]),
    ...(times === undefined ? [] : ['--retry-while-unknown', String(times)]),
    ...(interval === undefined ? [] : ['--retry-interval', String(interval)]),
    ...(isJson ? ['--output', 'json'] : []),
  ];
  const isAsked = args.values['dry-run'] === true;
  if (io.env(DRY_RUN) === 'true' && !isAsked) {
    io.stderr(`${DRY_RUN} is set: whatever the broker says, the answer is yes.\n`);
  }
  let json = '';
  const code = await runWithBroker({ verb: 'can-i-deploy', words, broker }, args, io, (line) => {
    json += line;
  });
  // Asked for JSON, Pact's CLI says no and exits as if it had said yes.
  if (isJson && !isAsked && code === 0 && io.env(DRY_RUN) !== 'true') return isYes(json) ? 0 : 1;
  return code;
}

async function versionWords(args: Args, io: Io): Promise<readonly string[]> {
  const version = textOf(args, 'version');
  const branch = textOf(args, 'branch');
  const isLatest = args.values['latest'] === true;
  if ([version, branch, isLatest || undefined].filter((one) => one !== undefined).length > 1) {
    throw misuse('--version, --branch and --latest exclude each other');
  }
  if (branch !== undefined) return ['--branch', branch];
  if (isLatest) return ['--latest'];
  if (version !== undefined) return ['--version', version];
  const build = await findBuild(io);
  if (build.version === undefined) {
    throw misuse('the version is not known, by CI variables or git. Give it: --version');
  }
  return ['--version', build.version];
}

function isYes(json: string): boolean {
  try {
    const { summary } = JSON.parse(json) as { summary?: Json };
    return isObject(summary) && summary['deployable'] === true;
  } catch {
    return false;
  }
}

function optional(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function text(value: string, description: string, short?: string): Option {
  return { type: 'string', value, description, ...(short === undefined ? {} : { short }) };
}

function misuse(reason: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', `exactmatch can-i-deploy: ${reason}.`);
}
