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
