import { isArray, isObject, type JsonObject, ownString } from '../json.ts';
import { child, children, follow, objectChild } from '../spec/node.ts';
import { tokens } from '../spec/pointer.ts';
import { decodeFragment, resolveReference } from '../spec/ref.ts';
import { isFileReference } from '../spec/scan.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { invalid } from './shape.ts';

/** Which schema a value of a property chooses. */
export interface Discriminator {
  readonly property: string;
  /** The discriminator object. */
  readonly node: Node<JsonObject>;
  /** The schema for each value that the document names. */
  readonly choices: ReadonlyMap<string, Node>;
  /** The values that the document names, in its order. */
  readonly names: readonly string[];
  /** The first value that stands for each schema, by its address. */
  readonly kinds: ReadonlyMap<string, string>;
  /**
   * The list that is replaced by the choice; `undefined` when the schema is a parent that its
   * children name in their `allOf`. There, a value that names nobody is judged by the parent alone.
   */
  readonly list: 'oneOf' | 'anyOf' | undefined;
}

const discriminators = remembered(() => new Map<string, Discriminator | undefined>());

/**
 * The discriminator of a schema, with its mapping worked out, or `undefined`.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID` when it names no property, `SPEC_REF_UNRESOLVED`
 * when its mapping leads nowhere.
 * @see https://spec.openapis.org/oas/v3.1.1#discriminator-object
 */
export function discriminatorOf(
  spec: Spec,
  schema: Node,
  keywords: JsonObject,
): Discriminator | undefined {
  if (!isObject(keywords['discriminator'])) return undefined;
  const cache = discriminators(spec);
  const key = addressOf(schema);
  if (!cache.has(key)) cache.set(key, read(spec, schema, keywords));
  return cache.get(key);
}

function read(spec: Spec, schema: Node, keywords: JsonObject): Discriminator | undefined {
  const node = objectChild(schema, 'discriminator');
  if (!node) return undefined;
  const property = ownString(node.value, 'propertyName');
  if (property === undefined) throw invalid(node, 'a discriminator needs a "propertyName"');
  const list = (['oneOf', 'anyOf'] as const).find((name) => isArray(keywords[name]));
  const mapped = mapping(spec, node);
  const chosen = new Set([...mapped.values()].map(addressOf));
  const choices = new Map(mapped);
  const implicit = list ? listed(spec, schema, list) : heirs(spec, schema);
  for (const [name, choice] of implicit) {
    // A schema with a mapped name of its own still answers to its component name.
    if (!choices.has(name) && (!list || !chosen.has(addressOf(choice)) || mapped.size === 0)) {
      choices.set(name, choice);
    }
  }
  if (choices.size === 0) return undefined;
  const names = [...choices.keys()];
  const kinds = new Map<string, string>();
  for (const [name, choice] of choices) {
    const address = addressOf(choice);
    if (!kinds.has(address)) kinds.set(address, name);
  }
  return { property, node, choices, names, kinds, list };
}

function mapping(spec: Spec, node: Node<JsonObject>): ReadonlyMap<string, Node> {
  const choices = new Map<string, Node>();
  const given = child(node, 'mapping');
  if (given && !isObject(given.value)) throw invalid(given, 'a mapping is an object');
  const found = objectChild(node, 'mapping');
  for (const [value, target] of found ? children(found) : []) {
    if (typeof target.value !== 'string')
      throw invalid(target, 'a mapping leads to names or $refs');
    const named = follow(spec.root, `/components/schemas/${target.value}`);
    const isReference = target.value.startsWith('#') || (!named && isFileReference(target.value));
    choices.set(
      value,
      isReference || !named ? resolveReference(spec, target, target.value) : named,
    );
  }
  return choices;
}

/** The alternatives that are `$ref`s, by the last part of their reference. */
function* listed(spec: Spec, schema: Node, list: string): Iterable<[string, Node]> {
  const alternatives = child(schema, list);
  for (const [, item] of alternatives ? children(alternatives) : []) {
    const reference = isObject(item.value) ? ownString(item.value, '$ref') : undefined;
    if (reference === undefined) continue;
    yield [nameIn(reference), resolveReference(spec, item, reference)];
  }
}

/** The last part of a reference: of its JSON Pointer, else of its file's name without the ending. */
function nameIn(reference: string): string {
  const [file = '', fragment = ''] = reference.split('#', 2);
  if (fragment !== '') return tokens(decodeFragment(fragment))?.at(-1) ?? fragment;
  return decodeFragment(file.replace(/^.*\//s, '')).replace(/\.(json|ya?ml)$/, '');
}

/** The component schemas that name this one in their `allOf`, directly or through others. */
function* heirs(spec: Spec, parent: Node): Iterable<[string, Node]> {
  const components = objectChild(spec.root, 'components');
  const schemas = components && objectChild(components, 'schemas');
  const known = new Set([addressOf(parent)]);
  const waiting = schemas ? [...children(schemas)] : [];
  for (let grown = true; grown; ) {
    grown = false;
    for (const [name, schema] of waiting) {
      if (known.has(addressOf(schema)) || !extendsOneOf(spec, schema, known)) continue;
      known.add(addressOf(schema));
      grown = true;
      yield [name, schema];
    }
  }
}

function extendsOneOf(spec: Spec, schema: Node, parents: ReadonlySet<string>): boolean {
  const list = child(schema, 'allOf');
  for (const [, item] of list ? children(list) : []) {
    const reference = isObject(item.value) ? ownString(item.value, '$ref') : undefined;
    if (
      reference !== undefined &&
      parents.has(addressOf(resolveReference(spec, item, reference)))
    ) {
      return true;
    }
  }
  return false;
}
