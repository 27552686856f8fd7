import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { type Args, type Command, type ExitCode, specOption, textOf, wordOf } from './command.ts';
import type { Io } from './io.ts';

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
    spec: specOption,
  },
  examples: [
    'exactmatch coverage contracts/pacts',
    'exactmatch coverage web.json mobile.json --spec openapi.yaml -o consumers.html',
  ],
  run: runCoverage,
};

async function runCoverage(args: Args, io: Io): Promise<ExitCode> {
  const output = textOf(args, 'output');
  const format = formatOf(args, output);
  const { listDependences } = await import('../pact/dependence.ts');
  const spec = await loadSpec(textOf(args, 'spec'));
  const dependence = listDependences(spec, await readPacts(args));
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

async function readPacts({ positionals }: Args) {
  const { findPacts } = await import('../pact/verify/sources.ts');
  const given = positionals.length > 0 ? positionals : [FOLDER];
  const { local, urls } = await findPacts(given);
  if (urls.length > 0) {
    throw new ExactMatchError(
      'OPTION_INVALID',
      `"${urls[0]?.href}" is an address. Fetch the pact, and give its file.`,
    );
  }
  if (local.length > 0) return local;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `There is no pact in ${given.map((path) => `"${path}"`).join(', ')}. Give the files of pacts, or folders with them.`,
  );
}
