import { requireSpec } from '../check/given-spec.ts';
import { type Collection, collectionAt } from '../check/resource.ts';
import {
  type Operation,
  operationById,
  operationsByPath,
  operationsOf,
} from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { cleanUp } from './cleanup.ts';
import { createClient } from './client.ts';
import { createCreated } from './created.ts';
import { creatorOf } from './creation.ts';
import { toMessage } from './draft.ts';
import { providerFinding } from './finding.ts';
import { createIds } from './ids.ts';
import { lifecycle } from './lifecycle.ts';
import { createMemories } from './memories.ts';
import { isReading, operationCases } from './operation-cases.ts';
import { performCase } from './perform.ts';
import { reproductionOf } from './reproduce.ts';
import type { ProbeResult } from './result.ts';
import type { Run } from './run.ts';
import { runStreams, type Stream } from './schedule.ts';
import { type ProbeOptions, readSettings, type Settings } from './settings.ts';
import { findBase } from './start.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * Probes a running provider: makes requests from the document, right ones and ones that are wrong in one
 * known way each, sends them, and judges the answers. Only GET and HEAD are sent unless writes are
 * allowed; what is created then is deleted afterwards.
 *
 * @throws {ExactMatchError} `PROVIDER_UNREACHABLE` when it does not answer at the start,
 * `OPTION_INVALID`, `OPERATION_UNKNOWN`, or `SPEC_*` when the document is broken.
 */
export async function probe(spec: Spec, options: ProbeOptions): Promise<ProbeResult> {
  requireSpec(spec);
  const settings = readSettings(options);
  const operations = chosen(spec, settings);
  const client = await createClient(settings);
  try {
    const basePath = await findBase({ spec, settings }, client);
    client.useBase(basePath);
    const tally = createTally(settings);
    const run = createRun({ spec, settings, client, tally, basePath });
    let leftovers: readonly string[];
    try {
      await runAll(run, tally, operations);
    } finally {
      leftovers = await cleanUp(run);
    }
    return conclude(run, tally, leftovers);
  } finally {
    client.close();
  }
}

function chosen(spec: Spec, { operations }: Settings): readonly Operation[] {
  return operations ? operations.map((id) => operationById(spec, id)) : operationsOf(spec);
}

interface Parts extends Pick<Run, 'spec' | 'settings' | 'client'> {
  readonly tally: Tally;
  readonly basePath: string;
}

function createRun({ spec, settings, client, tally, basePath }: Parts): Run {
  const base = settings.baseUrl.origin + basePath;
  const run: Run = {
    spec,
    settings,
    client,
    isOver: () => settings.signal?.aborted === true || tally.isFull(),
    perform: (request) => performCase(run, tally, request),
    report: (draft, what, findings) => {
      const { operation } = draft;
      const origin = `${operation.method} ${operation.path} ${what}`;
      const { id } = operation;
      const reproduce = reproductionOf(run, base, draft);
      tally.report({
        subject: id,
        operation: id,
        origin,
        findings,
        exchange: undefined,
        reproduce,
      });
    },
    base: () => base,
    pathOf: (draft) => toMessage(run, draft)?.path ?? draft.operation.path,
    skip: tally.skip,
    ids: createIds(() => run),
    created: createCreated(),
    memories: createMemories(),
  };
  return run;
}

async function runAll(run: Run, tally: Tally, operations: readonly Operation[]): Promise<void> {
  const { allowWrites, concurrency } = run.settings;
  const usable = operations.filter(({ method }) => allowWrites || isReading(method));
  const writing = operations.length - usable.length;
  if (writing > 0) run.skip('operations that write: --allow-writes sends them', writing);
  const lane = (path: string, own: string) => (allowWrites ? rootOf(path) : own);
  const lives: Stream[] = allowWrites
    ? collectionsOf(run.spec, usable).map((collection) => ({
        lane: lane(collection.template, collection.template),
        steps: lifecycle(run, collection),
      }))
    : [];
  // What is known after a life, such as whether the provider remembers, the cases can rely on.
  const unlived = await runStreams(lives, concurrency, run.isOver);
  const cases = inOrder(run.spec, usable).map((operation) => ({
    lane: lane(operation.path, operation.id),
    steps: operationCases(run, operation),
  }));
  const unfinished = unlived + (await runStreams(cases, concurrency, run.isOver));
  if (unfinished === 0) return;
  const reason = tally.isGone()
    ? 'operations that were not through when the provider stopped answering'
    : run.settings.signal?.aborted === true
      ? 'operations that were not through when the probe was stopped'
      : `operations that were not through after ${run.settings.maxCases} cases: --max-cases allows more`;
  run.skip(reason, unfinished);
}

/** What makes the only thing of its kind goes before what reads it: there may be none before. */
function inOrder(spec: Spec, operations: readonly Operation[]): readonly Operation[] {
  const makes = ({ method, path }: Operation) =>
    (method === 'PUT' || method === 'POST') && !collectionAt(spec, path);
  const paths = new Map<string, Operation[]>();
  for (const operation of operations) {
    const known = paths.get(operation.path) ?? [];
    paths.set(operation.path, [...known, operation]);
  }
  return [...paths.values()].flatMap((all) => [
    ...all.filter(makes),
    ...all.filter((each) => !makes(each)),
  ]);
}

/** What lies under the same first segment may be the same thing: it is changed by one at a time. */
function rootOf(path: string): string {
  const fixed = path.split('{', 1)[0] ?? '';
  return fixed.split('/').slice(0, 3).join('/');
}

/** The collections that the operations add to, those further out first. */
function collectionsOf(spec: Spec, operations: readonly Operation[]): readonly Collection[] {
  const found: Collection[] = [];
  for (const path of operationsByPath(spec).keys()) {
    const collection = collectionAt(spec, path);
    const creator = collection && creatorOf(spec, collection);
    if (collection && creator && operations.includes(creator)) found.push(collection);
  }
  return found.sort((one, other) => depthOf(one) - depthOf(other));
}

function depthOf({ template }: Collection): number {
  return template.split('{').length;
}

function conclude(run: Run, tally: Tally, leftovers: readonly string[]): ProbeResult {
  const { spec, settings } = run;
  for (const [status, ids] of tally.unreached()) {
    const named = ids.slice(0, 3).join(', ') + (ids.length > 3 ? ', …' : '');
    run.skip(
      `operations no right request of which succeeded (${status}${adviceFor(status)}): ${named}`,
      ids.length,
    );
  }
  if (tally.isTested() === false) {
    const text =
      'No right request was answered with success: this probe tells nothing of the provider.';
    reportAll(tally, 'provider.untested', 'error', text, spec);
  }
  if (leftovers.length > 0) {
    // In one finding: of several alike, the first one alone is shown.
    const listed = leftovers.slice(0, LISTED).join('; ');
    const more = leftovers.length > LISTED ? `; and ${leftovers.length - LISTED} more` : '';
    reportAll(tally, 'provider.leftover', 'warning', `Not deleted: ${listed}${more}.`, spec);
  }
  return {
    findings: tally.findings(),
    failures: tally.failures(),
    checked: tally.checked(),
    skipped: tally.skipped(),
    leftovers,
    baseUrl: run.base(),
    seed: settings.seed,
    isStopped: settings.signal?.aborted === true,
  };
}

/** So many of what could not be deleted are listed. */
const LISTED = 50;

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return ', which --token-env may help';
  return status === 404 ? ', where --path-parameter names what there is' : '';
}

function reportAll(
  tally: Tally,
  code: 'provider.untested' | 'provider.leftover',
  severity: 'error' | 'warning',
  text: string,
  spec: Spec,
): void {
  const finding = providerFinding(code, text, spec.root, { severity });
  tally.report({
    subject: 'the provider',
    operation: undefined,
    origin: 'after all cases',
    findings: [finding],
    exchange: undefined,
    reproduce: undefined,
  });
}
