import { loadSpec } from '../check/shipped.ts';
import { type Args, type Command, type ExitCode, specOption, textOf, wordOf } from './command.ts';
import type { Io } from './io.ts';
import { pactSourceOptions, readPactSources } from './pact-sources.ts';

/** Where pacts are looked for when nobody names any. */
const FOLDER = 'contracts/pacts';

/** `exactmatch coverage`. */
export const coverageCommand: Command = {
  name: 'coverage',
  summary: 'Show for each consumer the operations and fields that it depends on, by its pacts',
  positionals: [{ name: 'PACT', isRequired: false, isRepeated: true }],
  options: {
    format: {
      type: 'string',
      value: 'NAME',
      description: 'pretty, json or html; default: as the output ends, else pretty',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'Where to write it; default: standard output',
    },
    ...pactSourceOptions,
    spec: specOption,
  },
  examples: [
    'exactmatch coverage contracts/pacts',
    'exactmatch coverage web.json mobile.json --spec openapi.yaml -o consumers.html',
    'exactmatch coverage --broker https://broker.example.com --provider-name pets --spec openapi.yaml',
  ],
  run: runCoverage,
};

async function runCoverage(args: Args, io: Io): Promise<ExitCode> {
  const output = textOf(args, 'output');
  const format = formatOf(args, output);
  const { listDependences } = await import('../pact/dependence.ts');
  const spec = await loadSpec(textOf(args, 'spec'));
  const { broker } = args.values;
  const paths = args.positionals.length > 0 || broker !== undefined ? args.positionals : [FOLDER];
  const dependence = listDependences(spec, await readPactSources(paths, args, io));
  const { columns, hasColor } = io.screen('stdout');
  const root = io.env('GITHUB_WORKSPACE');
  const page = output === undefined ? { columns, hasColor, root } : { ...NO_SCREEN, root };
  const { writeDependence } = await import('../report/dependence.ts');
  const text = await writeDependence(dependence, format, page);
  if (output === undefined) io.stdout(text);
  else await io.write(output, text);
  return 0;
}

const NO_SCREEN = { columns: undefined, hasColor: false };

function formatOf(args: Args, output: string | undefined): 'pretty' | 'json' | 'html' {
  const [, ending] = /\.(json|html?)$/i.exec(output ?? '') ?? [];
  if (textOf(args, 'format') !== undefined || ending === undefined) {
    return wordOf(args, 'format', ['pretty', 'json', 'html']);
  }
  return ending.toLowerCase() === 'json' ? 'json' : 'html';
}
