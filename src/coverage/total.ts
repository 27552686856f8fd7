import type { Operation, Parameter } from '../spec/operation.ts';
import { operationsOf } from '../spec/operation.ts';
import type { Spec } from '../spec/spec.ts';
import type {
  Coverage,
  Measure,
  OperationCoverage,
  ParameterCoverage,
  PropertyCoverage,
  Share,
  StatusCoverage,
} from './coverage.ts';
import { type Declared, declaredOf } from './declared.ts';
import type { Marks } from './marks.ts';
import type { Shape } from './shape.ts';
import type { OpenOperation, OpenStatus } from './tally.ts';

/** What was counted, held against all that the document declares. */
export function coverageOf(spec: Spec, open: ReadonlyMap<Operation, OpenOperation>): Coverage {
  const operations = operationsOf(spec).map((operation) =>
    toOperation(declaredOf(spec, operation), open.get(operation)),
  );
  return { totals: totalsOf(operations), operations };
}

function toOperation(
  { operation, parameters, request, responses }: Declared,
  open: OpenOperation | undefined,
): OperationCoverage {
  const { id, method, path } = operation;
  const declared = [...responses].map(([key, shape]) =>
    toStatus(key, true, shape, open?.statuses.get(key)),
  );
  const others = [...(open?.statuses ?? [])].flatMap(([key, seen]) =>
    responses.has(key) ? [] : [toStatus(key, false, seen.marks.shape, seen)],
  );
  return {
    ...{ id, method, path },
    requests: open?.requests ?? 0,
    statuses: [...declared, ...others],
    parameters: parameters.map((parameter) => toParameter(parameter, open)),
    properties: toProperties(request, open?.request),
  };
}

function toStatus(
  status: string,
  isDeclared: boolean,
  shape: Shape,
  open: OpenStatus | undefined,
): StatusCoverage {
  return {
    ...{ status, isDeclared, passed: open?.passed ?? 0, failed: open?.failed ?? 0 },
    properties: toProperties(shape, open?.marks),
  };
}

function toParameter(parameter: Parameter, open: OpenOperation | undefined): ParameterCoverage {
  const { name, in: place } = parameter;
  return { name, in: place, isSeen: open?.parameters.has(`${place} ${name}`) === true };
}

function toProperties({ properties }: Shape, marks: Marks | undefined): PropertyCoverage {
  const seenPaths = marks?.seen() ?? [];
  const seen = seenPaths.length;
  if (!marks || seen === 0) return { seen, total: properties };
  return { seen, total: properties, seenPaths, unseenPaths: marks.unseen() };
}

function totalsOf(operations: readonly OperationCoverage[]): Readonly<Record<Measure, Share>> {
  const statuses = operations.flatMap((operation) =>
    operation.statuses.filter(({ isDeclared }) => isDeclared),
  );
  const parameters = operations.flatMap((operation) => operation.parameters);
  const bodies = [...operations, ...statuses].map(({ properties }) => properties);
  return {
    operations: shareOf(operations, ({ requests }) => requests > 0),
    statuses: shareOf(statuses, ({ passed, failed }) => passed + failed > 0),
    parameters: shareOf(parameters, ({ isSeen }) => isSeen),
    properties: {
      seen: bodies.reduce((sum, { seen }) => sum + seen, 0),
      total: bodies.reduce((sum, { total }) => sum + total, 0),
    },
  };
}

function shareOf<T>(list: readonly T[], isSeen: (item: T) => boolean): Share {
  return { seen: list.filter(isSeen).length, total: list.length };
}
