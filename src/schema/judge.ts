import { ExactMatchError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { evaluate } from './evaluate.ts';
import { validatorFor } from './validator.ts';
import type { JudgeOptions, Violation } from './violation.ts';

const NONE: readonly Violation[] = [];

/**
 * Lists what a value breaks of a schema, one violation a mistake; none when it conforms.
 *
 * The compiled validator gives the verdict; only what it refuses is walked through for the reasons.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED` when the schema is broken.
 */
export function judgeValue(
  spec: Spec,
  schema: Node,
  value: Json,
  options: JudgeOptions,
): readonly Violation[] {
  return isValid(spec, schema, value, options) ? NONE : evaluate(spec, schema, value, options);
}

/**
 * Tells whether a value satisfies a schema, and nothing more.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, `SPEC_REF_UNRESOLVED` when the schema is broken.
 */
export function isValid(spec: Spec, schema: Node, value: Json, options: JudgeOptions): boolean {
  const validate = validatorFor(spec, schema, options);
  try {
    return validate(value);
  } catch (cause) {
    if (cause instanceof ExactMatchError) throw cause;
    // A value nested too deep for the stack, or a schema without end: `evaluate` tells them apart.
    // It also knows what to say where Ajv has written code that does not run.
    return evaluate(spec, schema, value, options).length === 0;
  }
}
