import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { child, children } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { Spec } from '../spec/spec.ts';
import { formatOf } from './formats.ts';

/** Keywords that Ajv reads as they stand. */
const PLAIN: readonly string[] = [
  ...['type', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems', 'minContains'],
  ...['maxContains', 'minProperties', 'maxProperties', 'dependentRequired'],
];

/** Links the keywords that Ajv reads as they stand. */
export function linkPlain(keywords: JsonObject, linked: Record<string, Json>): void {
  for (const keyword of PLAIN) {
    const value = keywords[keyword];
    if (value !== undefined) linked[keyword] = value;
  }
}

/** Links what a value may be: the listed values, and its format, which is noted. */
export function linkValues(
  spec: Spec,
  keywords: JsonObject,
  linked: Record<string, Json>,
  formats: Set<string>,
): void {
  const { enum: values, format } = keywords;
  if (isArray(values) && values.length > 0) linked['enum'] = values;
  if (typeof format === 'string' && spec.formats === 'assert' && formatOf(format)) {
    linked['format'] = format;
    formats.add(format);
  }
}

/** Links what must be there, but for what does not travel in this direction. */
export function linkRequired(
  keywords: JsonObject,
  barred: ReadonlySet<string>,
  linked: Record<string, Json>,
): void {
  const { required, dependentRequired } = keywords;
  const isWanted = (name: Json) => !barred.has(String(name));
  if (isArray(required)) linked['required'] = [...new Set(required)].filter(isWanted);
  if (!isObject(dependentRequired)) return;
  linked['dependentRequired'] = Object.fromEntries(
    Object.entries(dependentRequired).map(([name, others]) => [
      name,
      isArray(others) ? others.filter(isWanted) : others,
    ]),
  );
}

/** Links the schema, the list or the map of schemas that a keyword holds. */
export function linkEach(
  schema: Node,
  keyword: string,
  linked: Record<string, Json>,
  linkOne: (part: Node) => Json,
): void {
  const node = child(schema, keyword);
  if (!node) return;
  const { value } = node;
  if (isArray(value)) linked[keyword] = [...children(node)].map(([, part]) => linkOne(part));
  else if (isMap(keyword)) {
    const parts = [...children(node)].map(([name, part]) => [name, linkOne(part)] as const);
    linked[keyword] = Object.fromEntries(parts);
  } else linked[keyword] = linkOne(node);
}

function isMap(keyword: string): boolean {
  return (
    keyword === 'properties' || keyword === 'patternProperties' || keyword === 'dependentSchemas'
  );
}
