import type { Finding, FindingCode, Severity, SpecLocation } from '../../finding.ts';
import { isArray, isObject, type Json, type JsonObject, ownString } from '../../json.ts';
import type { CheckResult } from '../../report/report.ts';
import { findRoute } from '../../spec/route.ts';
import type { Spec } from '../../spec/spec.ts';
import { toVerdict } from './exchange.ts';
import type { Passed } from './gate.ts';
import type { Expected } from './interaction-order.ts';
import { placeIn, toFinding } from './mismatch.ts';
import type { Scrubber } from './scrub.ts';
import type { StateFailure } from './states.ts';

/** What a run of the Verifier left behind. */
export interface Outcome {
  /** Its results, as it gives them. */
  readonly results: JsonObject;
  readonly expected: readonly Expected[];
  /** What travelled, for each interaction that came so far. */
  readonly passed: ReadonlyMap<Expected, Passed>;
  readonly failures: readonly StateFailure[];
  readonly spec: Spec | undefined;
  readonly scrubber: Scrubber;
  /** Where the pacts come from, for what is wrong with none of them. */
  readonly origin: string;
}

/** Turns what a run left behind into one result an interaction. */
export async function toResults(outcome: Outcome): Promise<readonly CheckResult[]> {
  const said = listOf(outcome.results['interactionResults']);
  const left = [...outcome.expected];
  const results: CheckResult[] = [];
  for (const result of said) {
    const index = left.findIndex((expected) => isOf(result, expected));
    const [expected] = index === -1 ? [] : left.splice(index, 1);
    results.push(
      expected ? await toResult(outcome, expected, result) : unknownResult(outcome, result),
    );
  }
  const lost = left.map((expected) => lostResult(outcome, expected));
  return [...results, ...lost, ...otherErrors(outcome, said)];
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** The Verifier names no file: an interaction is known by what Pact tells interactions apart by. */
function isOf(result: JsonObject, { pact, interaction }: Expected): boolean {
  const states = isArray(result['providerStates']) ? result['providerStates'] : [];
  return (
    result['consumer'] === pact.consumer &&
    result['description'] === interaction.description &&
    states.length === interaction.states.length &&
    interaction.states.every(({ name }, index) => name === states[index])
  );
}

async function toResult(
  outcome: Outcome,
  expected: Expected,
  result: JsonObject,
): Promise<CheckResult> {
  const severity: Severity = result['pending'] === true ? 'warning' : 'error';
  const passed = outcome.passed.get(expected);
  const { spec, scrubber } = outcome;
  const exchange = spec && passed ? await toVerdict(spec, passed, scrubber) : undefined;
  return {
    ...identify(outcome, expected),
    findings: findingsOf(outcome, { expected, result, passed, severity }),
    ...(exchange ? { exchange } : {}),
  };
}

interface Judged {
  readonly expected: Expected;
  readonly result: JsonObject;
  readonly passed: Passed | undefined;
  readonly severity: Severity;
}

function findingsOf(
  { failures, scrubber }: Outcome,
  { expected, result, passed, severity }: Judged,
): readonly Finding[] {
  const states = failures
    .filter((failure) => failure.expected === expected)
    .map((failure) => stateFinding(expected, failure, severity, scrubber));
  if (passed?.trouble !== undefined) {
    const asked = `${passed.method} ${passed.path}`;
    const message = `The provider gave no answer to ${asked}: ${scrubber.text(passed.trouble)}.`;
    return [...states, plainFinding(expected, 'verify.unanswered', message, severity)];
  }
  if (result['result'] === 'OK') return states;
  const { mismatch } = result;
  const mismatches = isObject(mismatch) ? listOf(mismatch['mismatches']) : [];
  if (mismatches.length > 0) {
    const found = mismatches.map((one) => toFinding(expected, one, severity));
    return [...states, ...found.sort(compareFindings)];
  }
  if (states.length > 0) return states;
  const said = isObject(mismatch) ? ownString(mismatch, 'message') : undefined;
  const message = `The Verifier could not verify it: ${said ?? 'it does not say why'}.`;
  return [plainFinding(expected, 'verify.error', message, severity)];
}

/** The Verifier tells mismatches in no order. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    KINDS.indexOf(a.code) - KINDS.indexOf(b.code) ||
    a.spec.line - b.spec.line ||
    a.spec.column - b.spec.column ||
    (a.message < b.message ? -1 : 1)
  );
}

const KINDS: readonly FindingCode[] = ['verify.status', 'verify.header', 'verify.body'];

function stateFinding(
  { pact, interaction }: Expected,
  { change, isMissing, reason }: StateFailure,
  severity: Severity,
  scrubber: Scrubber,
): Finding {
  const params = JSON.stringify(change.params);
  const index = interaction.states.findIndex(
    (state) => state.name === change.state && JSON.stringify(state.params) === params,
  );
  const verb = change.action === 'setup' ? 'set' : 'taken back';
  const what = change.state === '' ? 'The start without a state' : `The state "${change.state}"`;
  const failed = `${what} could not be ${verb}: ${scrubber.text(reason)}`;
  return {
    code: isMissing ? 'verify.state.missing' : 'verify.state.failed',
    severity,
    message: isMissing ? scrubber.text(reason) : failed,
    at: change.state,
    spec: statePlace({ pact, interaction }, index),
  };
}

function statePlace({ pact, interaction }: Expected, index: number): SpecLocation {
  if (index === -1) return placeIn(pact, interaction.pointer);
  // Older pacts have one state, as a text of another name: the place of the interaction is given then.
  return placeIn(pact, `${interaction.pointer}/providerStates/${index}`);
}

function plainFinding(
  { pact, interaction }: Expected,
  code: FindingCode,
  message: string,
  severity: Severity,
): Finding {
  return { code, severity, message, at: '', spec: placeIn(pact, interaction.pointer) };
}

/** What a result is called, and where it stands. */
function identify({ spec }: Outcome, expected: Expected): Omit<CheckResult, 'findings'> {
  const { pact, interaction } = expected;
  const { line, column } = pact.positionOf(interaction.pointer);
  const given = interaction.states.map(({ name }) => name).join(' and ');
  const operation = spec && operationOf(spec, expected);
  const number = Number(interaction.pointer.split('/')[2] ?? 0) + 1;
  const result = {
    subject: `${pact.consumer}: ${interaction.description}${given === '' ? '' : `, given ${given}`}`,
    ...(operation === undefined ? {} : { operation }),
    sources: [pact],
  };
  // What a broker sends is one long line: its address in each finding says enough.
  if (/^https?:/.test(pact.file)) {
    return { ...result, origin: `${pact.consumer}, interaction ${number}` };
  }
  const place = { file: pact.file, line, column };
  return { ...result, origin: `${pact.file}, interaction ${number}`, place };
}

function operationOf(spec: Spec, { interaction }: Expected): string | undefined {
  if (!('request' in interaction)) return undefined;
  const { method, path } = interaction.request;
  const route = findRoute(spec, method, path);
  return route.kind === 'found' ? route.operation.id : undefined;
}

function lostResult(outcome: Outcome, expected: Expected): CheckResult {
  const message = 'The Verifier gave no result for it.';
  return {
    ...identify(outcome, expected),
    findings: [plainFinding(expected, 'verify.error', message, 'error')],
  };
}

/** An interaction that nobody expects: better shown without a place than lost. */
function unknownResult(outcome: Outcome, result: JsonObject): CheckResult {
  const name = `${String(result['consumer'])}: ${String(result['description'])}`;
  const isGood = result['result'] === 'OK';
  return nowhere(outcome, name, isGood ? undefined : JSON.stringify(result['mismatch'] ?? null));
}

/** What went wrong outside of interactions, such as a pact that could not be read. */
function otherErrors(outcome: Outcome, said: readonly JsonObject[]): readonly CheckResult[] {
  const errors = listOf(outcome.results['errors']).filter(({ interaction }) => {
    const text = String(interaction);
    return !said.some(({ description }) => text.endsWith(` - ${String(description)}`));
  });
  return errors.map(({ interaction, mismatch }) =>
    nowhere(
      outcome,
      String(interaction),
      isObject(mismatch) ? ownString(mismatch, 'message') : undefined,
    ),
  );
}

function nowhere(outcome: Outcome, subject: string, said: string | undefined): CheckResult {
  const { origin } = outcome;
  const spec = { file: origin, line: 1, column: 1, pointer: '' };
  const message = `${subject}: ${said}.`;
  const finding: Finding = { code: 'verify.error', severity: 'error', message, at: '', spec };
  return { subject, origin, findings: said === undefined ? [] : [finding] };
}
