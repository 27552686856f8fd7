import { isObject, type Json } from '../json.ts';
import { isValid } from '../schema/judge.ts';
import { sample } from '../schema/sample.ts';
import { child, children, isObjectNode, objectChild } from '../spec/node.ts';
import { resolve } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';

/** The shortest example of a parameter or media type that says something and is right, or a sample. */
export function exampleOf(
  spec: Spec,
  node: Node,
  isFit: (value: Json) => boolean,
): Json | undefined {
  const schema = schemaOf(node);
  const isRight = (value: Json) =>
    !schema || isValid(spec, schema, value, { direction: 'request', strict: false });
  const shortest = [...namedExamplesOf(spec, node)]
    .filter((value) => isFit(value) && !isVoid(value))
    .sort((one, other) => lengthOf(one) - lengthOf(other))
    .find(isRight);
  return shortest ?? (schema && sample(spec, schema, { direction: 'request' }));
}

function isVoid(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function lengthOf(value: Json): number {
  return JSON.stringify(value).length;
}

/** The examples that a parameter or media type names, as they are written. */
export function* namedExamplesOf(spec: Spec, node: Node): Iterable<Json> {
  const example = child(node, 'example');
  if (example) yield example.value;
  const examples = objectChild(node, 'examples');
  for (const [, found] of examples ? children(examples) : []) {
    const named = resolve(spec, found);
    const value = isObjectNode(named) ? child(named, 'value') : undefined;
    if (value) yield value.value;
  }
}

/** The schema of a parameter or media type: its own, or that of the media type that it travels as. */
export function schemaOf(node: Node): Node | undefined {
  const content = objectChild(node, 'content');
  const [, inner] = content ? ([...children(content)][0] ?? []) : [];
  return child(inner ?? node, 'schema');
}
