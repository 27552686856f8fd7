import { isArray, isObject, ownString } from '../json.ts';
import { metaschema } from '../spec/metaschema.ts';
import { children } from '../spec/node.ts';
import { resolveReference, scanOf } from '../spec/ref.ts';
import { addressOf, type Node } from '../spec/source.ts';
import { remembered, type Spec } from '../spec/spec.ts';

/** Whether a document, or the meta-schema that it uses, has dynamic anchors at all. */
const isDynamic = remembered((spec: Spec) => ({
  answer: [...spec.sources.values()]
    .map(scanOf)
    .some(
      ({ dynamicAnchors, references }) =>
        dynamicAnchors.size > 0 || [...references.keys()].some((uri) => metaschema(uri)),
    ),
}));

/**
 * Tells whether the verdict of a schema may depend on which schemas led to it: it, or a schema that it
 * refers to, has a `$dynamicRef`. Such a schema cannot be compiled apart from those that use it.
 */
export function reachesDynamicReference(spec: Spec, schema: Node): boolean {
  if (!isDynamic(spec).answer) return false;
  const seen = new Set<string>();
  const waiting: Node[] = [schema];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const address = addressOf(node);
    if (seen.has(address)) continue;
    seen.add(address);
    if (isObject(node.value)) {
      if (ownString(node.value, '$dynamicRef') !== undefined) return true;
      const reference = ownString(node.value, '$ref');
      if (reference !== undefined) waiting.push(resolveReference(spec, node, reference));
    }
    if (isObject(node.value) || isArray(node.value)) {
      for (const [, inner] of children(node)) waiting.push(inner);
    }
  }
  return false;
}
