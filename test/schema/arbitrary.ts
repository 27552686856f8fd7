import fc from 'fast-check';

type Keywords = Readonly<Record<string, unknown>>;
type SchemaArbitrary = fc.Arbitrary<Keywords | boolean>;

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];
/** Few names, so that schemas and values meet; some that objects have anyway, some that need escapes. */
const names = fc.constantFrom('a', 'b', 'c', 'a/b', '~', 'x-1', '', 'toString');
const PATTERNS = ['^a', 'b$', '^[a-c]*$', '^x-', '.', '^\\p{L}+$', '[/~]'];
const texts = fc.constantFrom('', 'a', 'b', 'ab', 'abc', 'x-1', '1', 'é', '😀', '😀😀');
const numbers = fc.constantFrom(-3, -1, 0, 1, 2, 3, 4, 6, 0.5, 2.5, 1e17, 1e21);
const counts = fc.integer({ min: 0, max: 3 });
const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

/** Values of the same few names, texts and numbers that the schemas speak of. */
export const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/**
 * Random schemas of JSON Schema 2020-12 with `$defs` that they refer to, in place and for values
 * inside; every schema can be judged, none applies itself to the same value.
 */
export function schemas(): fc.Arbitrary<Keywords> {
  const keywords = fc.letrec<{ part: Keywords | boolean; inner: Keywords | boolean }>((tie) => ({
    // Only a value inside may be judged by a `$ref`: no schema comes back to the same value.
    inner: fc.oneof(
      { weight: 5, arbitrary: tie('part') },
      { weight: 1, arbitrary: fc.constantFrom({ $ref: '#/$defs/one' }, { $ref: '#/$defs/two' }) },
    ),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.boolean(),
      combined([scalarKeywords()], 3),
      combined(
        [
          scalarKeywords(),
          arrayKeywords(tie('inner')),
          objectKeywords(tie('inner')),
          logicKeywords(tie('part')),
          unevaluated(tie('inner')),
        ],
        4,
      ),
    ),
  }));
  const reference = fc.constantFrom({}, {}, { $ref: '#/$defs/one' });
  return fc
    .record({ part: keywords.part, one: keywords.part, two: keywords.part, reference })
    .map(({ part, one, two, reference: extra }) => ({
      ...(typeof part === 'boolean' ? { allOf: [part] } : part),
      ...extra,
      $defs: { one, two },
    }));
}

/** One or some of several groups of keywords, joined. */
function combined(groups: readonly fc.Arbitrary<Keywords>[], most: number): fc.Arbitrary<Keywords> {
  return fc
    .array(fc.oneof(...groups), { maxLength: most })
    .map((parts) => Object.assign({}, ...parts) as Keywords);
}

function scalarKeywords(): fc.Arbitrary<Keywords> {
  const multiples = fc.constantFrom(1, 2, 3, 0.5, 0.1);
  return fc.oneof(
    fc.constantFrom(...TYPES).map((type) => ({ type })),
    fc.subarray(TYPES, { minLength: 1 }).map((type) => ({ type })),
    fc.uniqueArray(values, { maxLength: 4, selector: identity }).map((list) => ({ enum: list })),
    values.map((value) => ({ const: value })),
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name) =>
      numbers.map((limit) => ({ [name]: limit })),
    ),
    multiples.map((multipleOf) => ({ multipleOf })),
    ...['minLength', 'maxLength'].map((name) => counts.map((count) => ({ [name]: count }))),
    fc.constantFrom(...PATTERNS).map((pattern) => ({ pattern })),
    fc.constantFrom({ readOnly: true }, { writeOnly: true }),
  );
}

function arrayKeywords(inner: SchemaArbitrary): fc.Arbitrary<Keywords> {
  return fc.oneof(
    inner.map((items) => ({ items })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((prefixItems) => ({ prefixItems })),
    fc.record(
      { contains: inner, minContains: counts, maxContains: counts },
      { requiredKeys: ['contains'] },
    ),
    counts.map((minItems) => ({ minItems })),
    counts.map((maxItems) => ({ maxItems })),
    fc.boolean().map((uniqueItems) => ({ uniqueItems })),
  );
}

function objectKeywords(inner: SchemaArbitrary): fc.Arbitrary<Keywords> {
  const patterns = fc.constantFrom(...PATTERNS);
  const required = fc.uniqueArray(names, { maxLength: 2 });
  return fc.oneof(
    fc.dictionary(names, inner, { maxKeys: 3, noNullPrototype: true }).map(keyword('properties')),
    fc
      .dictionary(patterns, inner, { maxKeys: 2, noNullPrototype: true })
      .map(keyword('patternProperties')),
    required.map(keyword('required')),
    inner.map(keyword('additionalProperties')),
    inner.map(keyword('propertyNames')),
    counts.map(keyword('minProperties')),
    counts.map(keyword('maxProperties')),
    fc
      .dictionary(names, required, { maxKeys: 2, noNullPrototype: true })
      .map(keyword('dependentRequired')),
  );
}

function logicKeywords(part: SchemaArbitrary): fc.Arbitrary<Keywords> {
  const list = fc.array(part, { minLength: 1, maxLength: 3 });
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  const branches = { if: part, then: part, else: part };
  return fc.oneof(
    list.map(keyword('allOf')),
    list.map(keyword('anyOf')),
    list.map(keyword('oneOf')),
    part.map(keyword('not')),
    fc
      .dictionary(names, part, { maxKeys: 2, noNullPrototype: true })
      .map(keyword('dependentSchemas')),
    fc.record(branches, { requiredKeys: ['if'] }),
  );
}

function unevaluated(inner: SchemaArbitrary): fc.Arbitrary<Keywords> {
  return fc.oneof(
    inner.map(keyword('unevaluatedProperties')),
    inner.map(keyword('unevaluatedItems')),
  );
}

function keyword(name: string): (value: unknown) => Keywords {
  return (value) => ({ [name]: value });
}

function identity(value: unknown): string {
  return JSON.stringify(value);
}

/**
 * Tells whether plain Ajv judges a random schema as the specification does. It does not where the
 * conformance tests list it, nor do these work: an `enum` of nothing, decimal multiples, `contains`
 * behind `prefixItems`, and the name ''.
 */
export function isWithinAjv(schema: unknown): boolean {
  const text = JSON.stringify(schema);
  if (text.includes('"if"') && text.includes('"unevaluatedProperties"')) return false;
  // OpenAPI gives it a meaning that JSON Schema does not.
  if (text.includes('"writeOnly"')) return false;
  return judgesAlike(schema) && !/"toString"|[{[,]""[:,\]]/.test(text);
}

function judgesAlike(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if (Array.isArray(schema)) return schema.every(judgesAlike);
  const keywords = new Map(Object.entries(schema));
  const has = (...all: readonly string[]) => all.every((name) => keywords.has(name));
  if (has('unevaluatedItems') || has('prefixItems', 'contains')) return false;
  if (Array.isArray(keywords.get('enum')) && keywords.get('enum').length === 0) return false;
  if (has('multipleOf') && !Number.isInteger(keywords.get('multipleOf'))) return false;
  return [...keywords.values()].every(judgesAlike);
}
