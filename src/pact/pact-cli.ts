import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ExactMatchError } from '../errors.ts';
import type { Credentials } from './hal.ts';

/** A command of Pact's own CLI. */
export interface PactCommand {
  /** The words behind `pact`. */
  readonly words: readonly string[];
  /** They travel by the environment: the list of processes is open to everybody. */
  readonly credentials: Credentials;
}

/** How a command is run. */
export interface PactCommandOptions {
  readonly hasColor: boolean;
  /** Takes what it prints, line by line, without secrets. */
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
}

/** Variables that would speak for another broker. */
const BROKER = /^PACT_BROKER_(?:BASE_URL|TOKEN|USERNAME|PASSWORD)$/;

/**
 * Runs a command of Pact's CLI, and gives its exit code.
 *
 * @throws {ExactMatchError} `PEER_MISSING`, `PACT_FAILED` when it cannot be started or is ended.
 * @see https://docs.pact.io/pact_broker/client_cli
 */
export async function runPactCommand(
  { words, credentials }: PactCommand,
  { hasColor, onLine }: PactCommandOptions,
): Promise<number> {
  const child = spawn(findProgram(), words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutBroker(process.env),
      ...variablesOf(credentials),
      PACT_DO_NOT_TRACK: 'true',
      ...(hasColor ? {} : { NO_COLOR: '1' }),
    },
  });
  const secrets = [credentials.token, credentials.password].filter((one) => one !== undefined);
  const scrub = (line: string) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), line);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('close', (code, signal) => {
    if (code === null) reject(new Error(`it was ended by ${signal}`));
    else resolve(code);
  });
  const printed = [
    forLines(child.stdout, (line) => onLine('stdout', scrub(line))),
    forLines(child.stderr, (line) => onLine('stderr', scrub(line))),
  ];
  try {
    const code = await promise;
    await Promise.all(printed);
    return code;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExactMatchError('PACT_FAILED', `Pact's CLI could not do its work: ${reason}.`, {
      cause,
    });
  }
}

async function forLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) onLine(line);
}

function withoutBroker(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !BROKER.test(name)));
}

/** The variables by which the CLI takes credentials. */
export function variablesOf({
  token,
  username,
  password,
}: Credentials): Readonly<Record<string, string>> {
  return {
    ...(token === undefined ? {} : { PACT_BROKER_TOKEN: token }),
    ...(username === undefined ? {} : { PACT_BROKER_USERNAME: username }),
    ...(password === undefined ? {} : { PACT_BROKER_PASSWORD: password }),
  };
}

/**
 * The program of the CLI: it lies in a package of its own for each platform.
 *
 * @throws {ExactMatchError} `PEER_MISSING`.
 */
function findProgram(): string {
  const cli = resolveFrom(import.meta.url, '@pact-foundation/pact-cli/package.json');
  if (cli === undefined) {
    throw missing(
      'This needs the package @pact-foundation/pact-cli: npm install --save-dev @pact-foundation/pact-cli@18.',
    );
  }
  const { platform, arch } = process;
  const isWindows = platform === 'win32';
  const name = `@pact-foundation/pact-cli-${isWindows ? 'windows' : platform}-${arch}`;
  const found = resolveFrom(cli, `${name}/package.json`);
  if (found !== undefined)
    return join(dirname(found), 'standalone', isWindows ? 'pact.exe' : 'pact');
  throw missing(
    `Pact's CLI has no program for this machine: ${name} is not installed. npm leaves it out with --omit=optional, and where Pact has none for the platform.`,
  );
}

function resolveFrom(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

function missing(message: string): ExactMatchError {
  return new ExactMatchError('PEER_MISSING', message);
}
