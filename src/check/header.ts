import type { Finding } from '../finding.ts';
import type { Json, JsonObject } from '../json.ts';
import { coercions } from '../schema/coerce.ts';
import { judgeValue } from '../schema/judge.ts';
import type { JudgeOptions, Violation } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { decodeHeader } from './parameter-style.ts';

const NONE: readonly Finding[] = [];

/**
 * The findings of a response header that is there.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#header-object
 */
export function judgeHeader(
  spec: Spec,
  name: string,
  header: Node<JsonObject>,
  text: string,
  options: JudgeOptions,
): readonly Finding[] {
  const schema = child(header, 'schema');
  if (!schema) return NONE;
  const decoded = decodeHeader(spec, header, schema, text);
  let violations: readonly Violation[] | undefined;
  for (const reading of coercions(spec, schema, decoded)) {
    const broken = judgeValue(spec, schema, reading, options);
    if (broken.length === 0) return NONE;
    violations ??= broken;
  }
  return (violations ?? []).map((violation) => toFinding(name, text, violation));
}

function toFinding(name: string, text: Json, violation: Violation): Finding {
  const { problem, rule, pointer, expected } = violation;
  return {
    code: `response.header.${problem}`,
    severity: 'error',
    message: `Response header \`${name}\` ${violation.text}.`,
    at: name.toLowerCase() + pointer,
    spec: locate(rule),
    ...(expected === undefined ? {} : { expected }),
    actual: text,
  };
}
