import { isArray, isObject, type Json } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';
import { keywordsOf } from './dialect.ts';
import { regularExpression } from './regular-expression.ts';
import { typesOf } from './types.ts';
import type { Direction } from './violation.ts';

/** Keywords whose subschemas judge the same value. */
const IN_PLACE: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];
/** Those that judge it whatever it is. */
const CERTAIN: readonly string[] = ['allOf'];
const NONE: ReadonlySet<string> = new Set();

const barredNames = remembered(() => new Map<string, ReadonlySet<string>>());

/**
 * The properties that do not belong into a message of that direction, by a schema and all that it
 * certainly applies to the same object: `readOnly` ones into a request, `writeOnly` ones into a
 * response.
 *
 * What one alternative keeps out may belong into another: of `anyOf` and `oneOf`, only what all of
 * them keep out.
 *
 * @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-for-use-with-schemas
 */
export function barredProperties(
  spec: Spec,
  schema: Node,
  direction: Direction,
): ReadonlySet<string> {
  const cache = barredNames(spec);
  const key = `${direction} ${addressOf(schema)}`;
  let names = cache.get(key);
  if (!names) {
    names = collect(spec, schema, direction, NONE);
    cache.set(key, names);
  }
  return names;
}

/** `through` are the alternatives that are being looked at: one that returns keeps nothing out. */
function collect(
  spec: Spec,
  schema: Node,
  direction: Direction,
  through: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of inPlace(spec, schema, CERTAIN)) {
    const properties = child(part, 'properties');
    for (const [name, property] of properties ? children(properties) : []) {
      if (isBarred(spec, property, direction)) names.add(name);
    }
    const isBarredOther = othersOf(spec, part, direction);
    for (const name of isBarredOther ? requiredNames(spec, schema) : []) {
      if (isBarredOther?.(name)) names.add(name);
    }
    for (const list of ['anyOf', 'oneOf']) {
      const alternatives = objectAlternatives(spec, part, list);
      if (alternatives.some((one) => through.has(addressOf(one)))) continue;
      const beyond = new Set([...through, ...alternatives.map(addressOf)]);
      const [first = NONE, ...others] = alternatives.map((one) =>
        collect(spec, one, direction, beyond),
      );
      for (const name of first) if (others.every((other) => other.has(name))) names.add(name);
    }
  }
  return names.size > 0 ? names : NONE;
}

/** Tells which names a part keeps out by pattern, or because it has no schema for them. */
function othersOf(
  spec: Spec,
  part: Node,
  direction: Direction,
): ((name: string) => boolean) | undefined {
  const node = child(part, 'patternProperties');
  const patterns = [...(node ? children(node) : [])].map(([pattern, property]) => ({
    expression: regularExpression(pattern),
    isBarred: isBarred(spec, property, direction),
  }));
  const additional = child(part, 'additionalProperties');
  const isRestBarred = additional !== undefined && isBarred(spec, additional, direction);
  if (!isRestBarred && patterns.every((one) => !one.isBarred)) return undefined;
  const properties = child(part, 'properties');
  return (name) => {
    const matching = patterns.filter(({ expression }) => expression.test(name));
    if (matching.some((one) => one.isBarred)) return true;
    const isNamed = matching.length > 0 || (properties && child(properties, name) !== undefined);
    return isRestBarred && !isNamed;
  };
}

/** Every name that a schema, or what it applies to the same object, could require. */
function* requiredNames(spec: Spec, schema: Node): Iterable<string> {
  for (const { value } of inPlace(spec, schema)) {
    if (!isObject(value)) continue;
    const { required, dependentRequired } = value;
    const lists = isObject(dependentRequired) ? Object.values(dependentRequired) : [];
    for (const name of [required ?? [], ...lists].flat()) {
      if (typeof name === 'string') yield name;
    }
  }
}

function objectAlternatives(spec: Spec, part: Node, list: string): readonly Node[] {
  const node = child(part, list);
  return [...(node ? children(node) : [])].flatMap(([, one]) =>
    typesOf(spec, one).has('object') ? [one] : [],
  );
}

/** Tells whether a property's schema keeps it out of messages of that direction. */
export function isBarred(spec: Spec, property: Node, direction: Direction): boolean {
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  for (const part of inPlace(spec, property, CERTAIN)) {
    if (isObject(part.value) && part.value[keyword] === true) return true;
  }
  return false;
}

/** A schema and every schema that it applies to the same value, each once; cycles end. */
export function* inPlace(
  spec: Spec,
  schema: Node,
  applicators: readonly string[] = IN_PLACE,
): Iterable<Node> {
  const seen = new Set<string>();
  const waiting: Node[] = [schema];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const address = addressOf(part);
    if (seen.has(address)) continue;
    seen.add(address);
    const keywords = keywordsOf(spec, part);
    if (typeof keywords === 'boolean') continue;
    yield part;
    for (const keyword of ['$ref', '$dynamicRef']) {
      const reference = keywords[keyword];
      if (typeof reference === 'string') waiting.push(resolveReference(spec, part, reference));
    }
    for (const keyword of applicators)
      waiting.push(...subschemas(part, keyword, keywords[keyword]));
  }
}

function* subschemas(part: Node, keyword: string, value: Json | undefined): Iterable<Node> {
  const node = value === undefined ? undefined : child(part, keyword);
  if (!node) return;
  if (!isArray(value)) yield node;
  else for (const [, item] of children(node)) yield item;
}
