import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { ExactMatchError } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';

/** What the process of the Verifier is told. */
export interface VerifierOrder {
  /** Options of Pact's Verifier. */
  readonly options: JsonObject;
}

/** What the process of the Verifier says at the end. */
export interface VerifierReport {
  /** The results as JSON, or why there are none. */
  readonly text: string;
}

/** What Pact's Verifier has done. */
export interface VerifierRun {
  /** Its results as JSON, or why there are none. */
  readonly text: string;
  /** All that it printed. */
  readonly log: string;
}

/** Of what it prints, this many characters are kept. */
const LOG_SIZE = 1_000_000;

/**
 * Runs Pact's Verifier in a process of its own: its native part prints by itself, reads variables of the
 * environment that change what it does, and keeps its settings for as long as a process lives.
 *
 * @throws {ExactMatchError} `PEER_MISSING`, `PACT_FAILED` when the process ends without results.
 */
export async function runVerifier(options: JsonObject): Promise<VerifierRun> {
  requirePact();
  const program = new URL(`./verifier-process${extname(import.meta.filename)}`, import.meta.url);
  const child = fork(program, {
    env: verifierEnvironment(process.env),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => log.push(text));
  }
  let report: VerifierReport | undefined;
  child.once('message', (message: VerifierReport) => {
    report = message;
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.once('error', reject);
  child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  child.send({ options } satisfies VerifierOrder, () => {});
  const end = await promise;
  const printed = log.join('').slice(-LOG_SIZE);
  if (report) return { text: report.text, log: printed };
  throw new ExactMatchError(
    'PACT_FAILED',
    `Pact's Verifier has ended without results (${end}). It said:\n${printed.trim() || '(nothing)'}`,
  );
}

/** @throws {ExactMatchError} `PEER_MISSING`. */
function requirePact(): void {
  try {
    createRequire(import.meta.url).resolve('@pact-foundation/pact');
  } catch (cause) {
    throw new ExactMatchError(
      'PEER_MISSING',
      'Verifying needs the package @pact-foundation/pact: npm install --save-dev @pact-foundation/pact@17.',
      { cause },
    );
  }
}

/** Read by Pact behind our back, each of them changes a run; proxies have no part in calls to this machine. */
const CHANGES_RUNS = /^(?:pact_|log_level$|rust_log$|(?:https?|all|no)_proxy$|node_options$)/i;
/** Where Pact's native library is, for those who keep it elsewhere. */
const HARMLESS = /^PACT_PREBUILD_/;

function verifierEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(given).filter(
    ([name]) => HARMLESS.test(name) || !CHANGES_RUNS.test(name),
  );
  return { ...Object.fromEntries(kept), PACT_DO_NOT_TRACK: 'true', LOG_LEVEL: 'error' };
}
