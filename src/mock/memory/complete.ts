import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { schemasOfItem, schemasOfProperty } from '../../schema/members.ts';
import { sample } from '../../schema/sample.ts';
import type { Node } from '../../spec/source.ts';
import type { Spec } from '../../spec/spec.ts';
import { propertiesOf } from './item-properties.ts';

/** Values lie at most so deep in an item that is completed. */
const DEEPEST = 16;

/**
 * An item whose inner objects have what an answer must have of them, and nothing that no answer may
 * have: a client that writes one cannot give what the service alone sets, and may give secrets.
 */
export function completeInside(
  spec: Spec,
  schema: Node,
  value: JsonObject,
  seed: number,
  depth = 0,
): JsonObject {
  const whole: Record<string, Json> = { ...value };
  for (const [name, member] of Object.entries(value)) {
    const [property] = schemasOfProperty(spec, schema, name);
    if (!property || typeof member !== 'object') continue;
    // An own member, whatever its name.
    const completed = completeValue(spec, property, member, seed, depth + 1);
    Object.defineProperty(whole, name, { ...OWN, value: completed });
  }
  return whole;
}

const OWN = { enumerable: true, configurable: true, writable: true } as const;

function completeValue(spec: Spec, schema: Node, value: Json, seed: number, depth: number): Json {
  if (depth > DEEPEST) return value;
  if (isArray(value)) {
    return value.map((item, index) => {
      const [element] = schemasOfItem(spec, schema, index);
      return element ? completeValue(spec, element, item, seed, depth + 1) : item;
    });
  }
  if (!isObject(value)) return value;
  const { made, writeOnly } = propertiesOf(spec, schema);
  const shown = Object.entries(value).filter(([name]) => !writeOnly.has(name));
  const inner: Record<string, Json> = Object.fromEntries(shown);
  for (const missing of made) {
    const [wanted] = Object.hasOwn(inner, missing) ? [] : schemasOfProperty(spec, schema, missing);
    const given = wanted && sample(spec, wanted, { direction: 'response', seed });
    if (given !== undefined) inner[missing] = given;
  }
  return completeInside(spec, schema, inner, seed, depth);
}
