import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isArray, isObject, type Json } from '../../src/json.ts';

const file = new URL('../../spec/report.schema.json', import.meta.url);

/** What a report breaks of the published schema, which here knows every member. */
export function reportMistakes(report: unknown): readonly string[] {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile(closed(JSON.parse(readFileSync(file, 'utf8')) as Json) as object);

/** The schema without room for members that it does not name: they are to be described as well. */
function closed(schema: Json): Json {
  if (isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, closed(part)]),
  );
  const isOpen = isObject(schema['properties']) && schema['type'] === 'object';
  return isOpen ? { ...inner, additionalProperties: false } : inner;
}
