import type { Judged, KnownDifference, Reason } from './difference.ts';
import type { Keywords } from './leaf.ts';
import { bodyExample, isAround, ofSchema, placeOf, problemOf, rootsOf } from './schema-reason.ts';
import { schemaOf, tokensOf, within } from './schema-walk.ts';

/** Tells whether the Ajv that Prism has refuses to compile a schema. */
function isRefused(schema: Keywords): boolean {
  const { nullable, type, pattern, enum: values } = schema;
  if (nullable !== undefined && type === undefined) return true;
  // Prism adds a second null, and Ajv wants no value twice.
  if (nullable === true && Array.isArray(values) && values.includes(null)) return true;
  return typeof pattern === 'string' && !isUnicodePattern(pattern);
}

function isUnicodePattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function hasRefused(reason: Reason, judged: Judged): boolean {
  return rootsOf(reason, judged).some((root) => within(judged.document, root).some(isRefused));
}

function isMergedBadly({ allOf }: Keywords): boolean {
  if (!Array.isArray(allOf)) return false;
  const parts = allOf.map(schemaOf);
  const isClosed = parts.some(({ additionalProperties }) => additionalProperties === false);
  return isClosed || parts.filter(({ pattern }) => pattern !== undefined).length > 1;
}

const v30 = { openapi: '3.0.3' };
const integer = { type: 'integer' };
const components = {
  schemas: {
    Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: integer } },
    Dog: { type: 'object', properties: { kind: { type: 'string' }, barks: { type: 'boolean' } } },
    Pet: {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind' },
    },
  },
};
const pet = { $ref: '#/components/schemas/Pet' };

/** How stock Prism puts schemas together otherwise. */
export const KNOWN_IN_SCHEMAS: readonly KnownDifference[] = [
  {
    id: 'schemas that are not compiled',
    reason:
      '`nullable` without `type` says nothing and beside an `enum` with null what it means (OpenAPI 3.0.4, Schema Object), and a pattern need not be one of Unicode mode (JSON Schema 2020-12, 6.4: should); Prism can compile neither, and then lets every value pass.',
    explains: (reason, judged) => reason.kind === 'finding' && hasRefused(reason, judged),
    examples: [
      bodyExample({ nullable: true, minLength: 2 }, 'a', 'accepted', ['request.body.length'], v30),
      bodyExample(
        { type: 'string', nullable: true, enum: ['a', null] },
        5,
        'accepted',
        ['request.body.type'],
        v30,
      ),
      bodyExample({ type: 'string', pattern: '^[\\w-.]+$' }, '!', 'accepted', [
        'request.body.pattern',
      ]),
    ],
  },
  {
    id: 'parts of allOf are merged',
    reason:
      'The parts of `allOf` judge a value one by one (JSON Schema 2020-12, 10.2.1.1); Prism merges them, whereby `additionalProperties` learns the names of its neighbours and two patterns must begin at the same place.',
    explains: (reason, judged) => {
      if (placeOf(reason) !== 'body') return false;
      if (reason.kind === 'violation' && reason.violation.message.includes('(?=')) return true;
      if (ofSchema({ has: isMergedBadly })(reason, judged)) return true;
      if (reason.kind !== 'finding' || problemOf(reason) !== 'unknown') return false;
      return tokensOf(reason.finding.spec.pointer).includes('allOf');
    },
    examples: [
      bodyExample(
        {
          allOf: [
            { properties: { a: {} }, additionalProperties: false },
            { properties: { b: {} } },
          ],
        },
        { b: 1 },
        'accepted',
        ['request.body.unknown'],
      ),
      bodyExample(
        { type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] },
        'ab',
        'rejected',
      ),
    ],
  },
  {
    id: 'keywords beside a reference',
    reason:
      'Beside a `$ref` other keywords judge the value as well (JSON Schema 2020-12, 8.2.3.1), and in OpenAPI 3.0 they are ignored (3.0.4, Reference Object); Prism has them replace those of what is referred to, or drops them where it has met that before.',
    explains: (reason, judged) =>
      isAround(reason, judged, (schema) => '$ref' in schema && Object.keys(schema).length > 1),
    examples: [
      bodyExample(
        { $ref: '#/components/schemas/Cat', properties: {} },
        { lives: 'x' },
        'accepted',
        ['request.body.type'],
        { document: { components } },
      ),
      bodyExample(
        { $ref: '#/components/schemas/Cat', maxProperties: 0 },
        { lives: 1 },
        'rejected',
        [],
        { ...v30, document: { components } },
      ),
    ],
  },
  {
    id: 'discriminators',
    reason:
      'The value of a `discriminator` says which schema judges (OpenAPI 3.1.1, Discriminator Object); Prism has all of them judge, and none or two of them may agree.',
    explains: (reason, judged) => {
      const has = (schema: Keywords) => 'discriminator' in schema;
      if (reason.kind === 'finding' && isAround(reason, judged, has)) return true;
      return ofSchema({ has })(reason, judged);
    },
    examples: [
      bodyExample(pet, { kind: 'Cat', lives: 'x' }, 'accepted', ['request.body.type'], {
        document: { components },
      }),
      bodyExample(pet, { kind: 'Cat', lives: 9 }, 'rejected', [], { document: { components } }),
      bodyExample(pet, { kind: 'Cow', lives: 'x' }, 'accepted', ['request.body.discriminator'], {
        document: { components },
      }),
    ],
  },
  {
    id: 'a dialect that Prism does not have',
    reason:
      'The base dialect of OpenAPI is what 3.1 schemas are of anyway (OpenAPI 3.1.1, Schema Object); Prism cannot compile a schema that names it, and then lets every value pass.',
    explains: (reason, { document }) =>
      reason.kind === 'finding' && 'jsonSchemaDialect' in document,
    examples: [
      bodyExample(integer, 'x', 'accepted', ['request.body.type'], {
        document: { jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base' },
      }),
    ],
  },
];
