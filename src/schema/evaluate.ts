import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child } from '../spec/node.ts';
import { baseUriOf, dynamicAnchorAt, resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { barredProperties } from './access.ts';
import { evaluateArray } from './array-keywords.ts';
import { condense } from './condense.ts';
import { describeTypes, got } from './describe.ts';
import { keywordsOf } from './dialect.ts';
import { evaluateLogic } from './logic-keywords.ts';
import { evaluateObject, evaluateUnnamed } from './object-keywords.ts';
import {
  emptyOutcome,
  type Frame,
  type Judge,
  merge,
  type Outcome,
  type Step,
  typeOf,
} from './outcome.ts';
import { evaluateScalar } from './scalar-keywords.ts';
import { invalid } from './shape.ts';
import type { JudgeOptions, Violation } from './violation.ts';

/** A value may lie in at most this many others; JSON that is deeper is refused. */
const DEPTH_LIMIT = 400;

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Lists what a value breaks of a schema: one violation a mistake, each with the keyword's place.
 *
 * Walks the schema as it stands in the document, so it is exact and slow; verdicts by the thousand
 * come from the compiled validator, and this says why.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED` when the schema is broken.
 * @see https://json-schema.org/draft/2020-12/json-schema-core
 */
export function evaluate(
  spec: Spec,
  schema: Node,
  value: Json,
  options: JudgeOptions,
): readonly Violation[] {
  const judge: Judge = {
    spec,
    options,
    apply: (part, same, pointer, frame) => apply(judge, part, same, pointer, frame),
    descend: (part, inner, pointer, frame) => descend(judge, part, inner, pointer, frame),
  };
  const frame = { scope: [], barred: NO_NAMES, dispatched: NO_NAMES, applying: NO_NAMES, depth: 0 };
  return condense(descend(judge, schema, value, '', frame).violations);
}

function descend(judge: Judge, schema: Node, value: Json, pointer: string, from: Frame): Outcome {
  if (from.depth > DEPTH_LIMIT) {
    const text = `must not be nested more than ${DEPTH_LIMIT} values deep`;
    const outcome = emptyOutcome();
    outcome.violations.push({ problem: 'malformed', pointer, rule: schema, text });
    return outcome;
  }
  const frame: Frame = {
    scope: from.scope,
    barred: NO_NAMES,
    dispatched: NO_NAMES,
    applying: NO_NAMES,
    depth: from.depth + 1,
  };
  const outcome = apply(judge, schema, value, pointer, frame);
  if (judge.options.strict && isObject(value)) {
    evaluateUnnamed({ judge, schema, value, pointer, frame, outcome });
  }
  return outcome;
}

function apply(judge: Judge, schema: Node, value: Json, pointer: string, from: Frame): Outcome {
  const outcome = emptyOutcome();
  const keywords = keywordsOf(judge.spec, schema);
  if (keywords === true) return outcome;
  if (keywords === false) {
    const text = `is not allowed here, ${got(value)}`;
    outcome.violations.push({ problem: 'forbidden', pointer, rule: schema, text, actual: value });
    return outcome;
  }
  const step: Step = { judge, schema, value, pointer, outcome, frame: enter(judge, schema, from) };
  evaluateReferences(step, keywords);
  if (!evaluateType(step, keywords)) return outcome;
  evaluateScalar(step, keywords);
  evaluateLogic(step, keywords);
  if (isArray(value)) evaluateArray({ ...step, value }, keywords);
  else if (isObject(value)) evaluateObject({ ...step, value }, keywords);
  return outcome;
}

function enter(judge: Judge, schema: Node, from: Frame): Frame {
  const address = addressOf(schema);
  if (from.applying.has(address)) {
    throw invalid(schema, 'it applies itself to the same value without end');
  }
  const base = baseUriOf(judge.spec, schema);
  const barred = barredProperties(judge.spec, schema, judge.options.direction);
  return {
    ...from,
    scope: from.scope.at(-1) === base ? from.scope : [...from.scope, base],
    barred: barred.size === 0 ? from.barred : new Set([...from.barred, ...barred]),
    applying: new Set([...from.applying, address]),
  };
}

function evaluateReferences(step: Step, keywords: JsonObject): void {
  const { judge, schema, value, pointer, frame, outcome } = step;
  const { $ref: reference, $dynamicRef: dynamic } = keywords;
  if (typeof reference === 'string') {
    const target = resolveReference(judge.spec, schema, reference);
    merge(outcome, judge.apply(target, value, pointer, frame));
  }
  if (typeof dynamic === 'string') {
    const target = resolveDynamic(judge.spec, schema, dynamic, frame.scope);
    merge(outcome, judge.apply(target, value, pointer, frame));
  }
}

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2 */
function resolveDynamic(
  spec: Spec,
  schema: Node,
  reference: string,
  scope: readonly string[],
): Node {
  const target = resolveReference(spec, schema, reference);
  const name = reference.slice(reference.indexOf('#') + 1);
  if (name.startsWith('/') || !dynamicAnchorAt(spec, baseUriOf(spec, target), name)) return target;
  for (const uri of scope) {
    const outermost = dynamicAnchorAt(spec, uri, name);
    if (outermost) return outermost;
  }
  return target;
}

/** Judges `type`; a value of the wrong type is not judged further. */
function evaluateType(step: Step, keywords: JsonObject): boolean {
  const { type } = keywords;
  if (type === undefined) return true;
  const wanted = (isArray(type) ? type : [type]).map(String);
  const found = typeOf(step.value);
  if (wanted.includes(found) || (found === 'integer' && wanted.includes('number'))) return true;
  step.outcome.violations.push({
    problem: 'type',
    pointer: step.pointer,
    rule: child(step.schema, 'type') ?? step.schema,
    text: `must be ${describeTypes(wanted, keywords)}, ${got(step.value)}`,
    expected: wanted.length === 1 ? wanted[0] : wanted,
    actual: step.value,
  });
  return false;
}
