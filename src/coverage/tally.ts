import type { ExchangeVerdict } from '../check/judge-exchange.ts';
import type { Json } from '../json.ts';
import {
  type Operation,
  operationsOf,
  type ParameterPlace,
  statusKeyOf,
} from '../spec/operation.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import type { Coverage } from './coverage.ts';
import { declaredOf } from './declared.ts';
import { createMarks, type Marks } from './marks.ts';
import { coverageOf } from './total.ts';

/** What of a document was exercised, added up exchange by exchange. */
export interface Tally {
  /** Counts an exchange; one of no operation counts nothing. */
  readonly add: (exercised: Exercised) => void;
  /** Counts what another tally of the same document has counted. */
  readonly merge: (counted: CountedOperations) => void;
  /** All that was counted, as plain data for `merge`. */
  readonly counted: () => CountedOperations;
  readonly coverage: () => Coverage;
}

/** An exchange, or as much as is known of one. */
export interface Exercised {
  readonly operation: Operation | undefined;
  readonly parameters?: ExchangeVerdict['parameters'] | undefined;
  /** The request's body as it was read. */
  readonly body?: Json | undefined;
  readonly status?: number | undefined;
  /** The response's body as it was read. */
  readonly responseBody?: Json | undefined;
  /** Whether something in it breaks the promise. */
  readonly isFailed: boolean;
}

/** What is counted of an exchange that was judged. */
export function toExercised(verdict: ExchangeVerdict, isFailed: boolean): Exercised {
  const { operation, parameters, body, response, responseBody } = verdict;
  return { operation, parameters, body, status: response?.status, responseBody, isFailed };
}

/** What was counted of each operation, by its method and path. */
export type CountedOperations = Readonly<Record<string, CountedOperation>>;

/** What was counted of an operation. */
export interface CountedOperation {
  readonly requests: number;
  /** As `query top`. */
  readonly parameters: readonly string[];
  readonly properties: readonly string[];
  /** By the key that the document has, or by the number where it has none. */
  readonly statuses: Readonly<Record<string, CountedStatus>>;
}

/** What was counted of a status. */
export interface CountedStatus {
  readonly passed: number;
  readonly failed: number;
  readonly properties: readonly string[];
}

/** What is being counted of an operation. */
export interface OpenOperation {
  requests: number;
  readonly parameters: Set<string>;
  readonly request: Marks;
  readonly statuses: Map<string, OpenStatus>;
  /** The keys of statuses by their numbers. */
  readonly keys: Map<number, string>;
}

/** What is being counted of a status. */
export interface OpenStatus {
  passed: number;
  failed: number;
  readonly marks: Marks;
}

/** Makes a tally; what it keeps grows with the document, not with the exchanges. */
export function createTally(spec: Spec): Tally {
  const open = new Map<Operation, OpenOperation>();
  const openOf = (operation: Operation) => {
    let found = open.get(operation);
    if (!found) {
      found = openOperation(spec, operation);
      open.set(operation, found);
    }
    return found;
  };
  return {
    add: (exercised) => {
      const { operation } = exercised;
      if (operation) count(spec, operation, openOf(operation), exercised);
    },
    merge: (counted) => {
      for (const [key, each] of Object.entries(counted)) {
        const operation = operationsByKey(spec).get(key);
        if (operation) mergeOperation(spec, operation, openOf(operation), each);
      }
    },
    counted: () =>
      Object.fromEntries([...open].map(([operation, each]) => [keyOf(operation), toCounted(each)])),
    coverage: () => coverageOf(spec, open),
  };
}

function openOperation(spec: Spec, operation: Operation): OpenOperation {
  return {
    requests: 0,
    parameters: new Set(),
    request: createMarks(declaredOf(spec, operation).request),
    statuses: new Map(),
    keys: new Map(),
  };
}

const PLACES: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];

function count(spec: Spec, operation: Operation, open: OpenOperation, exercised: Exercised): void {
  const { parameters, body, status, responseBody, isFailed } = exercised;
  open.requests += 1;
  for (const place of parameters ? PLACES : []) {
    for (const name in parameters?.[place]) open.parameters.add(`${place} ${name}`);
  }
  if (body !== undefined) open.request.add(body);
  if (status === undefined) return;
  let key = open.keys.get(status);
  if (key === undefined) {
    key = statusKeyOf(operation, status) ?? String(status);
    open.keys.set(status, key);
  }
  const seen = openStatus(spec, operation, open, key);
  if (isFailed) seen.failed += 1;
  else seen.passed += 1;
  if (responseBody !== undefined) seen.marks.add(responseBody);
}

function openStatus(
  spec: Spec,
  operation: Operation,
  { statuses }: OpenOperation,
  key: string,
): OpenStatus {
  let found = statuses.get(key);
  if (!found) {
    const shape = declaredOf(spec, operation).responses.get(key) ?? NO_SHAPE;
    found = { passed: 0, failed: 0, marks: createMarks(shape) };
    statuses.set(key, found);
  }
  return found;
}

const NOTHING = { index: 0, path: undefined, members: [], items: undefined, others: undefined };
const NO_SHAPE = { root: NOTHING, places: [NOTHING], properties: 0 };

function mergeOperation(
  spec: Spec,
  operation: Operation,
  open: OpenOperation,
  { requests, parameters, properties, statuses }: CountedOperation,
): void {
  open.requests += requests;
  for (const parameter of parameters) open.parameters.add(parameter);
  for (const path of properties) open.request.addPath(path);
  for (const [key, { passed, failed, properties: paths }] of Object.entries(statuses)) {
    const seen = openStatus(spec, operation, open, key);
    seen.passed += passed;
    seen.failed += failed;
    for (const path of paths) seen.marks.addPath(path);
  }
}

function toCounted({ requests, parameters, request, statuses }: OpenOperation): CountedOperation {
  return {
    requests,
    parameters: [...parameters],
    properties: request.seen(),
    statuses: Object.fromEntries(
      [...statuses].map(([key, { passed, failed, marks }]) => [
        key,
        { passed, failed, properties: marks.seen() },
      ]),
    ),
  };
}

function keyOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

const operationsByKey = remembered(
  (spec) => new Map(operationsOf(spec).map((operation) => [keyOf(operation), operation])),
);
