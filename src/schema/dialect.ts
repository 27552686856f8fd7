import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { checkShape } from './shape.ts';

const translated = new WeakMap<object, JsonObject>();

/**
 * The keywords of a schema as JSON Schema 2020-12 has them, whichever dialect the document speaks.
 *
 * Of OpenAPI 3.0, `nullable` joins `type`, boolean `exclusiveMinimum` and `exclusiveMaximum` become
 * numbers, and what stands beside a `$ref` is dropped. Keywords newer than 3.0's dialect count there
 * too: who writes `const` means it.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID` when a keyword has a value that it cannot have.
 * @see https://spec.openapis.org/oas/v3.0.4#schema-object
 */
export function keywordsOf(spec: Spec, schema: Node): JsonObject | boolean {
  const { value } = schema;
  if (isObject(value)) {
    let keywords = translated.get(value);
    if (!keywords) {
      checkShape(schema, value, spec.version);
      keywords = spec.version === '3.0' ? fromOpenApi30(value) : value;
      translated.set(value, keywords);
    }
    return keywords;
  }
  checkShape(schema, value, spec.version);
  return value === true;
}

function fromOpenApi30(schema: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return { $ref: reference };
  const { nullable, minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const keywords: Record<string, Json> = { ...rest };
  if (nullable === true && schema['type'] !== undefined)
    keywords['type'] = withNull(schema['type']);
  limit(keywords, 'minimum', minimum, 'exclusiveMinimum', exclusiveMinimum);
  limit(keywords, 'maximum', maximum, 'exclusiveMaximum', exclusiveMaximum);
  return keywords;
}

function withNull(type: Json): Json {
  return [...new Set([...(isArray(type) ? type : [type]), 'null'])];
}

function limit(
  keywords: Record<string, Json>,
  name: string,
  value: Json | undefined,
  exclusiveName: string,
  exclusive: Json | undefined,
): void {
  if (typeof exclusive === 'number') keywords[exclusiveName] = exclusive;
  if (value === undefined) return;
  keywords[exclusive === true ? exclusiveName : name] = value;
}
