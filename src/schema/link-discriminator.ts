import type { Json, JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import type { Discriminator } from './discriminator.ts';
import { typesOf } from './types.ts';

/** How schemas become plain JSON Schema. */
export interface Linkers {
  /** One that the property chooses. */
  readonly choice: (schema: Node) => Json;
  /** One of the list, for what is no object. */
  readonly alternative: (schema: Node) => Json;
  /** Whether it matters which properties were looked at. */
  readonly closes: boolean;
}

/**
 * A discriminator in plain JSON Schema: one condition a choice, if the property has that value, then
 * that schema. What is no object has no such property, and the list judges it.
 *
 * Ajv loses count of what an `if` has looked at, and tries every part of an `anyOf`: so a union is
 * right where properties are counted, and a condition fast where they are not.
 */
export function conditionsOf(
  spec: Spec,
  schema: Node,
  { property, choices, list }: Discriminator,
  { choice, alternative, closes }: Linkers,
): readonly JsonObject[] {
  const condition = closes ? asUnion : asCondition;
  const conditions = [...choices].map(([value, part]) =>
    condition(
      { type: 'object', required: [property], properties: { [property]: { const: value } } },
      choice(part),
    ),
  );
  const known = { properties: { [property]: true } };
  if (!list) return [known, ...conditions];
  const named = { required: [property], properties: { [property]: { enum: [...choices.keys()] } } };
  const others = withoutObjects(spec, schema, list).map(alternative);
  const otherwise = others.length > 0 && { [list]: others };
  return [known, condition({ type: 'object' }, named, otherwise), ...conditions];
}

/** What the list of a discriminator says of what is no object: that has no property to choose by. */
export function otherThanObjects(
  spec: Spec,
  schema: Node,
  { list }: Discriminator,
  { alternative }: Linkers,
): readonly JsonObject[] {
  if (!list) return [];
  const others = withoutObjects(spec, schema, list).map(alternative);
  return [asCondition({ type: 'object' }, true, others.length > 0 && { [list]: others })];
}

/** The alternatives that take more than objects. */
function withoutObjects(spec: Spec, schema: Node, list: string): readonly Node[] {
  const node = child(schema, list);
  return [...(node ? children(node) : [])].flatMap(([, part]) =>
    [...typesOf(spec, part)].some((type) => type !== 'object') ? [part] : [],
  );
}

function asCondition(test: JsonObject, holds: Json, otherwise: Json = true): JsonObject {
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  return { if: test, then: holds, else: otherwise };
}

function asUnion(test: JsonObject, holds: Json, otherwise: Json = true): JsonObject {
  return { anyOf: [{ allOf: [test, holds] }, { not: test, allOf: [otherwise] }] };
}
