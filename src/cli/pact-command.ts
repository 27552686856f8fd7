import { ExactMatchError } from '../errors.ts';
import type { BrokerOptions } from '../pact/hal.ts';
import { readBroker } from './broker-options.ts';
import { type Args, type ExitCode, integerOf, type Option } from './command.ts';
import type { Io } from './io.ts';

/** The options of every command that Pact's CLI carries out. */
export const pactCommandOptions: Readonly<Record<string, Option>> = {
  retries: {
    type: 'string',
    value: 'NUMBER',
    description: 'How often to ask a broker again that fails; default: 3',
  },
  'dry-run': {
    type: 'boolean',
    description: "Print the command line for Pact's CLI, and do nothing",
  },
};

/** What a command wants of Pact's CLI. */
export interface PactRun {
  /** What is to be done, as the CLI calls it. */
  readonly verb: string;
  readonly words: readonly string[];
  readonly broker: BrokerOptions;
}

/**
 * The broker that a command is for.
 *
 * @throws {ExactMatchError} `OPTION_INVALID` when there is none.
 */
export function requireBroker(command: string, args: Args, io: Io): BrokerOptions {
  const broker = readBroker(args, io, true);
  if (broker) return broker;
  throw new ExactMatchError(
    'OPTION_INVALID',
    `${command} needs a broker: --broker https://broker.example.com, or PACT_BROKER_BASE_URL.`,
  );
}

/**
 * Has Pact's CLI do something with a broker, or prints how it would be told to.
 *
 * @throws {ExactMatchError} `BROKER_UNAVAILABLE`, `PEER_MISSING`, `PACT_FAILED`, `OPTION_INVALID`.
 */
export async function runWithBroker(
  { verb, words, broker }: PactRun,
  args: Args,
  io: Io,
  onLine?: (line: string) => void,
): Promise<ExitCode> {
  const { openBroker } = await import('../pact/broker.ts');
  const { createHal } = await import('../pact/hal.ts');
  const { runPactCommand, variablesOf } = await import('../pact/pact-cli.ts');
  const retries = integerOf(args, 'retries', { min: 0, max: 20 }) ?? 3;
  const hal = createHal(broker);
  const all = [
    ...['broker', verb, ...words],
    ...['--broker-base-url', hal.url.href.replace(/\/$/, ''), '--retries', String(retries)],
  ];
  if (args.values['dry-run'] === true) {
    const hidden = Object.keys(variablesOf(broker)).map((name) => `${name}=[redacted] `);
    io.stdout(`${hidden.join('')}pact ${all.map(quote).join(' ')}\n`);
    return 0;
  }
  // The CLI would say the same of a broker that is away and of a version that must not go out.
  await openBroker(hal);
  const code = await runPactCommand(
    { words: all, credentials: broker },
    {
      hasColor: io.screen('stdout').hasColor,
      onLine: (stream, line) => {
        io[stream](`${line}\n`);
        if (stream === 'stdout') onLine?.(line);
      },
    },
  );
  return code === 0 ? 0 : 1;
}

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
