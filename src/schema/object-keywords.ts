import type { ValueProblem } from '../finding.ts';
import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { append } from '../spec/pointer.ts';
import type { Node } from '../spec/source.ts';
import { isBarred } from './access.ts';
import { CONTROL_INFORMATION, isOData } from './control-information.ts';
import { merge, type Step } from './outcome.ts';
import { regularExpression } from './regular-expression.ts';

/** Judges the keywords of objects. `unevaluatedProperties` comes last: it asks what the others saw. */
export function evaluateObject(step: Step<JsonObject>, keywords: JsonObject): void {
  evaluateRequired(step, keywords);
  const named = evaluateNamed(step);
  const additional = child(step.schema, 'additionalProperties');
  if (additional)
    evaluateOthers(step, additional, namesIn(step.schema), (name) => !named.has(name));
  evaluateCounts(step, keywords);
  evaluatePropertyNames(step);
  evaluateDependents(step, keywords);
  const unevaluated = child(step.schema, 'unevaluatedProperties');
  const { properties: seen, known } = step.outcome;
  if (unevaluated) evaluateOthers(step, unevaluated, [...known], (name) => !seen.has(name));
}

/** Reports the properties that no schema of an object names; for `strict`. */
export function evaluateUnnamed(step: Step<JsonObject>): void {
  const { judge, outcome, value, schema } = step;
  if (!outcome.namesProperties) return;
  const control = isOData(judge.spec, schema) ? regularExpression(CONTROL_INFORMATION) : undefined;
  for (const name of Object.keys(value)) {
    if (outcome.properties.has(name) || control?.test(name)) continue;
    reportUnknown(step, schema, name, [...outcome.known]);
  }
}

function evaluateRequired(step: Step<JsonObject>, keywords: JsonObject): void {
  const { value, frame } = step;
  const required = keywords['required'];
  for (const [index, name] of isArray(required) ? required.entries() : []) {
    if (typeof name !== 'string' || Object.hasOwn(value, name) || frame.barred.has(name)) continue;
    const rule = child(step.schema, 'required');
    const item = rule && child(rule, index);
    report(
      step,
      'required',
      item ?? step.schema,
      append(step.pointer, name),
      'is missing: it is required',
    );
  }
}

/** Judges `properties` and `patternProperties`; gives the names that they cover. */
function evaluateNamed(step: Step<JsonObject>): ReadonlySet<string> {
  const { schema, value, outcome } = step;
  const covered = new Set<string>();
  const properties = child(schema, 'properties');
  if (properties) outcome.namesProperties = true;
  for (const name of namesIn(schema)) outcome.known.add(name);
  for (const [name, item] of Object.entries(value)) {
    const property = properties && child(properties, name);
    if (!property) continue;
    covered.add(name);
    evaluateMember(step, property, name, item);
  }
  const patterns = child(schema, 'patternProperties');
  for (const [pattern, property] of patterns ? children(patterns) : []) {
    const expression = regularExpression(pattern);
    for (const [name, item] of Object.entries(value)) {
      if (!expression.test(name)) continue;
      covered.add(name);
      evaluateMember(step, property, name, item);
    }
  }
  return covered;
}

function evaluateMember(step: Step<JsonObject>, schema: Node, name: string, item: Json): void {
  const { judge, pointer, frame, outcome } = step;
  const { direction } = judge.options;
  outcome.properties.add(name);
  if (!isBarred(judge.spec, schema, direction)) {
    const inner = judge.descend(schema, item, append(pointer, name), frame);
    outcome.violations.push(...inner.violations);
    return;
  }
  const isRequest = direction === 'request';
  const keyword = isRequest ? 'readOnly' : 'writeOnly';
  const text = isRequest
    ? 'is read-only: the service sets it and a request must not carry it'
    : 'is write-only: a response must not carry it';
  report(step, keyword, child(schema, keyword) ?? schema, append(pointer, name), text);
}

function evaluateOthers(
  step: Step<JsonObject>,
  schema: Node,
  known: readonly string[],
  isOther: (name: string) => boolean,
): void {
  for (const [name, item] of Object.entries(step.value)) {
    if (!isOther(name)) continue;
    if (schema.value !== false) {
      evaluateMember(step, schema, name, item);
      continue;
    }
    step.outcome.properties.add(name);
    reportUnknown(step, schema, name, known);
  }
}

/** What a schema itself names: its properties, and the patterns of others in words. */
function namesIn({ value }: Node): readonly string[] {
  if (!isObject(value)) return [];
  const { properties, patternProperties } = value;
  return [
    ...Object.keys(properties ?? {}),
    ...Object.keys(patternProperties ?? {}).map((pattern) => `names like ${pattern}`),
  ];
}

function reportUnknown(
  step: Step<JsonObject>,
  rule: Node,
  name: string,
  known: readonly string[],
): void {
  const listed = known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '');
  step.outcome.violations.push({
    problem: 'unknown',
    pointer: append(step.pointer, name),
    rule,
    text: `is unknown: the schema has ${listed || 'no properties'}`,
    expected: known,
    actual: step.value[name],
  });
}

function evaluateCounts(step: Step<JsonObject>, keywords: JsonObject): void {
  const count = Object.keys(step.value).length;
  const { minProperties, maxProperties } = keywords;
  if (typeof minProperties === 'number' && count < minProperties) {
    const rule = child(step.schema, 'minProperties') ?? step.schema;
    const text = `must have at least ${properties(minProperties)}, got ${count}`;
    report(step, 'properties', rule, step.pointer, text);
  }
  if (typeof maxProperties === 'number' && count > maxProperties) {
    const rule = child(step.schema, 'maxProperties') ?? step.schema;
    const text = `must have at most ${properties(maxProperties)}, got ${count}`;
    report(step, 'properties', rule, step.pointer, text);
  }
}

function properties(count: number): string {
  return count === 1 ? '1 property' : `${count} properties`;
}

function evaluatePropertyNames(step: Step<JsonObject>): void {
  const { judge, value, pointer, frame } = step;
  const names = child(step.schema, 'propertyNames');
  if (!names) return;
  for (const name of Object.keys(value)) {
    const [first] = judge.descend(names, name, append(pointer, name), frame).violations;
    if (first)
      report(
        step,
        'properties',
        first.rule,
        append(pointer, name),
        `has a name that ${first.text}`,
      );
  }
}

function evaluateDependents(step: Step<JsonObject>, keywords: JsonObject): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  const required = keywords['dependentRequired'];
  for (const [name, wanted] of isObject(required) ? Object.entries(required) : []) {
    if (!Object.hasOwn(value, name) || !isArray(wanted)) continue;
    const rule = child(schema, 'dependentRequired') ?? schema;
    for (const other of wanted) {
      if (typeof other !== 'string' || Object.hasOwn(value, other) || frame.barred.has(other))
        continue;
      const text = `is missing: it is required beside ${show(name)}`;
      report(step, 'required', child(rule, name) ?? rule, append(pointer, other), text);
    }
  }
  const schemas = child(schema, 'dependentSchemas');
  for (const [name, dependent] of schemas ? children(schemas) : []) {
    if (Object.hasOwn(value, name)) merge(outcome, judge.apply(dependent, value, pointer, frame));
  }
}

function report(
  step: Step<JsonObject>,
  problem: ValueProblem,
  rule: Node,
  pointer: string,
  text: string,
): void {
  const name = pointer
    .slice(step.pointer.length + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  const isInside = pointer !== step.pointer;
  step.outcome.violations.push({
    problem,
    pointer,
    rule,
    text,
    expected: rule.value,
    actual: isInside ? memberOf(step.value, name) : Object.keys(step.value).length,
  });
}

/** A member of an object's own: what all objects inherit, such as `toString`, is in no message. */
function memberOf(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
