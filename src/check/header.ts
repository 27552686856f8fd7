import type { Finding, ValueProblem } from '../finding.ts';
import type { JsonObject } from '../json.ts';
import { coercions } from '../schema/coerce.ts';
import { judgeValue } from '../schema/judge.ts';
import type { JudgeOptions, Violation } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { type ParameterReader, readerOf } from './parameter-reader.ts';
import type { Reading } from './parameter-style.ts';
import { nameOfPart } from './value-name.ts';

const NONE: readonly Finding[] = [];
const NO_PAIRS = new Map<string, never>();

const readers = remembered(() => new WeakMap<object, ParameterReader>());

/** A header object may serve under several names: it is read under none of them. */
function readerOfHeader(spec: Spec, header: Node<JsonObject>): ParameterReader {
  const known = readers(spec);
  let reader = known.get(header.value);
  if (!reader) {
    const parameter = { name: 'value', in: 'header', required: false, node: header } as const;
    reader = readerOf(spec, parameter, () => false);
    known.set(header.value, reader);
  }
  return reader;
}

/**
 * The findings of a response header that is there, which is read as a header parameter is.
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
  const reader = readerOfHeader(spec, header);
  const given = { path: {}, query: NO_PAIRS, cookies: NO_PAIRS, headers: { value: text } };
  let first: readonly Finding[] | undefined;
  for (const reading of reader.read(given) ?? []) {
    const findings = judgeReading(spec, name, reader, reading, options);
    if (findings.length === 0) return NONE;
    first ??= findings;
  }
  return first ?? NONE;
}

/** The findings of one way to read a header. */
function judgeReading(
  spec: Spec,
  name: string,
  { schema, parameter }: ParameterReader,
  reading: Reading,
  options: JudgeOptions,
): readonly Finding[] {
  if (reading.kind === 'malformed') {
    return [describe(name, 'malformed', reading.reason, '', parameter.node)];
  }
  let first: readonly Violation[] | undefined;
  for (const value of coercions(spec, schema, reading.decoded)) {
    const broken = judgeValue(spec, schema, value, options);
    if (broken.length === 0) return NONE;
    first ??= broken;
  }
  return (first ?? []).map(({ problem, text, pointer, rule, ...rest }) => ({
    ...describe(name, problem, text, pointer, rule),
    ...rest,
  }));
}

function describe(
  name: string,
  problem: ValueProblem,
  reason: string,
  pointer: string,
  rule: Node,
): Finding {
  return {
    code: `response.header.${problem}`,
    severity: 'error',
    message: `Response header \`${nameOfPart(name, pointer)}\` ${reason}.`,
    at: name.toLowerCase() + pointer,
    spec: locate(rule),
  };
}
