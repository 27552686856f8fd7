import type { ValueProblem } from '../finding.ts';
import { isArray, type JsonObject } from '../json.ts';
import { child } from '../spec/node.ts';
import { describeEnum, describeFormat, describeRange, got } from './describe.ts';
import { isEqual } from './equal.ts';
import { formatOf } from './formats.ts';
import { lengthOf } from './length.ts';
import { isMultipleOf } from './number.ts';
import type { Step } from './outcome.ts';
import { regularExpression } from './regular-expression.ts';

/** Judges `enum`, `const`, and the keywords of numbers and strings. */
export function evaluateScalar(step: Step, keywords: JsonObject): void {
  const { value } = step;
  const { enum: values, const: constant } = keywords;
  if (isArray(values) && !values.some((item) => isEqual(item, value))) {
    break_(step, 'enum', 'enum', `must be ${describeEnum(values)}`, values);
  } else if (constant !== undefined && !isEqual(constant, value)) {
    break_(step, 'enum', 'const', `must be ${describeEnum([constant])}`, constant);
  }
  if (typeof value === 'number') evaluateNumber(step, value, keywords);
  if (typeof value === 'string') evaluateString(step, value, keywords);
  if (step.judge.spec.formats === 'assert') evaluateFormat(step, keywords);
}

const LIMITS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
  multipleOf: isMultipleOf,
};

function evaluateNumber(step: Step, value: number, keywords: JsonObject): void {
  for (const [keyword, holds] of Object.entries(LIMITS)) {
    const limit = keywords[keyword];
    if (typeof limit !== 'number' || holds(value, limit)) continue;
    const noun = keywords['type'] === 'integer' ? 'a whole number' : 'a number';
    break_(step, 'range', keyword, `must be ${noun}${describeRange(keywords)}`, limit);
    return;
  }
}

function evaluateString(step: Step, value: string, keywords: JsonObject): void {
  const { minLength, maxLength, pattern } = keywords;
  if (typeof minLength === 'number' && lengthOf(value) < minLength) {
    break_(step, 'length', 'minLength', `must have at least ${characters(minLength)}`, minLength);
  }
  if (typeof maxLength === 'number' && lengthOf(value) > maxLength) {
    break_(step, 'length', 'maxLength', `must have at most ${characters(maxLength)}`, maxLength);
  }
  if (typeof pattern === 'string' && !regularExpression(pattern).test(value)) {
    break_(step, 'pattern', 'pattern', `must match the pattern ${pattern}`, pattern);
  }
}

function evaluateFormat(step: Step, keywords: JsonObject): void {
  const { format } = keywords;
  if (typeof format !== 'string') return;
  const known = formatOf(format);
  if (!known || typeof step.value !== known.type || known.holds(step.value as never)) return;
  break_(step, 'format', 'format', `must be ${describeFormat(format)}`, format);
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

function break_(
  { schema, value, pointer, outcome }: Step,
  problem: ValueProblem,
  keyword: string,
  rule: string,
  expected: unknown,
): void {
  outcome.violations.push({
    problem,
    pointer,
    rule: child(schema, keyword) ?? schema,
    text: `${rule}, ${got(value)}`,
    expected,
    actual: value,
  });
}
