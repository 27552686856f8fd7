import type { JsonObject } from '../../src/json.ts';
import { readSpec } from '../../src/spec/load.ts';
import { findRoute } from '../../src/spec/route.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** A document of paths, each with its methods: `{ '/pets': 'get post' }`. */
export function specOf(
  paths: Readonly<Record<string, string>>,
  rest: JsonObject = {},
): Promise<Spec> {
  const items = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.split(' ').map((method) => [method, { responses: {} }])),
  ]);
  return readSpec({ openapi: '3.1.0', paths: Object.fromEntries(items), ...rest });
}

/** A route in one line: `/pets/{id} id=7`, `405 /pets GET, POST`, `unmatched`. */
export function routeOf(spec: Spec, path: string, method = 'GET'): string {
  const route = findRoute(spec, method, path);
  if (route.kind === 'method') return `405 ${route.path} ${route.allowed.join(', ')}`;
  if (route.kind !== 'found') return route.kind;
  const values = Object.entries(route.pathParameters).map(([name, value]) => `${name}=${value}`);
  return [route.operation.path, ...values].join(' ');
}
