import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { explainAlternatives } from './alternatives.ts';
import { describeEnum } from './describe.ts';
import { type Discriminator, discriminatorOf } from './discriminator.ts';
import { merge, mergeEvaluated, type Step } from './outcome.ts';

/** Judges the keywords that apply other schemas to the same value. */
export function evaluateLogic(step: Step, keywords: JsonObject): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  for (const part of partsOf(schema, 'allOf')) {
    merge(outcome, judge.apply(part, value, pointer, frame));
  }
  const discriminator = discriminatorOf(judge.spec, schema, keywords);
  if (discriminator) evaluateDiscriminator(step, discriminator);
  if (discriminator?.list !== 'anyOf') evaluateAlternatives(step, 'anyOf');
  if (discriminator?.list !== 'oneOf') evaluateAlternatives(step, 'oneOf');
  evaluateCondition(step);
  const not = child(schema, 'not');
  if (not && judge.apply(not, value, pointer, frame).violations.length === 0) {
    const text = `must not be what "not" describes, got ${show(value, 60)}`;
    outcome.violations.push({ problem: 'forbidden', pointer, rule: not, text, actual: value });
  }
}

function evaluateCondition(step: Step): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  const condition = child(schema, 'if');
  if (!condition) return;
  const tried = judge.apply(condition, value, pointer, frame);
  const holds = tried.violations.length === 0;
  if (holds) mergeEvaluated(outcome, tried);
  const branch = child(schema, holds ? 'then' : 'else');
  if (branch) merge(outcome, judge.apply(branch, value, pointer, frame));
}

function evaluateAlternatives(step: Step, keyword: 'anyOf' | 'oneOf'): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  const tried = partsOf(schema, keyword).map((part) => ({
    schema: part,
    outcome: judge.apply(part, value, pointer, frame),
  }));
  if (tried.length === 0) return;
  const fitting = tried.filter((one) => one.outcome.violations.length === 0);
  for (const one of fitting) mergeEvaluated(outcome, one.outcome);
  if (fitting.length === 1 || (fitting.length > 1 && keyword === 'anyOf')) return;
  const rule = child(schema, keyword) ?? schema;
  if (fitting.length > 1) {
    const which = tried.flatMap((one, index) => (fitting.includes(one) ? [index + 1] : []));
    const text = `must fit exactly one of ${tried.length} alternatives, but fits ${which.join(' and ')}`;
    outcome.violations.push({ problem: 'alternatives', pointer, rule, text, actual: value });
    return;
  }
  merge(outcome, explainAlternatives(judge.spec, tried, { rule, pointer, value }));
}

/**
 * Judges an object by the schema that its discriminator property names, and what is no object by the
 * list that the discriminator chooses from.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#discriminator-object
 */
function evaluateDiscriminator(step: Step, discriminator: Discriminator): void {
  const { judge, schema, value, pointer, outcome } = step;
  const address = addressOf(schema);
  // Parent and heir may name each other; whoever has chosen already does not choose again.
  if (step.frame.dispatched.has(address)) return;
  // An heir applies once more whatever led here. That is no circle: nobody chooses twice.
  const dispatched = new Set([...step.frame.dispatched, address]);
  const frame = { ...step.frame, dispatched, applying: new Set<string>() };
  const { property, node, choices, list } = discriminator;
  if (!isObject(value)) {
    if (list) evaluateAlternatives({ ...step, frame }, list);
    return;
  }
  outcome.properties.add(property);
  const named = Object.hasOwn(value, property) ? value[property] : undefined;
  const choice = typeof named === 'string' ? choices.get(named) : undefined;
  if (choice) {
    merge(outcome, judge.apply(choice, value, pointer, frame));
    return;
  }
  if (!list) return;
  outcome.namesProperties = false;
  const rule = child(node, named === undefined ? 'propertyName' : 'mapping') ?? node;
  outcome.violations.push({
    problem: named === undefined ? 'required' : 'discriminator',
    pointer: append(pointer, property),
    rule,
    text:
      named === undefined
        ? `is missing: it says which kind of object this is, ${describeChoices(choices)}`
        : `must be ${describeChoices(choices)}, got ${show(named)}`,
    expected: [...choices.keys()],
    actual: named,
  });
}

function describeChoices(choices: ReadonlyMap<string, Node>): string {
  return describeEnum([...choices.keys()] as Json[]);
}

function partsOf(schema: Node, keyword: string): readonly Node[] {
  const list = child(schema, keyword);
  return list && isArray(list.value) ? [...children(list)].map(([, part]) => part) : [];
}
