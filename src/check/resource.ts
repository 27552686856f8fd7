import type { JsonObject } from '../json.ts';
import { namesOf, schemasOfItem, schemasOfProperty } from '../schema/members.ts';
import { typesOf } from '../schema/types.ts';
import { objectChild } from '../spec/node.ts';
import { type Operation, operationAt, operationsByPath, requestBodyOf } from '../spec/operation.ts';
import type { Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { parseTemplate } from '../spec/template.ts';
import { successSchema } from './declared.ts';
import { keyOf } from './item-key.ts';

/** A collection of items, inferred from a path and the same path plus one parameter. */
export interface Collection {
  /** `/pets`. */
  readonly template: string;
  /** `/pets/{petId}`, or `/pets('{petId}')`. */
  readonly itemTemplate: string;
  /** The parameter that names an item: `petId`. */
  readonly parameter: string;
  /** The property that holds the key of an item. */
  readonly key: string;
  /** The schema of an item, as it is read. */
  readonly schema: Node;
  /** Whether operations add items: what nobody can fill is answered from examples. */
  readonly isFilled: boolean;
  /** The path item that `x-mock` stands in. */
  readonly pathItem: Node<JsonObject>;
}

/** What an operation is for: what it does with a collection. */
export type Resource =
  | { readonly kind: 'collection'; readonly collection: Collection }
  | { readonly kind: 'item'; readonly collection: Collection }
  /** Something to be done with an item: `POST /pets/{petId}/feed`. */
  | { readonly kind: 'action'; readonly collection: Collection }
  /** The only one of its kind: `/settings`, or below an item, `/pets/{petId}/passport`. */
  | {
      readonly kind: 'single';
      /** The collection of the item that it lies below, if it does. */
      readonly collection: Collection | undefined;
      readonly schema: Node;
      /** Whether it has a key that the service gives. */
      readonly keyed: boolean;
      /** Whether it is there only when somebody has made it. */
      readonly isMade: boolean;
    };

/** What an operation is for; `undefined` when it has nothing to do with a collection. */
export function resourceOf(spec: Spec, operation: Operation): Resource | undefined {
  const known = resourcesOf(spec);
  if (!known.has(operation)) known.set(operation, infer(spec, operation));
  return known.get(operation);
}

/** The collection that an operation's path lies in, below an item of it; the nearest one. */
export function parentOf(spec: Spec, template: string): Collection | undefined {
  const known = parents(spec);
  let parent = known.get(template);
  if (parent === undefined) {
    parent = findParent(spec, template) ?? null;
    known.set(template, parent);
  }
  return parent ?? undefined;
}

const parents = remembered(() => new Map<string, Collection | null>());

function findParent(spec: Spec, template: string): Collection | undefined {
  for (let path = template; path.includes('/'); ) {
    path = path.slice(0, path.lastIndexOf('/'));
    const collection = collectionOfItem(spec, path);
    if (collection) return collection;
  }
  return undefined;
}

const resourcesOf = remembered(() => new Map<Operation, Resource | undefined>());

function infer(spec: Spec, operation: Operation): Resource | undefined {
  const { path, method } = operation;
  const own = collectionAt(spec, path);
  if (own) return { kind: 'collection', collection: own };
  const item = collectionOfItem(spec, path);
  if (item) return { kind: 'item', collection: item };
  const slash = path.lastIndexOf('/');
  const collection = collectionOfItem(spec, path.slice(0, slash));
  if (path.slice(slash).includes('{')) return undefined;
  const single = singleAt(spec, path);
  if (single && (collection || !single.isPosted)) return { kind: 'single', collection, ...single };
  if (!collection) return undefined;
  const hasGet = operationAt(spec, 'GET', path) !== undefined;
  return method === 'POST' && !hasGet ? { kind: 'action', collection } : undefined;
}

type Single = Omit<Extract<Resource, { kind: 'single' }>, 'kind' | 'collection'>;

function singleAt(spec: Spec, path: string): (Single & { readonly isPosted: boolean }) | undefined {
  const get = operationAt(spec, 'GET', path);
  const has = (...methods: string[]) => methods.some((method) => operationAt(spec, method, path));
  const schema = get && (successSchema(spec, get) ?? flagOf(get, has('PUT') && has('DELETE')));
  if (!get || !schema || !typesOf(spec, schema).has('object')) return undefined;
  const isPosted = has('POST');
  // A list to which items are added, and where none has a path of its own, is not one thing.
  const isList = !has('PUT', 'PATCH', 'DELETE') && listOf(spec, get) !== undefined;
  if (isList || !(isPosted || has('PUT', 'PATCH'))) return undefined;
  const keyed = namesOf(spec, schema).names.has('id');
  return { schema, keyed, isMade: isPosted || has('DELETE'), isPosted };
}

/** What is there or not and says nothing more, `/gists/{id}/star`: the schema of an empty object. */
function flagOf({ node }: Operation, isSet: boolean): Node | undefined {
  const responses = objectChild(node, 'responses')?.value ?? {};
  return isSet && '204' in responses && '404' in responses ? { ...node, value: {} } : undefined;
}

const collections = remembered(() => new Map<string, Collection | undefined>());

/** The collection of that path; `undefined` when it is the path of none. */
export function collectionAt(spec: Spec, template: string): Collection | undefined {
  const known = collections(spec);
  if (!known.has(template)) known.set(template, makeCollection(spec, template));
  return known.get(template);
}

/** The collection whose items have that path; `undefined` when it is the path of none. */
export function collectionOfItem(spec: Spec, itemTemplate: string): Collection | undefined {
  const template = collectionPath(itemTemplate);
  const collection = template === undefined ? undefined : collectionAt(spec, template);
  return collection?.itemTemplate === itemTemplate ? collection : undefined;
}

/** `/pets` for `/pets/{petId}`, `/pets({petId})` and `/pets('{petId}')`. */
function collectionPath(itemTemplate: string): string | undefined {
  return /^(.*[^/])(?:\/\{[^{}]+\}|\('?\{[^{}]+\}'?\))$/.exec(itemTemplate)?.[1];
}

const itemTemplatesOf = remembered((spec) => {
  const found = new Map<string, string>();
  for (const path of operationsByPath(spec).keys()) {
    const template = collectionPath(path);
    if (template !== undefined && !found.has(template)) found.set(template, path);
  }
  return found;
});

function makeCollection(spec: Spec, template: string): Collection | undefined {
  const itemTemplate = itemTemplatesOf(spec).get(template);
  const [operation] = operationsByPath(spec).get(template) ?? [];
  if (itemTemplate === undefined || !operation) return undefined;
  const parameter = parseTemplate(itemTemplate).at(-1)?.names[0] ?? '';
  const schema = itemSchemaOf(spec, template, itemTemplate);
  const key =
    schema && keyOf(spec, schema, { itemTemplate, parameter, pathItem: operation.pathItem });
  if (!schema || key === undefined) return undefined;
  const post = operationAt(spec, 'POST', template);
  const isFilled =
    (post !== undefined && requestBodyOf(spec, post) !== undefined) ||
    operationAt(spec, 'PUT', itemTemplate) !== undefined;
  const { pathItem } = operation;
  return { template, itemTemplate, parameter, key, schema, isFilled, pathItem };
}

function itemSchemaOf(spec: Spec, template: string, itemTemplate: string): Node | undefined {
  for (const [path, method] of [
    [itemTemplate, 'GET'],
    [itemTemplate, 'PATCH'],
    [itemTemplate, 'PUT'],
    [template, 'POST'],
  ] as const) {
    const operation = operationAt(spec, method, path);
    const schema = operation && successSchema(spec, operation);
    if (schema && typesOf(spec, schema).has('object')) return schema;
  }
  const list = operationAt(spec, 'GET', template);
  return list && listOf(spec, list)?.item;
}

/** How a list travels: the schema of an item, and the property that holds them; none for an array. */
export interface ListShape {
  readonly item: Node;
  readonly property: string | undefined;
  readonly schema: Node;
}

const LISTS = ['value', 'items', 'data', 'results'];

/** The list that an operation answers with, if it answers with one. */
export function listOf(spec: Spec, operation: Operation): ListShape | undefined {
  const schema = successSchema(spec, operation);
  if (!schema) return undefined;
  const types = typesOf(spec, schema);
  if (types.has('array') && !types.has('object')) {
    const [item] = schemasOfItem(spec, schema, 0);
    return item && { item, property: undefined, schema };
  }
  const names = [...namesOf(spec, schema).names];
  const arrays = names.flatMap((name) => {
    const [list] = schemasOfProperty(spec, schema, name);
    const isList = list && typesOf(spec, list).has('array') && !typesOf(spec, list).has('object');
    const item = isList ? schemasOfItem(spec, list, 0)[0] : undefined;
    return item && typesOf(spec, item).has('object') ? [{ item, property: name, schema }] : [];
  });
  return arrays.find(({ property }) => LISTS.includes(property)) ?? only(arrays);
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
