import { SCHEMAS } from './body-schema.ts';
import type { Sent } from './exchange.ts';
import type { Keywords, Version } from './leaf.ts';
import type { OperationObject } from './part.ts';
import { SCHEMES } from './security.ts';

/** A request, and what it is by the way it was made. */
export interface MadeRequest {
  readonly kind: 'valid' | 'mistake' | 'odd';
  readonly sent: Sent;
}

/** An operation, and requests for it. */
export interface MadeOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
  readonly requests: readonly MadeRequest[];
  /** Where the document keeps its parameters and its body. */
  readonly kept: 'in place' | 'in the path item' | 'in components';
  /** What the document has besides. */
  readonly rest: Keywords;
}

/** Prism answers what it rejects with these where they are declared, and tells why. */
export const RESPONSES: Keywords = Object.fromEntries(
  ['204', '400', '401', '415'].map((status) => [status, { description: status }]),
);

/** A document of operations of one version. */
export function documentOf(
  version: Version,
  operations: readonly MadeOperation[],
  rest: Keywords,
): Keywords {
  const parameters: Record<string, unknown> = {};
  const requestBodies: Record<string, unknown> = {};
  const paths = operations.map((made, index) => {
    const { path, method, kept } = made;
    const { parameters: own = [], requestBody, ...others } = made.operation;
    const named = own.map((parameter, place) => [`p${index}-${place}`, parameter] as const);
    const body = requestBody ? { requestBody } : {};
    if (kept === 'in components') {
      Object.assign(parameters, Object.fromEntries(named));
      if (requestBody) requestBodies[`b${index}`] = requestBody;
    }
    const operation = {
      ...others,
      ...(kept === 'in place' ? { parameters: own, ...body } : {}),
      ...(kept === 'in the path item' ? body : {}),
      ...(kept === 'in components'
        ? {
            parameters: named.map(([name]) => ({ $ref: `#/components/parameters/${name}` })),
            ...(requestBody
              ? { requestBody: { $ref: `#/components/requestBodies/b${index}` } }
              : {}),
          }
        : {}),
      responses: RESPONSES,
    };
    const shared = kept === 'in the path item' ? { parameters: own } : {};
    return [path, { ...shared, [method.toLowerCase()]: operation }] as const;
  });
  return {
    openapi: version === '3.0' ? '3.0.3' : '3.1.0',
    info: { title: 'Differential', version: '1' },
    ...rest,
    paths: Object.fromEntries(paths),
    components: { schemas: SCHEMAS, securitySchemes: SCHEMES, parameters, requestBodies },
  };
}
