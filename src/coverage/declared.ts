import { ExactMatchError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Direction } from '../schema/violation.ts';
import { child, children, objectChild } from '../spec/node.ts';
import {
  type Operation,
  type Parameter,
  parametersOf,
  requestBodyOf,
  statusesOf,
} from '../spec/operation.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { type Shape, shapeOf } from './shape.ts';

/** What a document promises of an operation, as far as it can be exercised. */
export interface Declared {
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** The shape of its request body; one without properties where it takes none. */
  readonly request: Shape;
  /** Shapes of the response bodies by the keys of `responses`, as the document writes them. */
  readonly responses: ReadonlyMap<string, Shape>;
}

const known = remembered(() => new WeakMap<Operation, Declared>());

/** What the document promises of an operation; what is broken in it counts as not promised. */
export function declaredOf(spec: Spec, operation: Operation): Declared {
  const all = known(spec);
  let declared = all.get(operation);
  if (!declared) {
    declared = {
      operation,
      parameters: orNone(() => parametersOf(spec, operation)) ?? [],
      request: bodyShape(
        spec,
        orNone(() => requestBodyOf(spec, operation)),
        'request',
      ),
      responses: new Map(
        statusesOf(operation).map((key) => [key, responseShape(spec, operation, key)]),
      ),
    };
    all.set(operation, declared);
  }
  return declared;
}

function responseShape(spec: Spec, operation: Operation, key: string): Shape {
  const responses = objectChild(operation.node, 'responses');
  const found = responses && child(responses, key);
  return bodyShape(spec, found && orNone(() => resolve(spec, found)), 'response');
}

function bodyShape(
  spec: Spec,
  owner: Node | Node<JsonObject> | undefined,
  direction: Direction,
): Shape {
  const content = owner && objectChild(owner, 'content');
  const schemas = [...(content ? children(content) : [])].flatMap(
    ([, mediaType]) => child(mediaType, 'schema') ?? [],
  );
  return shapeOf(spec, schemas, direction);
}

function orNone<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof ExactMatchError) return undefined;
    throw cause;
  }
}
