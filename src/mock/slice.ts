import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { isBarred } from '../schema/access.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import type { Operation } from '../spec/operation.ts';
import { resolve, resolveReference } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/** Schemas lie at most this deep in each other; what is deeper is cut off. */
const DEPTH = 12;
/** A slice has at most this many schemas; what is more is cut off. */
const SIZE = 4_000;
/** Stands for a schema that leads back to one around it, or is too deep. */
const CUT = Symbol('cut');

type Part = Json | typeof CUT;

interface Slicer {
  readonly spec: Spec;
  /** Whether schemas are kept where an example says what to answer. */
  readonly isDynamic: boolean;
  size: number;
}

/**
 * A document of one operation and its responses, without a `$ref` and without end: what Prism needs
 * to answer, and no more. Where a schema leads back to itself the way is cut: an optional property is
 * left out, an array is empty, an alternative is dropped.
 */
export function slice(spec: Spec, operation: Operation, isDynamic: boolean): JsonObject {
  const slicer: Slicer = { spec, isDynamic, size: 0 };
  const responses: Record<string, Json> = {};
  const declared = objectChild(operation.node, 'responses');
  for (const [status, found] of declared ? children(declared) : []) {
    if (status.startsWith('x-')) continue;
    const response = resolve(spec, found);
    if (isObjectNode(response)) responses[status] = sliceResponse(slicer, response);
  }
  return {
    openapi: spec.version === '3.0' ? '3.0.3' : '3.1.0',
    info: { title: operation.id, version: '1' },
    paths: { '/': { [operation.method.toLowerCase()]: { responses } } },
  };
}

function sliceResponse(slicer: Slicer, response: Node<JsonObject>): JsonObject {
  const sliced: Record<string, Json> = { description: '' };
  const headers = objectChild(response, 'headers');
  if (headers) {
    sliced['headers'] = Object.fromEntries(
      [...children(headers)].map(([name, found]) => [
        name,
        sliceValue(slicer, resolve(slicer.spec, found)),
      ]),
    );
  }
  const content = objectChild(response, 'content');
  if (content) {
    sliced['content'] = Object.fromEntries(
      [...children(content)].map(([name, found]) => [name, sliceValue(slicer, found)]),
    );
  }
  return sliced;
}

/** A header or media type object: its examples and its schema. */
function sliceValue(slicer: Slicer, node: Node): JsonObject {
  const sliced: Record<string, Json> = {};
  const example = child(node, 'example');
  if (example) sliced['example'] = example.value;
  const examples = objectChild(node, 'examples');
  if (examples) {
    sliced['examples'] = Object.fromEntries(
      [...children(examples)].map(([name, found]) => [name, resolve(slicer.spec, found).value]),
    );
  }
  const hasExample = example !== undefined || (examples && Object.keys(examples.value).length > 0);
  const schema = child(node, 'schema');
  if (schema && (slicer.isDynamic || !hasExample)) {
    const expanded = expand(slicer, schema, []);
    sliced['schema'] = expanded === CUT ? {} : expanded;
  } else if (hasExample) {
    sliced['schema'] = {};
  }
  return sliced;
}

function expand(slicer: Slicer, schema: Node, within: readonly string[]): Part {
  const { spec } = slicer;
  slicer.size += 1;
  const address = addressOf(schema);
  if (within.includes(address) || within.length > DEPTH || slicer.size > SIZE) return CUT;
  if (!isObject(schema.value)) return schema.value;
  const inside = [...within, address];
  const { $ref: reference, ...siblings } = schema.value;
  if (typeof reference === 'string') {
    const target = expand(slicer, resolveReference(spec, schema, reference), inside);
    if (target === CUT || spec.version === '3.0' || Object.keys(siblings).length === 0)
      return target;
    const rest = expandKeywords(slicer, { ...schema, value: siblings }, siblings, inside);
    return rest === CUT ? CUT : { ...rest, allOf: [target, ...listOf(rest['allOf'])] };
  }
  return expandKeywords(slicer, schema, schema.value, inside);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

function expandKeywords(
  slicer: Slicer,
  schema: Node,
  keywords: JsonObject,
  within: readonly string[],
): JsonObject | typeof CUT {
  const expanded: Record<string, Json> = {};
  for (const keyword of Object.keys(keywords)) {
    const node = child(schema, keyword);
    if (!node) continue;
    const part = expandKeyword(slicer, keyword, node, keywords, within);
    if (part === CUT) return CUT;
    if (part !== undefined) expanded[keyword] = part;
    else if (keyword === 'items') expanded['maxItems'] = 0;
  }
  return expanded;
}

const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SINGLE = new Set(['items', 'additionalProperties', 'not', 'contains', 'if', 'then', 'else']);
/** What Prism cannot follow, and what is no part of a body. */
const DROPPED = new Set([
  '$defs',
  '$id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$schema',
  'discriminator',
]);

/** The expanded keyword, `undefined` when it is left out, `CUT` when the whole schema must be. */
function expandKeyword(
  slicer: Slicer,
  keyword: string,
  node: Node,
  siblings: JsonObject,
  within: readonly string[],
): Part | undefined {
  if (DROPPED.has(keyword)) return undefined;
  if (keyword === 'properties') return expandProperties(slicer, node, siblings, within);
  if (SINGLE.has(keyword)) {
    const part = expand(slicer, node, within);
    return part === CUT ? undefined : part;
  }
  if (!LISTS.has(keyword)) return node.value;
  const parts = [...children(node)].map(([, part]) => expand(slicer, part, within));
  const kept = parts.filter((part) => part !== CUT);
  const isWhole = keyword === 'allOf' || keyword === 'prefixItems';
  return kept.length === 0 || (isWhole && kept.length < parts.length) ? CUT : kept;
}

function expandProperties(
  slicer: Slicer,
  node: Node,
  siblings: JsonObject,
  within: readonly string[],
): Part {
  const required = new Set(listOf(siblings['required']));
  const properties: [string, Json][] = [];
  for (const [name, property] of children(node)) {
    if (isBarred(slicer.spec, property, 'response')) continue;
    const part = expand(slicer, property, within);
    if (part !== CUT) properties.push([name, part]);
    else if (required.has(name)) return CUT;
  }
  return Object.fromEntries(properties);
}
