import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type JsonObject, ownString } from '../json.ts';
import { child, children, isObjectNode, objectChild } from './node.ts';
import { resolve } from './ref.ts';
import type { Node } from './source.ts';
import { remembered, type Spec } from './spec.ts';

/** A method on a path. */
export interface Operation {
  /** Its `operationId`, or `METHOD /path` where the document gives none. */
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** The path template, as the document writes it. */
  readonly path: string;
  /** The operation object. */
  readonly node: Node<JsonObject>;
  /** The path item object that holds it. */
  readonly pathItem: Node<JsonObject>;
  /** What stands under `paths`: the path item, or a `$ref` to it that may have members beside it. */
  readonly entry: Node<JsonObject>;
}

/** Where a parameter travels. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** A parameter of an operation, its own or inherited from the path item. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  /** The parameter object. */
  readonly node: Node<JsonObject>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * Every operation of the document, in its order.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#paths-object
 */
export const operationsOf: (spec: Spec) => readonly Operation[] = remembered((spec) => {
  const paths = objectChild(spec.root, 'paths');
  const operations: Operation[] = [];
  for (const [path, item] of paths ? children(paths) : []) {
    if (path.startsWith('/')) operations.push(...operationsOfPath(spec, path, item));
  }
  return operations;
});

/** The operations of a path item, which may be one of a callback or a webhook as well. */
export function* operationsOfPath(spec: Spec, path: string, item: Node): Iterable<Operation> {
  const pathItem = resolve(spec, item);
  if (!isObjectNode(pathItem) || !isObjectNode(item)) return;
  for (const name of METHODS) {
    // A path item may have a `$ref` and members of its own, and the own ones win.
    const node =
      objectChild(item, name) ?? (item === pathItem ? undefined : objectChild(pathItem, name));
    if (!node) continue;
    const method = name.toUpperCase();
    const id = ownString(node.value, 'operationId') ?? `${method} ${path}`;
    yield { id, method, path, node, pathItem, entry: item };
  }
}

/** The operations of each path, as the document writes it. */
export const operationsByPath: (spec: Spec) => ReadonlyMap<string, readonly Operation[]> =
  remembered((spec) => Map.groupBy(operationsOf(spec), ({ path }) => path));

/** The operation of a method on a path, as the document writes it; `undefined` when there is none. */
export function operationAt(spec: Spec, method: string, path: string): Operation | undefined {
  return operationsByPath(spec)
    .get(path)
    ?.find((operation) => operation.method === method);
}

const operationsById = remembered((spec) => {
  const known = new Map<string, Operation>();
  for (const operation of operationsOf(spec)) {
    for (const id of [operation.id, `${operation.method} ${operation.path}`]) {
      if (!known.has(id)) known.set(id, operation);
    }
  }
  return known;
});

/**
 * The operation of that `operationId`, or of that `METHOD /path`.
 *
 * @throws {ExactMatchError} `OPERATION_UNKNOWN`, naming the ones that come nearest.
 */
export function operationById(spec: Spec, id: string): Operation {
  const found = operationsById(spec).get(id);
  if (found) return found;
  const all = operationsOf(spec).map((operation) => operation.id);
  const listed =
    all.slice(0, 20).join(', ') + (all.length > 20 ? `, … (${all.length} in all)` : '');
  throw new ExactMatchError(
    'OPERATION_UNKNOWN',
    `No operation is called "${id}". The document has: ${listed || 'none'}.`,
  );
}

const parameterLists = remembered((_spec) => new WeakMap<Operation, readonly Parameter[]>());

/**
 * The parameters of an operation: the path item's, replaced by its own where name and place agree.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#operation-object
 */
export function parametersOf(spec: Spec, operation: Operation): readonly Parameter[] {
  const lists = parameterLists(spec);
  let list = lists.get(operation);
  if (!list) {
    const byName = new Map<string, Parameter>();
    for (const owner of new Set([operation.pathItem, operation.entry, operation.node])) {
      for (const parameter of listParameters(spec, owner)) {
        byName.set(`${parameter.in} ${identity(parameter)}`, parameter);
      }
    }
    list = [...byName.values()];
    lists.set(operation, list);
  }
  return list;
}

function identity(parameter: Parameter): string {
  return parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
}

const PLACES: ReadonlySet<string> = new Set(['path', 'query', 'header', 'cookie']);
/** The names that OpenAPI has header parameters ignore: other parts of the document describe them. */
const DESCRIBED_ELSEWHERE: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'authorization',
]);

function* listParameters(spec: Spec, owner: Node): Iterable<Parameter> {
  const list = child(owner, 'parameters');
  if (!list || !isArray(list.value)) return;
  for (const [, item] of children(list)) {
    const node = resolve(spec, item);
    if (!isObjectNode(node)) continue;
    const name = ownString(node.value, 'name');
    const place = ownString(node.value, 'in');
    if (name === undefined || !isPlace(place)) continue;
    if (place === 'header' && DESCRIBED_ELSEWHERE.has(name.toLowerCase())) continue;
    const required = place === 'path' || node.value['required'] === true;
    yield { name, in: place, required, node };
  }
}

function isPlace(place: string | undefined): place is ParameterPlace {
  return place !== undefined && PLACES.has(place);
}

interface Bodies {
  /** The request body object; `null` when it has none. */
  request: Node<JsonObject> | null | undefined;
  /** The response objects by the statuses that were asked for; `null` when none is declared. */
  readonly responses: Map<number, Node<JsonObject> | null>;
}

/** Looked up for every message, and the same each time: what is worked out from a node stays with it. */
const bodies = remembered((_spec) => new WeakMap<Operation, Bodies>());
/** So many statuses of one operation are remembered: HTTP has no more. */
const STATUSES = 900;

function bodiesOf(spec: Spec, operation: Operation): Bodies {
  const known = bodies(spec);
  let found = known.get(operation);
  if (!found) {
    found = { request: undefined, responses: new Map() };
    known.set(operation, found);
  }
  return found;
}

/** The request body object of an operation, or `undefined` when it takes none. */
export function requestBodyOf(spec: Spec, operation: Operation): Node<JsonObject> | undefined {
  const known = bodiesOf(spec, operation);
  if (known.request === undefined) {
    known.request = resolved(spec, child(operation.node, 'requestBody')) ?? null;
  }
  return known.request ?? undefined;
}

/**
 * The response object for a status: its exact code, else its range (`4XX`), else `default`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#responses-object
 */
export function responseFor(
  spec: Spec,
  operation: Operation,
  status: number,
): Node<JsonObject> | undefined {
  const { responses } = bodiesOf(spec, operation);
  let known = responses.get(status);
  if (known === undefined) {
    known = findResponse(spec, operation, status) ?? null;
    if (responses.size >= STATUSES) responses.clear();
    responses.set(status, known);
  }
  return known ?? undefined;
}

function findResponse(
  spec: Spec,
  operation: Operation,
  status: number,
): Node<JsonObject> | undefined {
  const responses = objectChild(operation.node, 'responses');
  const key = statusKeyOf(operation, status);
  return responses && key !== undefined ? resolved(spec, child(responses, key)) : undefined;
}

/** The key that a status falls under: its exact code, else its range (`4XX`), else `default`. */
export function statusKeyOf(operation: Operation, status: number): string | undefined {
  const { responses } = operation.node.value;
  if (!isObject(responses)) return undefined;
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, range.toLowerCase(), 'default'].find((name) =>
    Object.hasOwn(responses, name),
  );
}

function resolved(spec: Spec, found: Node | undefined): Node<JsonObject> | undefined {
  const node = found && resolve(spec, found);
  return node && isObjectNode(node) ? node : undefined;
}

/** The status keys that an operation declares, as the document writes them. */
export function statusesOf(operation: Operation): readonly string[] {
  const responses = operation.node.value['responses'];
  return isObject(responses) ? Object.keys(responses).filter((key) => !key.startsWith('x-')) : [];
}

const successes = new WeakMap<Operation, number>();

/** The lowest status of success that an operation declares. */
export function successOf(operation: Operation): number {
  let status = successes.get(operation);
  if (status === undefined) {
    const [first = '200'] = statusesOf(operation)
      .filter((each) => /^[23]/.test(each))
      .sort();
    status = Number(first.replaceAll(/x/gi, '0'));
    successes.set(operation, status);
  }
  return status;
}
