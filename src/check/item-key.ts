import { isObject, type JsonObject, ownString } from '../json.ts';
import { namesOf, schemasOfProperty } from '../schema/members.ts';
import { typesOf } from '../schema/types.ts';
import { child } from '../spec/node.ts';
import { operationsByPath, parametersOf } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/** How the items of a collection are named in their path. */
interface Named {
  readonly itemTemplate: string;
  readonly parameter: string;
  readonly pathItem: Node<JsonObject>;
}

/** What a parameter that names an item may mean besides a property of its name. */
const OTHERS: Readonly<Record<string, readonly string[]>> = { username: ['login', 'name'] };

/**
 * The property that holds the key of an item, as `x-mock` says or by its name: that of the parameter,
 * or `id`, or the last word of the parameter, `name` for `petName`. Of several, the first that can hold
 * what the parameter takes.
 */
export function keyOf(
  spec: Spec,
  schema: Node,
  { itemTemplate, parameter, pathItem }: Named,
): string | undefined {
  const extension = pathItem.value['x-mock'];
  const named = isObject(extension) ? ownString(extension, 'key') : undefined;
  if (named !== undefined) return named;
  const { names } = namesOf(spec, schema);
  const word = parameter.split(/[-_ ]|(?<=[a-z\d])(?=[A-Z])/).at(-1);
  const others = OTHERS[parameter.toLowerCase()] ?? [];
  const known = [parameter, 'id', word?.toLowerCase() ?? '', ...others].filter((name) =>
    names.has(name),
  );
  const [first, second] = known;
  if (second === undefined || !isText(spec, itemTemplate, parameter)) return first;
  const takesText = (name: string) =>
    schemasOfProperty(spec, schema, name).some((part) => typesOf(spec, part).has('string'));
  return known.find(takesText) ?? first;
}

/** Tells whether a path parameter is a text and no number. */
function isText(spec: Spec, itemTemplate: string, parameter: string): boolean {
  const [operation] = operationsByPath(spec).get(itemTemplate) ?? [];
  const found = operation
    ? parametersOf(spec, operation).find(
        ({ name, in: place }) => name === parameter && place === 'path',
      )
    : undefined;
  const schema = found && child(found.node, 'schema');
  if (!schema) return false;
  const types = typesOf(spec, schema);
  return types.has('string') && !types.has('integer');
}
