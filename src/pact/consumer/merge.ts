import type { JsonObject } from '../../json.ts';
import { contentOf, type Origin, originsOf, withOrigins } from './origin.ts';
import { keyOf } from './pact-text.ts';

/** What became of a test: `open` is one that did not run in this run. */
export type TestOutcome = 'passed' | 'failed' | 'open';

/** What a test file did in a run. */
export interface FileRun {
  /** As origins have it. */
  readonly file: string;
  /** Every test of the file by its name; `undefined` where the runner does not tell. */
  readonly outcomes: ReadonlyMap<string, TestOutcome> | undefined;
  readonly recorded: readonly Recorded[];
}

/** An interaction and the name of the test that it is from. */
export interface Recorded {
  readonly interaction: JsonObject;
  readonly name: string;
}

/** What is known of the other test files. */
export interface OtherFiles {
  readonly exists: (file: string) => boolean;
  /** Whether it has not changed since it wrote its interactions: it would write them again. */
  readonly isCurrent: (file: string) => boolean;
}

/** Two tests that have an interaction of one name, and not the same. */
export interface Conflict {
  readonly description: string;
  readonly one: Origin;
  readonly other: Origin;
}

/**
 * Joins what a test file did into the interactions of a pact.
 *
 * - A test that passed has exactly the interactions that it recorded in this run.
 * - A test that failed, was skipped or filtered out keeps those that it had.
 * - What a test wrote that is no longer in its file goes, and so does all of a file that is gone.
 * - What no test is named for stays: it was written by hand, or by another program.
 * - Of two tests with one description, one list of states and another content, the one whose file
 *   has not changed is right, and the other is a conflict; where it has changed, it will be run.
 */
export function mergeRun(
  existing: readonly JsonObject[],
  run: FileRun,
  others: OtherFiles,
): { readonly interactions: readonly JsonObject[]; readonly conflicts: readonly Conflict[] } {
  const merged = new Map<string, Entry>();
  for (const interaction of existing) {
    const all = originsOf(interaction);
    const origins = all.filter((origin) => isKept(origin, run, others));
    if (all.length === 0 || origins.length > 0)
      merged.set(keyOf(interaction), { interaction, origins });
  }
  const conflicts: Conflict[] = [];
  for (const { interaction, name } of run.recorded) {
    if (outcomeOf(run, name) === 'failed') continue;
    const origin = { file: run.file, name };
    const key = keyOf(interaction);
    const known = merged.get(key);
    const isSame = known && contentOf(known.interaction) === contentOf(interaction);
    const rival = isSame ? undefined : known?.origins.find((one) => isBelieved(one, run, others));
    if (rival)
      conflicts.push({
        description: String(interaction['description']),
        one: rival,
        other: origin,
      });
    else merged.set(key, { interaction, origins: isSame ? [...known.origins, origin] : [origin] });
  }
  const interactions = [...merged.values()].map(({ interaction, origins }) =>
    origins.length === 0 ? interaction : withOrigins(interaction, origins),
  );
  return { interactions, conflicts };
}

interface Entry {
  readonly interaction: JsonObject;
  readonly origins: readonly Origin[];
}

function outcomeOf({ outcomes, recorded }: FileRun, name: string): TestOutcome | undefined {
  if (outcomes && name !== '') return outcomes.get(name);
  // Without the runner's word, a test that recorded something has passed.
  const isRecorded = recorded.some((one) => one.name === name);
  const isComplete = outcomes && ![...outcomes.values()].includes('open');
  return isRecorded ? 'passed' : isComplete ? undefined : 'open';
}

function isKept(origin: Origin, run: FileRun, others: OtherFiles): boolean {
  if (origin.file !== run.file) return others.exists(origin.file);
  const outcome = outcomeOf(run, origin.name);
  return outcome === 'failed' || outcome === 'open';
}

/** What a test of the same file had before this run is no longer what the file says. */
function isBelieved({ file, name }: Origin, run: FileRun, others: OtherFiles): boolean {
  if (file !== run.file) return others.isCurrent(file);
  return run.recorded.some((one) => one.name === name);
}
