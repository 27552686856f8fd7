import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { sample } from '../schema/sample.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { isSendable } from './transport.ts';

/** The headers that a response requires and that nobody has given, from their examples or schemas. */
export function missingHeaders(
  spec: Spec,
  response: Node<JsonObject>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const declared = objectChild(response, 'headers');
  const made: Record<string, string> = {};
  for (const [name, found] of declared ? children(declared) : []) {
    const header = resolve(spec, found);
    const key = name.toLowerCase();
    if (!isObjectNode(header) || header.value['required'] !== true || key in given) continue;
    const value = headerSample(spec, header);
    if (value !== undefined && isSendable(key, value)) made[key] = value;
  }
  return made;
}

/** A value of a header, from its example, its schema or its content, as it travels. */
function headerSample(spec: Spec, header: Node<JsonObject>): string | undefined {
  const explode = header.value['explode'] === true;
  const example = child(header, 'example');
  if (example) return toText(example.value, explode);
  const [entry] = children(child(header, 'content') ?? { ...header, value: {} });
  const schema = child(entry?.[1] ?? header, 'schema');
  const value = schema && sample(spec, schema, { direction: 'response' });
  if (value === undefined) return undefined;
  return entry ? JSON.stringify(value) : toText(value, explode);
}

/** @see https://spec.openapis.org/oas/v3.1.1#style-values, `simple` */
function toText(value: Json, explode: boolean): string {
  if (isArray(value)) return value.map(String).join(',');
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}${explode ? '=' : ','}${String(member)}`)
    .join(',');
}
