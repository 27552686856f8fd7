import { judgeRequest } from '../check/request.ts';
import { nameOfPart } from '../check/value-name.ts';
import type { Finding } from '../finding.ts';
import { type Json, show } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import { describeRules } from './describe-rule.ts';
import { generatedValues } from './generated-values.ts';
import type { PactRequest } from './interaction.ts';
import { findMismatches } from './match-body.ts';
import { satisfiesAll } from './match-value.ts';
import { toRequestMessage } from './message.ts';
import { placesOf, type RequestPlace } from './request-places.ts';
import { isExplicit, valuesOfRules } from './rule-values.ts';

/**
 * Lists the rules of a request that let the consumer send what the document forbids, and the
 * generators that make it, each with a value that shows it. It is an error where a generator makes it
 * or a rule says which values it means, a warning where a rule only says of what kind they are, or is
 * looser than a format or a limit.
 *
 * @throws {ExactMatchError} `SPEC_*` when the document is broken where such a request needs it.
 */
export function findAllowed(
  spec: Spec,
  operation: Operation,
  request: PactRequest,
): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const place of placesOf(request)) {
    for (const { source, ...allowance } of allowancesOf(request, place)) {
      if (seen.has(source)) continue;
      const finding = judgeAllowance(spec, operation, place, allowance);
      if (!finding) continue;
      seen.add(source);
      findings.push(finding);
    }
  }
  return findings;
}

/** What lets a place have other values than its example. */
interface Allowance {
  readonly values: Iterable<Json>;
  /** What allows them, behind `may be … by the pact, `. */
  readonly reason: string;
  /** Whether it says which values it means. */
  readonly isExplicit: boolean;
  /** Whether it makes them: then they are sent, and not only let through. */
  readonly isMade?: boolean;
}

function* allowancesOf(
  request: PactRequest,
  { rules, generators, example, sent }: RequestPlace,
): Iterable<Allowance & { readonly source: string }> {
  if (rules) {
    const isTaken = (value: Json) =>
      satisfiesAll(rules, example, value) && isExpected(request, sent(value));
    yield {
      source: rules.pointer,
      values: valuesOfRules(rules, example).filter(isTaken),
      reason: `which expects ${describeRules(rules)}`,
      isExplicit: isExplicit(rules),
    };
  }
  for (const generator of generators) {
    const { category, expression, type } = generator;
    yield {
      source: `${category} ${expression}`,
      values: generatedValues(generator),
      reason: `whose generator ${type} makes it`,
      isExplicit: true,
      isMade: true,
    };
  }
}

/** Tells whether a pact takes a request with another body. */
function isExpected({ body, rules }: PactRequest, { body: other }: PactRequest): boolean {
  if (body.kind !== 'json' || other.kind !== 'json' || body === other) return true;
  const options = { rules: rules.body, isClosed: true };
  return findMismatches(body.value, other.value, options).length === 0;
}

function judgeAllowance(
  spec: Spec,
  operation: Operation,
  place: RequestPlace,
  { values, reason, isExplicit: isMeant, isMade = false }: Allowance,
): Finding | undefined {
  for (const value of values) {
    if (isOddNumber(place, value)) continue;
    const verdict = judgeRequest(spec, toRequestMessage(place.sent(value)));
    const [broken] = verdict.findings.filter(({ severity }) => severity === 'error');
    const isAsked = verdict.operation === operation || verdict.operation === undefined;
    if (!broken || !isAsked) continue;
    return {
      ...broken,
      code: `pact.${place.place}.allowed`,
      severity: isMade || (isMeant && !isLoose(broken)) ? 'error' : 'warning',
      message: `${subjectOf(place)} may be ${show(value, 60)} by the pact, ${reason}, and the document forbids that: ${broken.message}`,
      at: place.at,
      actual: value,
    };
  }
  return undefined;
}

function subjectOf({ place, at }: RequestPlace): string {
  const name = place === 'request.body' ? nameOfPart('', at) : at;
  return name === '' ? `The request ${place.split('.')[1]}` : `\`${name}\``;
}

/** Who writes `\d+` for a number in a URL or header does not mean `007`. */
function isOddNumber({ place }: RequestPlace, value: Json): boolean {
  return place !== 'request.body' && /(?<![\d.])0\d/.test(String(value));
}

/** A pattern says the form of a date, and seldom which days there are, or how long is too long. */
function isLoose({ code }: Finding): boolean {
  return /\.(?:format|range|length)$/.test(code);
}
