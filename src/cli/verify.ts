import { stripVTControlCharacters } from 'node:util';
import { loadSpec } from '../check/shipped.ts';
import { packageVersion } from '../report/version.ts';
import { brokerOptions } from './broker-options.ts';
import {
  type Args,
  type Command,
  type ExitCode,
  type Option,
  specOption,
  textOf,
} from './command.ts';
import type { Io } from './io.ts';
import {
  coverageOptions,
  exitCodeOf,
  failOptions,
  printReport,
  readReportOptions,
  reportOptions,
  wantsCoverage,
} from './report-options.ts';

/** `exactmatch verify`. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: "Hold a running provider to pacts by Pact's Verifier, and let nothing pass in silence",
  positionals: [{ name: 'PACT', isRequired: false, isRepeated: true }],
  options: {
    provider: text('URL', 'Where the provider runs; needed'),
    'provider-name': text('NAME', 'What its pacts call it; default: the only name in them'),
    states: text('FILE', 'Handlers of states: a module, or JSON for a mock of exactmatch'),
    'states-url': text('URL', 'Where each state is posted to, as Pact does it'),
    'token-env': text('NAME', 'The variable with a bearer token for the provider'),
    'header-env': list('HEADER=NAME', 'A header for the provider, and the variable with its value'),
    ...brokerOptions,
    'filter-consumer': list('NAME', 'Only pacts of this consumer; several by commas'),
    'consumer-version-selectors': text('JSON', 'Which pacts of the broker: [{"mainBranch":true}]'),
    'enable-pending': flag('Let interactions fail that the branch of the provider never passed'),
    'include-wip-pacts-since': text('DATE', 'Verify newer pacts of other branches too, as pending'),
    'publish-verification-results': flag(
      'Tell the broker; that it does not take them fails the run',
    ),
    'provider-version': text('VERSION', 'Default: the commit, by CI variables or git'),
    'provider-branch': text('NAME', 'Default: the branch, by CI variables or git'),
    'provider-tags': list('NAME', 'Tags of the version; several by commas'),
    'build-url': text('URL', 'Default: by CI variables'),
    'pass-without-pacts': flag('Pass when there is nothing to verify'),
    timeout: text('MS', 'For one answer of the provider, and for one state; default: 30000'),
    verbose: flag("Show what Pact's Verifier prints, without secrets"),
    ...reportOptions,
    ...failOptions,
    ...coverageOptions,
    spec: specOption,
  },
  examples: [
    'exactmatch verify contracts/pacts --provider http://127.0.0.1:8080 --states states.ts',
    'exactmatch verify --broker https://… --provider-name api --provider http://127.0.0.1:8080 --publish-verification-results',
  ],
  run: runVerify,
};

async function runVerify(args: Args, io: Io): Promise<ExitCode> {
  const output = readReportOptions(args);
  const { readVerifySettings } = await import('./verify-settings.ts');
  const spec = await loadSpec(textOf(args, 'spec'));
  const { notes, ...settings } = await readVerifySettings(args, io);
  for (const note of notes) io.stderr(`${note}\n`);
  const { verifyPacts } = await import('../pact/verify/verify.ts');
  const { results, log } = await verifyPacts({ ...settings, spec });
  if (args.values['verbose'] === true) {
    io.stderr(io.screen('stderr').hasColor ? log : stripVTControlCharacters(log));
  }
  const { createCollector } = await import('../report/collector.ts');
  const broker = settings.broker ? [String(settings.broker.url)] : [];
  const targets = [...args.positionals, ...broker];
  const collector = createCollector({
    spec,
    version: packageVersion(),
    command: 'verify',
    targets,
  });
  for (const result of results) collector.add(result);
  // Pacts of another API exercise nothing of the shipped document.
  const isOfSpec =
    textOf(args, 'spec') !== undefined || results.some(({ operation }) => operation !== undefined);
  const report = collector.report({ hasCoverage: wantsCoverage(output) || isOfSpec });
  await printReport(report, output, io);
  return exitCodeOf(report, output);
}

function text(value: string, description: string): Option {
  return { type: 'string', value, description };
}

function list(value: string, description: string): Option {
  return { type: 'string', value, description, isRepeated: true };
}

function flag(description: string): Option {
  return { type: 'boolean', description };
}
