import { loadSpec } from '../check/shipped.ts';
import { ExactMatchError } from '../errors.ts';
import { type Command, documentOf, specOption, textOf } from './command.ts';

/** `exactmatch types`. */
export const typesCommand: Command = {
  name: 'types',
  summary: 'Write the TypeScript types of a document: paths, operations, components',
  positionals: [{ name: 'DOCUMENT', isRequired: false }],
  options: {
    spec: specOption,
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'Where to write them; default: standard output',
    },
    check: {
      type: 'boolean',
      description: 'Write nothing; show how FILE differs, and exit with 1 when it does',
    },
  },
  examples: [
    'exactmatch types openapi.yaml -o src/api-types.ts',
    'exactmatch types openapi.yaml -o src/api-types.ts --check',
  ],
  run: async (args, io) => {
    const output = textOf(args, 'output');
    if (args.values['check'] === true && output === undefined) {
      throw new ExactMatchError('OPTION_INVALID', '--check needs --output FILE to compare with.');
    }
    const spec = await loadSpec(documentOf(args));
    // Loaded here: it brings the TypeScript compiler along.
    const { generateTypes } = await import('../typegen/typescript.ts');
    const types = await generateTypes(spec, { command: 'exactmatch types' });
    if (output === undefined) {
      io.stdout(types);
      return 0;
    }
    if (args.values['check'] === true) {
      const { differenceOf } = await import('./difference.ts');
      const difference = await differenceOf(output, types, io.read);
      if (difference === undefined) return 0;
      io.stdout(difference);
      io.stderr(`exactmatch: "${output}" is stale. Run the same command without --check.\n`);
      return 1;
    }
    await io.write(output, types);
    return 0;
  },
};
