import { nameOfPart } from '../check/value-name.ts';
import type { Finding, ValuePlace } from '../finding.ts';
import { type Json, show } from '../json.ts';
import { locate } from '../spec/locate.ts';
import type { Operation } from '../spec/operation.ts';
import { describeRules } from './describe-rule.ts';
import { at } from './edit.ts';
import type { Interaction } from './interaction.ts';
import { findMismatches } from './match-body.ts';
import { satisfiesAll } from './match-value.ts';
import type { RuleList } from './rule.ts';

/** An example, the rules that it should satisfy, and where it stands. */
interface Pair {
  readonly place: ValuePlace;
  /** A pointer into a body, or the name of a parameter or header. */
  readonly at: string;
  readonly value: Json;
  readonly rules: RuleList;
}

/**
 * Lists the examples of an interaction that do not satisfy their own rules: what the consumer was
 * tested with is then not what the provider will be held to.
 */
export function findBrokenExamples(
  operation: Operation,
  interaction: Interaction,
): readonly Finding[] {
  const { request, response } = interaction;
  const pairs = [...requestPairs(request), ...headerPairs('response.header', response)];
  const broken = pairs.filter(({ value, rules }) => !satisfiesAll(rules, value, value));
  const inBodies = [...bodyPairs('request.body', request), ...bodyPairs('response.body', response)];
  return [...broken, ...inBodies].map((pair) => toFinding(operation, pair));
}

function* requestPairs(request: Interaction['request']): Iterable<Pair> {
  const { path, parameters, rules } = request;
  if (rules.path) yield { place: 'request.path', at: '', value: path, rules: rules.path };
  for (const [name, list] of rules.query) {
    for (const value of parameters.get(name) ?? []) {
      if (value !== null) yield { place: 'request.query', at: name, value, rules: list };
    }
  }
  yield* headerPairs('request.header', request);
}

function* headerPairs(
  place: 'request.header' | 'response.header',
  { headers, rules }: Interaction['request'] | Interaction['response'],
): Iterable<Pair> {
  for (const [name, texts] of headers) {
    const list = rules.header.get(name.toLowerCase());
    const at = name.toLowerCase();
    if (list) yield { place, at, value: texts.join(', '), rules: list };
  }
}

function* bodyPairs(
  place: 'request.body' | 'response.body',
  { body, rules }: Interaction['request'] | Interaction['response'],
): Iterable<Pair> {
  if (body.kind !== 'json') return;
  const options = { rules: rules.body, isClosed: false };
  for (const { pointer, rules: list } of findMismatches(body.value, body.value, options)) {
    if (list) yield { place, at: pointer, value: at(body.value, pointer) ?? null, rules: list };
  }
}

function toFinding(operation: Operation, { place, at: where, value, rules }: Pair): Finding {
  const isBody = place.endsWith('.body');
  const name = isBody ? nameOfPart('', where) : where;
  const subject = name === '' ? `The ${isBody ? 'body' : 'path'}` : `\`${name}\``;
  const asked = describeRules(rules);
  return {
    code: `pact.${place}.example`,
    severity: 'warning',
    message: `${subject} of the ${place.split('.')[0]} has the example ${show(value, 60)}, and its own rule expects ${asked}.`,
    at: where,
    spec: locate(operation.node),
    expected: asked,
    actual: value,
  };
}
