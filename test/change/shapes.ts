import fc from 'fast-check';
import type { Part } from './row.ts';

/** Few names and texts, so that schemas, their edits and values meet. */
const NAMES = ['a', 'b', 'c', 'kind'];
const names = fc.constantFrom(...NAMES);
const texts = fc.constantFrom('a', 'b', 'ab', 'abc', '');

function some<T extends Record<string, fc.Arbitrary<unknown>>>(parts: T): fc.Arbitrary<Part> {
  return fc.record(parts, { requiredKeys: [] });
}

function typed(type: string, rest: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Part> {
  return some(rest).map((keywords) => ({ type, ...keywords }));
}

const rare = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const scalars: fc.Arbitrary<Part> = fc.oneof(
  typed('string', {
    minLength: fc.nat(2),
    maxLength: fc.integer({ min: 1, max: 4 }),
    pattern: rare(fc.constantFrom('^a', 'b$', '^[a-c]*$')),
    format: rare(fc.constantFrom('date', 'uuid', 'color')),
  }),
  fc.uniqueArray(texts, { minLength: 1 }).map((list) => ({ type: 'string', enum: list })),
  typed('integer', {
    minimum: fc.integer({ min: -1, max: 2 }),
    maximum: fc.integer({ min: 1, max: 5 }),
    exclusiveMinimum: rare(fc.integer({ min: -1, max: 1 })),
    multipleOf: rare(fc.constantFrom(1, 2)),
  }),
  typed('number', { minimum: fc.constantFrom(-0.5, 0, 1), multipleOf: rare(fc.constant(0.5)) }),
  fc.constantFrom({ type: 'boolean' }, { type: ['string', 'null'] }, { type: ['integer', 'null'] }),
  fc.constantFrom({}, { const: 'a' }, { const: 1 }, { enum: ['a', 1, null] }, { type: 'null' }),
);

/** Random schemas of the kind that documents have, with `$defs` that they refer to. */
export const shapes: fc.Arbitrary<Part> = (() => {
  const { part, object } = fc.letrec<{ part: Part; object: Part }>((tie) => ({
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 5, arbitrary: scalars },
      { weight: 3, arbitrary: tie('object') },
      { weight: 2, arbitrary: listOf(tie('part')) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('one', 'two').map((name) => ({ $ref: `#/$defs/${name}` })),
      },
      { weight: 2, arbitrary: unionOf(tie('part')) },
      {
        weight: 1,
        arbitrary: fc
          .array(tie('object'), { minLength: 1, maxLength: 2 })
          .map((allOf) => ({ allOf })),
      },
      { weight: 1, arbitrary: accessOf(tie('part')) },
    ),
    object: objectOf(tie('part')),
  }));
  return fc
    .record({ part: fc.oneof(object, object, part), one: part, two: object })
    .map(({ part: top, one, two }) => {
      // A definition that is only a reference could lead in a circle.
      const safe = (schema: Part) => ('$ref' in schema ? { type: 'string' } : schema);
      return {
        ...inPlaceOf(safe(top)),
        $defs: { one: inPlaceOf(safe(one)), two: inPlaceOf(safe(two)) },
      };
    });
})();

/** Alternatives that are references would let a schema apply itself to the same value. */
function inPlaceOf(schema: Part): Part {
  const copy = { ...schema };
  for (const list of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(copy[list])) {
      copy[list] = copy[list].map((one: Part) =>
        '$ref' in one ? { type: 'boolean' } : inPlaceOf(one),
      );
    }
  }
  return copy;
}

function objectOf(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc
    .record(
      {
        properties: fc.dictionary(names, part, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
        required: fc.uniqueArray(names, { maxLength: 2 }),
        additionalProperties: rare(fc.oneof(fc.constantFrom(false, true), part)),
        patternProperties: rare(
          fc.dictionary(fc.constantFrom('^a', '^k'), part, { maxKeys: 1, noNullPrototype: true }),
        ),
        minProperties: rare(fc.nat(2)),
        maxProperties: rare(fc.integer({ min: 1, max: 3 })),
        propertyNames: rare(fc.constant({ maxLength: 3 })),
        dependentRequired: rare(fc.constant({ a: ['b'] })),
      },
      { requiredKeys: ['properties'] },
    )
    .map((keywords) => {
      const own = Object.entries(keywords).filter(([, value]) => value !== undefined);
      return { type: 'object', ...Object.fromEntries(own) };
    });
}

function listOf(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return some({
    items: part,
    minItems: rare(fc.nat(2)),
    maxItems: rare(fc.integer({ min: 1, max: 3 })),
    uniqueItems: rare(fc.boolean()),
    prefixItems: rare(fc.array(part, { minLength: 1, maxLength: 2 })),
    contains: rare(part),
  }).map((keywords) => {
    const own = Object.entries(keywords).filter(([, value]) => value !== undefined);
    return { type: 'array', ...Object.fromEntries(own) };
  });
}

function unionOf(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  const list = fc.array(part, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    list.map((anyOf) => ({ anyOf })),
    list.map((oneOf) => ({ oneOf })),
    fc
      .tuple(part, part)
      .map(([one, other]) => ({ oneOf: [kindOf('cat', one), kindOf('dog', other)] })),
    part.map((not) => ({ type: ['object', 'string', 'integer'], not })),
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
    fc.tuple(part, part, part).map(([one, two, three]) => ({ if: one, then: two, else: three })),
  );
}

/** One of several objects that exclude each other. */
function kindOf(kind: string, member: Part): Part {
  return {
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: kind }, a: member },
  };
}

function accessOf(part: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc
    .tuple(part, fc.constantFrom({ readOnly: true }, { writeOnly: true }))
    .map(([schema, access]) => ({ ...schema, ...access }));
}
