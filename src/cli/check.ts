import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { formatFindings } from '../finding.ts';
import { type Command, integerOf, specOption, textOf, wordOf } from './command.ts';

/** `exactmatch check`. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Say whether a JSON body keeps the promise of the document, and if not, where and why',
  positionals: [{ name: 'FILE', isRequired: true }],
  options: {
    operation: {
      type: 'string',
      value: 'ID',
      description: "The operation that it belongs to: an operationId or 'METHOD /path'",
    },
    status: {
      type: 'string',
      value: 'CODE',
      description: "The status of the response that it is the body of; without it, a request's",
    },
    strict: { type: 'boolean', description: 'Refuse properties that the document does not name' },
    format: { type: 'string', value: 'NAME', description: 'pretty or json; default: pretty' },
    spec: specOption,
  },
  examples: [
    'exactmatch check session.json --operation createExactMatchSession --status 201',
    'curl -s https://… | exactmatch check - --operation getExactMatchSession --status 200',
  ],
  run: async (args, io) => {
    const [file = '-'] = args.positionals;
    const operation = textOf(args, 'operation');
    if (operation === undefined) {
      throw new ExactMatchError(
        'OPTION_INVALID',
        'check needs --operation ID, such as --operation createExactMatchSession.',
      );
    }
    // Loaded here: the other commands start without it.
    const { checkBodyText } = await import('../check/check.ts');
    const status = integerOf(args, 'status', { min: 100, max: 599 });
    const format = wordOf(args, 'format', ['pretty', 'json']);
    const spec = await loadSpec(textOf(args, 'spec'));
    const strict = args.values['strict'] === true;
    const options = { operation, strict, ...(status === undefined ? {} : { status }) };
    const findings = checkBodyText(spec, await io.read(file), options);
    const name = file === '-' ? 'The input' : file;
    const what = `${operation} ${status ?? '(request)'}`;
    if (format === 'json') io.stdout(`${JSON.stringify(findings, null, 2)}\n`);
    else if (findings.length === 0) io.stdout(`${name} keeps the promise of ${what}.\n`);
    else io.stdout(`${name} breaks the promise of ${what}:\n${formatFindings(findings)}\n`);
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};
