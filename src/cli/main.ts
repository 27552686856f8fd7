import { parseArgs } from 'node:util';
import { ExactMatchError } from '../errors.ts';
import { packageVersion } from '../report/version.ts';
import type { Args, Command, ExitCode } from './command.ts';
import { loadCommand, loadCommands } from './commands.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Io } from './io.ts';

/** Runs the command that the arguments name. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (cause) {
    if (!(cause instanceof ExactMatchError)) {
      io.stderr(
        `exactmatch failed, which is a fault of its own. Please report it.\n${told(cause)}\n`,
      );
      return 2;
    }
    const isNamed = cause.message.startsWith('exactmatch ');
    io.stderr(`${isNamed ? '' : 'exactmatch: '}${cause.message}\n`);
    return 2;
  }
}

function told(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

async function dispatch([first, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (first === undefined) {
    io.stderr(await help());
    return 2;
  }
  if (first === '--version' || first === '-v') {
    io.stdout(`${packageVersion()}\n`);
    return 0;
  }
  const isHelp = first === '--help' || first === '-h' || first === 'help';
  const name = isHelp ? rest.find((word) => !word.startsWith('-')) : first;
  if (name === undefined) {
    io.stdout(await help());
    return 0;
  }
  const command = await loadCommand(name);
  if (isHelp || rest.includes('--help') || rest.includes('-h')) {
    io.stdout(commandHelp(command));
    return 0;
  }
  return command.run(parse(command, rest), io);
}

async function help(): Promise<string> {
  return programHelp(await loadCommands(), packageVersion());
}

/**
 * Reads the arguments of a command.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when it has no such option, or takes fewer arguments.
 */
export function parse(command: Command, argv: readonly string[]): Args {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, isRepeated }]) => [
      name,
      { type, multiple: isRepeated === true, ...(short === undefined ? {} : { short }) },
    ]),
  );
  const { positionals, values } = parsed(command, argv, options);
  const needed = command.positionals.filter(({ isRequired }) => isRequired).length;
  if (positionals.length < needed)
    throw misuse(command, `it needs ${command.positionals[positionals.length]?.name}`);
  const isOpen = command.positionals.at(-1)?.isRepeated === true;
  const extra = isOpen ? undefined : positionals[command.positionals.length];
  if (extra !== undefined) throw misuse(command, `"${extra}" is one argument too many`);
  return { positionals, values };
}

function parsed(
  command: Command,
  argv: readonly string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple: boolean; short?: string }>,
): Args {
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    // No flag may be given several times, so no list is one of booleans.
    return { positionals, values: values as Args['values'] };
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(/\.\s/, 1)[0] ?? '') : '';
    throw misuse(command, reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, ''));
  }
}

function misuse({ name }: Command, reason: string): ExactMatchError {
  return new ExactMatchError(
    'OPTION_INVALID',
    `exactmatch ${name}: ${reason}. \`exactmatch ${name} --help\` tells its options.`,
  );
}
