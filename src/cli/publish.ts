import { ExactMatchError } from '../errors.ts';
import { brokerOptions } from './broker-options.ts';
import { findBuild } from './build.ts';
import { type Args, type Command, type ExitCode, listOf, textOf } from './command.ts';
import type { Io } from './io.ts';
import { pactCommandOptions, requireBroker, runWithBroker } from './pact-command.ts';

/** `exactmatch publish`. */
export const publishCommand: Command = {
  name: 'publish',
  summary: "Share the pacts of a consumer with a broker, by Pact's CLI",
  positionals: [{ name: 'PACT', isRequired: true, isRepeated: true }],
  options: {
    ...brokerOptions,
    'consumer-app-version': {
      type: 'string',
      short: 'a',
      value: 'VERSION',
      description: 'Default: the commit, by CI variables or git',
    },
    branch: {
      type: 'string',
      value: 'NAME',
      description: 'Default: the branch, by CI variables or git',
    },
    tag: {
      type: 'string',
      short: 't',
      value: 'NAME',
      isRepeated: true,
      description: 'A tag of the version; several by commas',
    },
    'tag-with-git-branch': { type: 'boolean', description: 'Tag the version with its branch too' },
    'build-url': { type: 'string', value: 'URL', description: 'Default: by CI variables' },
    merge: {
      type: 'boolean',
      description: 'Add to what was published of this version, by other parts of the build',
    },
    ...pactCommandOptions,
  },
  examples: [
    'exactmatch publish contracts/pacts --broker https://broker.example.com --branch main',
    'PACT_BROKER_TOKEN=… exactmatch publish contracts/pacts --broker https://… --dry-run',
  ],
  run: runPublish,
};

async function runPublish(args: Args, io: Io): Promise<ExitCode> {
  const broker = requireBroker('publish', args, io);
  const build = await findBuild(io);
  const given = textOf(args, 'consumer-app-version');
  const version = given ?? build.version;
  const branch = textOf(args, 'branch') ?? build.branch;
  const url = textOf(args, 'build-url') ?? build.url;
  if (version === undefined) throw unknown('version', '--consumer-app-version');
  const isTagged = args.values['tag-with-git-branch'] === true;
  if (isTagged && branch === undefined) throw unknown('branch', '--branch');
  const tags = [...listOf(args, 'tag'), ...(isTagged && branch !== undefined ? [branch] : [])];
  const { findPacts } = await import('../pact/verify/sources.ts');
  // Pact's CLI publishes any JSON, under the name "consumer".
  const { local, urls } = await findPacts(args.positionals);
  if (urls[0]) throw misuse(`"${urls[0]}" is no file. Give pact files and folders of them`);
  if (local.length === 0) throw misuse(`there are no pacts in ${args.positionals.join(', ')}`);
  if (given === undefined) for (const note of build.notes) io.stderr(`${note}\n`);
  const words = [
    ...local.map(({ file }) => file),
    ...['--consumer-app-version', version],
    ...(branch === undefined ? [] : ['--branch', branch]),
    ...(tags.length === 0 ? [] : ['--tag', [...new Set(tags)].join(',')]),
    ...(url === undefined ? [] : ['--build-url', url]),
    ...(args.values['merge'] === true ? ['--merge'] : []),
  ];
  return runWithBroker({ verb: 'publish', words, broker }, args, io);
}

function unknown(what: string, option: string): ExactMatchError {
  return misuse(`the ${what} is not known, by CI variables or git. Give it: ${option}`);
}

function misuse(reason: string): ExactMatchError {
  return new ExactMatchError('OPTION_INVALID', `exactmatch publish: ${reason}.`);
}
