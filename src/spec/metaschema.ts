import { createRequire } from 'node:module';
import type { Json } from '../json.ts';
import type { Source } from './source.ts';

const BASE = 'https://json-schema.org/draft/2020-12/';
const NAMES: ReadonlySet<string> = new Set(
  [
    '',
    'core',
    'applicator',
    'unevaluated',
    'validation',
    'meta-data',
    'content',
    'format-annotation',
  ].map((name) => (name ? `meta/${name}` : 'schema')),
);
const require = createRequire(import.meta.url);
const known = new Map<string, Source>();

/** The JSON Schema 2020-12 meta-schema, or a part of it, so that a `$ref` to it needs no network. */
export function metaschema(uri: string): Source | undefined {
  const name = uri.startsWith(BASE) ? uri.slice(BASE.length) : '';
  if (!NAMES.has(name)) return undefined;
  let source = known.get(uri);
  if (!source) {
    const root = require(`ajv/dist/refs/json-schema-2020-12/${name}.json`) as Json;
    const text = () => JSON.stringify(root, null, 2);
    source = { uri, file: uri, root, syntax: 'json', text };
    known.set(uri, source);
  }
  return source;
}
