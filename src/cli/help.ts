import type { Command, Option } from './command.ts';

/** The help of the whole program. */
export function programHelp(commands: readonly Command[], version: string): string {
  const rows = commands.map(({ name, summary }): Row => [name, summary]);
  return `exactmatch ${version}: one OpenAPI document, and the types, mock and checks that follow from it

Usage: exactmatch <command> [options]

Commands:
${table(rows)}

Options:
${table([
  ['-h, --help', 'Show this help, or that of a command'],
  ['-v, --version', 'Show the version'],
])}

Exit codes: 0 the promise is kept, 1 findings or stale output, 2 misuse or it cannot run.
`;
}

/** The help of one command. */
export function commandHelp({ name, summary, positionals, options, examples }: Command): string {
  const args = positionals.map(({ name: arg, isRequired, isRepeated }) => {
    const word = isRepeated === true ? `${arg}…` : arg;
    return isRequired ? word : `[${word}]`;
  });
  const usage = ['exactmatch', name, ...args, '[options]'].join(' ');
  const rows = Object.entries(options).map(([long, option]): Row => optionRow(long, option));
  return `${summary}.

Usage: ${usage}

Options:
${table([...rows, ['-h, --help', 'Show this help']])}

Examples:
${examples.map((example) => `  ${example}`).join('\n')}
`;
}

type Row = readonly [left: string, right: string];

function optionRow(long: string, { short, value, description }: Option): Row {
  const names = short === undefined ? `    --${long}` : `-${short}, --${long}`;
  return [value === undefined ? names : `${names} ${value}`, description];
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
