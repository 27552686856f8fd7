import { redactFinding, secretNamesOf } from '../check/redact.ts';
import { createTally, type Exercised } from '../coverage/tally.ts';
import type { Spec } from '../spec/spec.ts';
import { documentFrame } from './document-frame.ts';
import { occurrencesOf } from './occurrence.ts';
import type { CheckResult } from './report.ts';

/** A result as plain data, without secrets: one process writes it down, another one adds it up. */
export type KeptResult = Pick<CheckResult, 'subject' | 'operation' | 'origin' | 'findings'> &
  Required<Pick<CheckResult, 'kept'>>;

/** Makes plain data of a result, and of what was exercised. */
export function keepResult(spec: Spec, result: CheckResult, exercised: Exercised): KeptResult {
  const { subject, operation, origin } = result;
  const secrets = secretNamesOf(spec);
  const findings = result.findings.map((finding) => redactFinding(finding, secrets));
  const occurrence = occurrencesOf(result, spec);
  const tally = createTally(spec);
  tally.add(exercised);
  const kept = {
    occurrences: findings.map(occurrence),
    rules: findings.map(({ spec: rule }) => documentFrame(spec, rule, result.sources) ?? null),
    counted: tally.counted(),
  };
  return { subject, operation, origin, findings, kept };
}
