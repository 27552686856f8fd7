import { ExactMatchError } from '../errors.ts';
import type { Command } from './command.ts';

/** Each is loaded when it is asked for: a check of one file needs no mock and no broker. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  mock: async () => (await import('./mock.ts')).mockCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  proxy: async () => (await import('./proxy.ts')).proxyCommand,
  diff: async () => (await import('./diff.ts')).diffCommand,
  types: async () => (await import('./types.ts')).typesCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  coverage: async () => (await import('./coverage.ts')).coverageCommand,
  pact: async () => (await import('./pact.ts')).pactCommand,
  publish: async () => (await import('./publish.ts')).publishCommand,
  'can-i-deploy': async () => (await import('./can-i-deploy.ts')).canIDeployCommand,
};

/** Loads all commands, in the order in which the help lists them. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}

/**
 * Loads the command of a name.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when there is none.
 */
export async function loadCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) return load();
  throw new ExactMatchError(
    'OPTION_INVALID',
    `There is no command "${name}". The commands are ${Object.keys(COMMANDS).join(', ')}; \`exactmatch --help\` tells more.`,
  );
}
