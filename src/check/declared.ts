import { isObject, type JsonObject, ownString } from '../json.ts';
import { isJson, parseMediaType } from '../spec/media-type.ts';
import { child, children, objectChild } from '../spec/node.ts';
import { type Operation, responseFor, successOf } from '../spec/operation.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** Tells whether an operation declares a status by its number. */
export function declares({ node }: Operation, status: string): boolean {
  const responses = node.value['responses'];
  return isObject(responses) && Object.hasOwn(responses, status);
}

/** The schema of the JSON that an operation succeeds with. */
export function successSchema(spec: Spec, operation: Operation): Node | undefined {
  return bodySchema(spec, operation, successOf(operation))?.schema;
}

/** A JSON media type of a response and its schema. */
interface Declared {
  readonly contentType: string;
  readonly schema: Node;
}

const bodies = remembered(() => new WeakMap<object, Declared | 'none'>());

/** The JSON media type of a response and its schema. */
export function bodySchema(spec: Spec, operation: Operation, status: number): Declared | undefined {
  const response = responseFor(spec, operation, status);
  if (!response) return undefined;
  const known = bodies(spec);
  let declared = known.get(response.value);
  if (declared === undefined) {
    declared = findBody(response) ?? 'none';
    known.set(response.value, declared);
  }
  return declared === 'none' ? undefined : declared;
}

function findBody(response: Node<JsonObject>): Declared | undefined {
  const content = objectChild(response, 'content');
  for (const [contentType, mediaType] of content ? children(content) : []) {
    const essence = parseMediaType(contentType)?.essence;
    const schema =
      essence !== undefined && isJson(essence) ? child(mediaType, 'schema') : undefined;
    if (schema) return { contentType, schema };
  }
  return undefined;
}

/** Tells whether two schemas are one, by what they refer to. */
export function isSameSchema(one: Node, other: Node): boolean {
  return one.value === other.value || referenceOf(one) === referenceOf(other);
}

const references = new WeakMap<object, string>();

function referenceOf(schema: Node): string {
  const { value } = schema;
  if (!isObject(value)) return addressOf(schema);
  let text = references.get(value);
  if (text === undefined) {
    const reference = ownString(value, '$ref');
    text = reference === undefined ? addressOf(schema) : `${schema.source.uri} ${reference}`;
    references.set(value, text);
  }
  return text;
}
