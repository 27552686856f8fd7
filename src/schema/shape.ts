import { ExactMatchError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject, show } from '../json.ts';
import { locate } from '../spec/locate.ts';
import { child } from '../spec/node.ts';
import type { Node } from '../spec/source.ts';
import type { SpecVersion } from '../spec/spec.ts';
import { regularExpression } from './regular-expression.ts';

interface Shape {
  readonly fits: (value: Json, version: SpecVersion) => boolean;
  readonly wanted: string;
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const isSchema = (value: Json) => isObject(value) || typeof value === 'boolean';
const isType = (value: Json) => typeof value === 'string' && TYPES.has(value);
const isStrings = (value: Json) =>
  isArray(value) && value.every((item) => typeof item === 'string');

const schema: Shape = { fits: isSchema, wanted: 'a schema (an object or a boolean)' };
const schemas: Shape = {
  fits: (value) => isArray(value) && value.length > 0 && value.every(isSchema),
  wanted: 'a list of at least one schema',
};
const named: Shape = {
  fits: (value) => isObject(value) && Object.values(value).every(isSchema),
  wanted: 'an object whose members are schemas',
};
const count: Shape = {
  fits: (value) => Number.isInteger(value) && Number(value) >= 0,
  wanted: 'a whole number of at least 0',
};
const number: Shape = { fits: (value) => typeof value === 'number', wanted: 'a number' };
const exclusive: Shape = {
  fits: (value, version) =>
    typeof value === 'number' || (version === '3.0' && typeof value === 'boolean'),
  wanted: 'a number',
};
const boolean: Shape = { fits: (value) => typeof value === 'boolean', wanted: 'true or false' };
const text: Shape = { fits: (value) => typeof value === 'string', wanted: 'a string' };
const names: Shape = { fits: isStrings, wanted: 'a list of strings' };

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    $ref: text,
    $dynamicRef: text,
    $id: text,
    $anchor: text,
    $dynamicAnchor: text,
    readOnly: boolean,
    writeOnly: boolean,
    nullable: {
      // OpenAPI 3.1 has no such keyword: there it may be anything, and says nothing.
      fits: (value, version) => typeof value === 'boolean' || version === '3.1',
      wanted: boolean.wanted,
    },
    discriminator: { fits: isObject, wanted: 'an object' },
    type: {
      fits: (value) => isType(value) || (isArray(value) && value.length > 0 && value.every(isType)),
      wanted: `a JSON type (${[...TYPES].join(', ')}) or a list of at least one`,
    },
    enum: { fits: isArray, wanted: 'a list' },
    format: text,
    pattern: { fits: isPattern, wanted: 'a regular expression (ECMA-262)' },
    patternProperties: {
      fits: (value) =>
        named.fits(value, '3.1') && Object.keys(value as JsonObject).every(isPattern),
      wanted: 'an object of schemas, named by regular expressions (ECMA-262)',
    },
    multipleOf: {
      fits: (value) => typeof value === 'number' && value > 0,
      wanted: 'a number above 0',
    },
    minimum: number,
    maximum: number,
    exclusiveMinimum: exclusive,
    exclusiveMaximum: exclusive,
    minLength: count,
    maxLength: count,
    minItems: count,
    maxItems: count,
    minProperties: count,
    maxProperties: count,
    minContains: count,
    maxContains: count,
    uniqueItems: boolean,
    required: names,
    dependentRequired: {
      fits: (value) => isObject(value) && Object.values(value).every(isStrings),
      wanted: 'an object of lists of strings',
    },
    properties: named,
    dependentSchemas: named,
    additionalProperties: schema,
    unevaluatedProperties: schema,
    propertyNames: schema,
    items: schema,
    unevaluatedItems: schema,
    contains: schema,
    not: schema,
    if: schema,
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    then: schema,
    else: schema,
    prefixItems: schemas,
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
  } satisfies Record<string, Shape>),
);

/**
 * Sees to it that every keyword of a schema has a value that it can have, so that none passes silently.
 *
 * @throws {ExactMatchError} `SPEC_SCHEMA_INVALID`, with the keyword, its file, line and column.
 */
export function checkShape(node: Node, value: Json, version: SpecVersion): void {
  if (!isObject(value)) {
    if (typeof value !== 'boolean')
      throw invalid(node, `a schema is an object or a boolean, not ${show(value)}`);
    return;
  }
  for (const [keyword, content] of Object.entries(value)) {
    const shape = SHAPES.get(keyword);
    if (!shape || shape.fits(content, version)) continue;
    throw invalid(
      child(node, keyword) ?? node,
      `"${keyword}" must be ${shape.wanted}, not ${show(content)}`,
    );
  }
}

/** The error for a schema that cannot be compiled, naming its place. */
export function invalid(node: Node, reason: string): ExactMatchError {
  const { file, line, column, pointer } = locate(node);
  return new ExactMatchError(
    'SPEC_SCHEMA_INVALID',
    `Failed to compile the schema at ${file}:${line}:${column} (${pointer || '/'}): ${reason}.`,
  );
}

function isPattern(value: Json): boolean {
  if (typeof value !== 'string') return false;
  try {
    regularExpression(value);
    return true;
  } catch {
    return false;
  }
}
