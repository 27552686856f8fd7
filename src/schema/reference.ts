import { isArray } from '../json.ts';
import { child, children } from '../spec/node.ts';
import { resolveReference } from '../spec/ref.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { keywordsOf } from './dialect.ts';

/** Keywords that judge nothing. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['title', 'description', 'summary', 'default', 'example', 'examples', 'deprecated'],
  ...['readOnly', 'writeOnly', 'externalDocs', 'xml', '$comment'],
]);

/**
 * The schema that judges in place of one that is a `$ref` and nothing else that counts; else the
 * schema itself. So a schema of many names is compiled once.
 *
 * @throws {ExactMatchError} `SPEC_REF_UNRESOLVED` when a reference leads nowhere.
 */
export function judging(spec: Spec, schema: Node): Node {
  let current = schema;
  // A circle of bare references judges nothing; `evaluate` reports it.
  for (let steps = 0; steps < 100; steps += 1) {
    const keywords = keywordsOf(spec, current);
    if (typeof keywords === 'boolean' || typeof keywords['$ref'] !== 'string') return current;
    for (const name of Object.keys(keywords)) {
      if (name !== '$ref' && !ANNOTATIONS.has(name) && !name.startsWith('x-')) return current;
    }
    current = resolveReference(spec, current, keywords['$ref']);
  }
  return schema;
}

/** Keywords that hold schemas for the same value: one, a list, or a map of them. */
const HOLDERS: readonly (readonly [keyword: string, isMap: boolean])[] = [
  ...(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const).map(
    (keyword) => [keyword, false] as const,
  ),
  ['dependentSchemas', true],
];

/** Tells whether a schema, or one that it holds for the same value, refers to another. */
export function refers(spec: Spec, schema: Node): boolean {
  const keywords = keywordsOf(spec, schema);
  if (typeof keywords === 'boolean') return false;
  if (keywords['$ref'] !== undefined || keywords['$dynamicRef'] !== undefined) return true;
  return HOLDERS.some(([keyword, isMap]) => {
    const node = keywords[keyword] === undefined ? undefined : child(schema, keyword);
    if (!node) return false;
    if (!isMap && !isArray(node.value)) return refers(spec, node);
    return [...children(node)].some(([, part]) => refers(spec, part));
  });
}
