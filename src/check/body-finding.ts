import type { Finding, ValuePlace } from '../finding.ts';
import type { Json } from '../json.ts';
import { judgeValue } from '../schema/judge.ts';
import type { Direction, JudgeOptions, Violation } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { nameOfPart } from './value-name.ts';

const NONE: readonly Finding[] = [];

/** The findings of a body that has been read, by the schema of its media type, if that has one. */
export function judgeBody(
  spec: Spec,
  schema: Node | undefined,
  value: Json,
  options: JudgeOptions,
): readonly Finding[] {
  if (!schema) return NONE;
  const violations = judgeValue(spec, schema, value, options);
  return violations.length === 0
    ? NONE
    : violations.map((violation) => bodyFinding(options.direction, violation));
}

/** The finding that a violation inside a body makes. */
export function bodyFinding(direction: Direction, violation: Violation): Finding {
  const place: ValuePlace = `${direction}.body`;
  const path = nameOfPart('', violation.pointer);
  return {
    code: `${place}.${violation.problem}`,
    severity: 'error',
    message: `${path === '' ? `The ${direction} body` : `\`${path}\``} ${violation.text}.`,
    at: violation.pointer,
    spec: locate(violation.rule),
    ...('expected' in violation ? { expected: violation.expected } : {}),
    ...('actual' in violation ? { actual: violation.actual } : {}),
  };
}
