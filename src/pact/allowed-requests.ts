import { judgeRequest } from '../check/request.ts';
import { nameOfPart } from '../check/value-name.ts';
import type { Finding, ValuePlace } from '../finding.ts';
import { isArray, isObject, type Json, show } from '../json.ts';
import type { Operation } from '../spec/operation.ts';
import { append, tokens } from '../spec/pointer.ts';
import type { Spec } from '../spec/spec.ts';
import { rulesAt } from './body-rules.ts';
import { describeRules } from './describe-rule.ts';
import { edited } from './edit.ts';
import type { PactRequest } from './interaction.ts';
import { findMismatches } from './match-body.ts';
import { satisfiesAll } from './match-value.ts';
import { toRequestMessage } from './message.ts';
import { writeQuery } from './read-query.ts';
import type { RuleList } from './rule.ts';
import { isExplicit, valuesOfRules } from './rule-values.ts';

/** A place of a request that rules speak of, and the request with another value there. */
interface Place {
  readonly place: ValuePlace;
  /** A pointer into the body, or the name of a parameter or header. */
  readonly at: string;
  readonly example: Json;
  readonly rules: RuleList;
  /** The request with another value there; `undefined` when the rules would not let it be. */
  readonly sent: (value: Json) => PactRequest | undefined;
}

/**
 * Lists the rules of a request that let the consumer send what the document forbids, each with a value
 * that shows it: an error where the rule says which values it means, a warning where it only says of
 * what kind they are, or where it is looser than a format or a limit.
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
    if (seen.has(place.rules.pointer)) continue;
    const finding = judgePlace(spec, operation, place);
    if (!finding) continue;
    seen.add(place.rules.pointer);
    findings.push(finding);
  }
  return findings;
}

function judgePlace(spec: Spec, operation: Operation, place: Place): Finding | undefined {
  const { rules, example, sent } = place;
  for (const value of valuesOfRules(rules, example)) {
    const other = satisfiesAll(rules, example, value) ? sent(value) : undefined;
    if (!other || isOddNumber(place, value)) continue;
    const verdict = judgeRequest(spec, toRequestMessage(other));
    const [broken] = verdict.findings.filter(({ severity }) => severity === 'error');
    const isAsked = verdict.operation === operation || verdict.operation === undefined;
    if (broken && isAsked) return toFinding(place, value, broken);
  }
  return undefined;
}

function toFinding({ place, at, rules }: Place, value: Json, broken: Finding): Finding {
  const name = place === 'request.body' ? nameOfPart('', at) : at;
  const subject = name === '' ? `The request ${place.split('.')[1]}` : `\`${name}\``;
  return {
    ...broken,
    code: `pact.${place}.allowed`,
    severity: isExplicit(rules) && !isLoose(broken) ? 'error' : 'warning',
    message: `${subject} may be ${show(value, 60)} by the pact, which expects ${describeRules(rules)}, and the document forbids that: ${broken.message}`,
    at,
    actual: value,
  };
}

/** Who writes `\d+` for a number in a URL or header does not mean `007`. */
function isOddNumber({ place }: Place, value: Json): boolean {
  return place !== 'request.body' && /(?<![\d.])0\d/.test(String(value));
}

/** A pattern says the form of a date, and seldom which days there are, or how long is too long. */
function isLoose({ code }: Finding): boolean {
  return /\.(?:format|range|length)$/.test(code);
}

function* placesOf(request: PactRequest): Iterable<Place> {
  const { rules, path, parameters, headers, body } = request;
  if (rules.path) {
    const sent = (value: Json) => ({ ...request, path: String(value) });
    yield { place: 'request.path', at: '', example: path, rules: rules.path, sent };
  }
  for (const [name, list] of rules.query) {
    const [example] = parameters.get(name) ?? [];
    const sent = (value: Json) => {
      const others = new Map(parameters).set(name, [String(value)]);
      return { ...request, parameters: others, query: writeQuery(others) };
    };
    if (typeof example !== 'string') continue;
    yield { place: 'request.query', at: name, example, rules: list, sent };
  }
  for (const [name, texts] of headers) {
    const list = rules.header.get(name.toLowerCase());
    if (!list || name.toLowerCase() === 'content-type') continue;
    const sent = (value: Json) => ({
      ...request,
      headers: new Map(headers).set(name, [String(value)]),
    });
    const at = name.toLowerCase();
    yield { place: 'request.header', at, example: texts.join(', '), rules: list, sent };
  }
  if (body.kind === 'json') yield* placesIn(request, body, body.value, '');
}

/** Of a list, so many items are looked at: they are mostly alike. */
const ITEMS = 4;

function* placesIn(
  request: PactRequest,
  body: Extract<PactRequest['body'], { readonly kind: 'json' }>,
  value: Json,
  pointer: string,
): Iterable<Place> {
  const list = rulesAt(request.rules.body, tokens(pointer) ?? []);
  const sent = (other: Json) => {
    const whole = edited(body.value, pointer, other);
    const options = { rules: request.rules.body, isClosed: true };
    const isTaken = findMismatches(body.value, whole, options).length === 0;
    return isTaken ? { ...request, body: { ...body, value: whole } } : undefined;
  };
  if (list) yield { place: 'request.body', at: pointer, example: value, rules: list, sent };
  const members = isArray(value)
    ? value.slice(0, ITEMS).entries()
    : Object.entries(isObject(value) ? value : {});
  for (const [key, member] of members) {
    yield* placesIn(request, body, member, append(pointer, key));
  }
}
