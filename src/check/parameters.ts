import type { Finding, ValuePlace, ValueProblem } from '../finding.ts';
import type { Json, JsonObject } from '../json.ts';
import { coercions } from '../schema/coerce.ts';
import { judgeValue } from '../schema/judge.ts';
import type { JudgeOptions, Violation } from '../schema/violation.ts';
import { locate } from '../spec/locate.ts';
import { child } from '../spec/node.ts';
import {
  type Operation,
  type Parameter,
  type ParameterPlace,
  parametersOf,
} from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import type { CheckOptions, RequestMessage } from './message.ts';
import { type Pairs, readPairs } from './parameter-pairs.ts';
import {
  claimOf,
  type Given,
  type ParameterReader,
  readerOf,
  takesName,
  VOID,
} from './parameter-reader.ts';
import type { Reading } from './parameter-style.ts';
import { brokenEncoding, cut, formDecoded, looselyDecoded } from './percent-encoding.ts';
import { isKeyName } from './security.ts';
import { nameOfPart } from './value-name.ts';

/** The parameters of a request by place and name, decoded and typed by their schemas. */
export type ParameterValues = Readonly<Record<ParameterPlace, JsonObject>>;

/** The parameters of a request, and what is wrong with them. */
export interface ParameterReading {
  readonly findings: readonly Finding[];
  /** Those with findings are missing. */
  readonly values: ParameterValues;
}

const EMPTY: JsonObject = Object.freeze({});
const NO_PAIRS: Pairs = new Map();

const readers = remembered(() => new WeakMap<Operation, readonly ParameterReader[]>());

function readersOf(spec: Spec, operation: Operation): readonly ParameterReader[] {
  const known = readers(spec);
  let list = known.get(operation);
  if (!list) {
    const parameters = parametersOf(spec, operation);
    const claims = parameters.map((parameter) => ({ parameter, has: claimOf(spec, parameter) }));
    list = parameters.map((parameter) =>
      readerOf(spec, parameter, (name) => {
        if (isKeyName(spec, operation, parameter.in, name)) return true;
        const others = claims.filter((claim) => claim.parameter !== parameter);
        return others.some((claim) => claim.parameter.in === parameter.in && claim.has(name));
      }),
    );
    known.set(operation, list);
  }
  return list;
}

/**
 * Reads the parameters of a request by their `style`, `explode` and `schema` (or `content`), and
 * judges them.
 *
 * @param pathParameters the texts of the path parameters, still percent-encoded.
 * @throws {ExactMatchError} `SPEC_*` when a parameter's schema is broken.
 * @see https://spec.openapis.org/oas/v3.1.1#parameter-object
 */
export function readParameters(
  spec: Spec,
  operation: Operation,
  message: RequestMessage,
  pathParameters: Readonly<Record<string, string>>,
  options: CheckOptions,
): ParameterReading {
  const list = readersOf(spec, operation);
  const findings: Finding[] = [];
  const { given, brokenName } = givenOf(message, pathParameters, list);
  const values: Found = { path: undefined, query: undefined, header: undefined, cookie: undefined };
  const judged = { direction: 'request', strict: options.strict === true } as const;
  for (const reader of list) {
    const reading = reader.read(given);
    if (!reading) {
      if (reader.parameter.required) findings.push(missing(reader));
      continue;
    }
    const outcome = judge(spec, reader, reading, judged);
    if (outcome.value === undefined) findings.push(...outcome.findings);
    else put(values, reader.parameter, outcome.value);
  }
  if (brokenName !== undefined) findings.push(brokenNameFinding(operation, brokenName));
  if (options.strict) findings.push(...unknownNames(spec, operation, given.query, list));
  return { findings, values: toValues(values) };
}

function givenOf(
  { query, headers }: RequestMessage,
  path: Readonly<Record<string, string>>,
  list: readonly ParameterReader[],
): { readonly given: Given; readonly brokenName: string | undefined } {
  const read = query === '' ? undefined : readPairs(query, '&', formDecoded);
  const { cookie } = headers;
  const hasCookies =
    cookie !== undefined && list.some(({ parameter }) => parameter.in === 'cookie');
  const given = {
    path,
    headers,
    query: read?.pairs ?? NO_PAIRS,
    cookies: hasCookies ? readPairs(cookie, /;\s*/, looselyDecoded).pairs : NO_PAIRS,
  };
  return { given, brokenName: read?.broken };
}

type Outcome =
  | { readonly value: Json }
  | { readonly value: undefined; readonly findings: readonly Finding[] };

/** The first reading that its schema takes; else the findings of the first one. */
function judge(
  spec: Spec,
  reader: ParameterReader,
  readings: readonly Reading[],
  options: JudgeOptions,
): Outcome {
  let findings: readonly Finding[] | undefined;
  for (const reading of readings) {
    const outcome = judgeReading(spec, reader, reading, options);
    if (outcome.value !== undefined) return outcome;
    findings ??= outcome.findings;
  }
  return { value: undefined, findings: findings ?? [] };
}

function judgeReading(
  spec: Spec,
  reader: ParameterReader,
  reading: Reading,
  options: JudgeOptions,
): Outcome {
  if (reading.kind === 'malformed') {
    return { value: undefined, findings: [unreadable(reader, reading.reason)] };
  }
  if (reading === VOID) return { value: '' };
  let violations: readonly Violation[] | undefined;
  for (const value of coercions(spec, reader.schema, reading.decoded)) {
    const broken = judgeValue(spec, reader.schema, value, options);
    if (broken.length === 0) return { value };
    violations ??= broken;
  }
  const findings = (violations ?? []).map((violation) => toFinding(reader, violation));
  return { value: undefined, findings };
}

const LABELS: Readonly<Record<ParameterPlace, string>> = {
  path: 'Path parameter',
  query: 'Query parameter',
  header: 'Header',
  cookie: 'Cookie',
};

function toFinding(reader: ParameterReader, violation: Violation): Finding {
  return {
    ...describe(reader, violation.problem, `${violation.text}.`, violation.rule, violation.pointer),
    ...('expected' in violation ? { expected: violation.expected } : {}),
    ...('actual' in violation ? { actual: violation.actual } : {}),
  };
}

function unreadable(reader: ParameterReader, reason: string): Finding {
  return describe(reader, 'malformed', `${reason}.`, reader.parameter.node);
}

function missing(reader: ParameterReader): Finding {
  const { node } = reader.parameter;
  return describe(
    reader,
    'required',
    'is missing: it is required.',
    child(node, 'required') ?? node,
  );
}

function describe(
  { parameter }: ParameterReader,
  problem: ValueProblem,
  rest: string,
  rule: Node,
  pointer = '',
): Finding {
  const place: ValuePlace = `request.${parameter.in}`;
  return {
    code: `${place}.${problem}`,
    severity: 'error',
    message: `${LABELS[parameter.in]} \`${nameOfPart(parameter.name, pointer)}\` ${rest}`,
    at: parameter.name + pointer,
    spec: locate(rule),
  };
}

function brokenNameFinding(operation: Operation, name: string): Finding {
  return {
    code: 'request.query.malformed',
    severity: 'error',
    message: `The name of the query parameter \`${cut(name)}\` ${brokenEncoding(name)}.`,
    at: name,
    spec: locate(child(operation.node, 'parameters') ?? operation.node),
    actual: name,
  };
}

/** Names in the query that no parameter takes, each once. */
function* unknownNames(
  spec: Spec,
  operation: Operation,
  query: Pairs,
  list: readonly ParameterReader[],
): Iterable<Finding> {
  for (const name of query.keys()) {
    if (list.some((reader) => takesName(reader, name))) continue;
    if (isKeyName(spec, operation, 'query', name)) continue;
    const declared = list.flatMap(({ parameter }) =>
      parameter.in === 'query' ? parameter.name : [],
    );
    yield {
      code: 'request.query.unknown',
      severity: 'error',
      message: `Query parameter \`${cut(name)}\` is unknown: ${operation.method} ${operation.path} takes ${declared.join(', ') || 'none'}.`,
      at: name,
      spec: locate(child(operation.node, 'parameters') ?? operation.node),
      expected: declared,
      actual: name,
    };
  }
}

type Found = Record<ParameterPlace, Record<string, Json> | undefined>;

function put(values: Found, { in: place, name }: Parameter, value: Json): void {
  values[place] ??= {};
  const found = values[place];
  if (name !== '__proto__') found[name] = value;
  else Object.defineProperty(found, name, { value, enumerable: true });
}

function toValues({ path, query, header, cookie }: Found): ParameterValues {
  return {
    path: path ?? EMPTY,
    query: query ?? EMPTY,
    header: header ?? EMPTY,
    cookie: cookie ?? EMPTY,
  };
}
