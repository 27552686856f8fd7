import fc from 'fast-check';
import { type Keywords, leaves, type Version } from './leaf.ts';
import type { Made } from './made.ts';
import { newerSchemas } from './newer-schema.ts';

/** The schemas that documents have under `components`, whatever they use of them. */
export const SCHEMAS: Keywords = {
  Item: {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'integer' }, name: { type: 'string', maxLength: 5 } },
  },
  Cat: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
  },
  Dog: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, barks: { type: 'boolean' } },
  },
  Pet: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind' },
  },
  Tree: {
    type: 'object',
    required: ['value'],
    properties: {
      value: { type: 'integer' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
    },
  },
};

const NAMES = ['name', 'a/b', '~', 'Size', 'é', 'id', 'x-1', 'tags', 'count', 'toString'];

/** Schemas of a few levels, in the keywords of a version. */
export function bodySchemas(version: Version): fc.Arbitrary<Made> {
  return fc.letrec<{ made: Made }>((tie) => ({
    made: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(leafs(version), named()),
      objects(tie('made')),
      lists(tie('made')),
      alternatives(tie('made')),
      split(tie('made')),
      version === '3.1' ? newerSchemas(tie('made')) : objects(tie('made')),
    ),
  })).made;
}

function leafs(version: Version): fc.Arbitrary<Made> {
  return leaves(version).chain(({ schema, good, bad }) =>
    fc.constantFrom(...good).map((value) => ({ schema, good: value, bad })),
  );
}

function named(): fc.Arbitrary<Made> {
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const item = {
    schema: reference('Item'),
    good: { id: 1, name: 'abc' },
    bad: [{}, { id: '1' }, { id: 1, name: 'abcdef' }],
  };
  const tree = {
    schema: reference('Tree'),
    good: { value: 1, children: [{ value: 2, children: [] }] },
    bad: [
      { value: 1, children: [{}] },
      { value: 1, children: [{ value: 'x' }] },
    ],
  };
  const pet = {
    schema: reference('Pet'),
    good: { kind: 'Cat', lives: 9 },
    bad: [{ kind: 'Cow' }, { kind: 'Cat', lives: 'nine' }, { lives: 9 }],
  };
  return fc.constantFrom<Made>(item, item, item, tree, tree, pet);
}

function objects(inner: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  const members = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), inner, fc.boolean()), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 3,
  });
  const rest = fc.constantFrom('open', 'closed', 'typed', 'few');
  return fc.tuple(members, rest, fc.boolean()).map(([list, others, hasReadOnly]) => {
    const good = Object.fromEntries(list.map(([name, made]) => [name, made.good]));
    const needed = list.filter(([, , isRequired]) => isRequired).map(([name]) => name);
    const readOnly = hasReadOnly ? { etag: { type: 'string', readOnly: true } } : {};
    const extra = { ...good, extra: 'text' };
    return {
      schema: {
        type: 'object',
        properties: {
          ...Object.fromEntries(list.map(([name, made]) => [name, made.schema])),
          ...readOnly,
        },
        required: [...needed, ...(hasReadOnly ? ['etag'] : [])],
        ...(others === 'closed' ? { additionalProperties: false } : {}),
        ...(others === 'typed' ? { additionalProperties: { type: 'integer' } } : {}),
        ...(others === 'few' ? { maxProperties: list.length } : {}),
      },
      good,
      bad: [
        [],
        'text',
        ...(others === 'open' ? [] : [extra]),
        ...(hasReadOnly ? [{ ...good, etag: 'text' }] : []),
        ...needed.map((left) => without(good, left)),
        ...list.flatMap(([name, made]) => made.bad.map((value) => ({ ...good, [name]: value }))),
      ],
    };
  });
}

function without(value: Keywords, left: string): Keywords {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== left));
}

function lists(inner: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  return inner.map(({ schema, good, bad }) => ({
    schema: { type: 'array', items: schema, minItems: 1, maxItems: 3 },
    good: [good, good],
    bad: [[], {}, [good, good, good, good], ...bad.map((value) => [good, value])],
  }));
}

/** Two alternatives that differ in one member. */
function alternatives(inner: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  const keywords = fc.constantFrom('oneOf', 'anyOf');
  return fc.tuple(inner, inner, keywords).map(([one, two, keyword]) => {
    const part = (kind: string, { schema }: Made) => ({
      type: 'object',
      required: ['kind', 'value'],
      properties: { kind: { type: 'string', enum: [kind] }, value: schema },
    });
    return {
      schema: { [keyword]: [part('one', one), part('two', two)] },
      good: { kind: 'two', value: two.good },
      bad: [
        { kind: 'three', value: two.good },
        { kind: 'one' },
        ...one.bad.map((value) => ({ kind: 'one', value })),
        ...two.bad.map((value) => ({ kind: 'two', value })),
      ],
    };
  });
}

/** One schema in two parts. */
function split(inner: fc.Arbitrary<Made>): fc.Arbitrary<Made> {
  const closed = fc.constantFrom<Keywords>({}, { additionalProperties: false });
  const both = inner.map(({ schema, good, bad }) => ({
    schema: { allOf: [schema, {}] },
    good,
    bad,
  }));
  return fc.oneof(
    both,
    both,
    fc.tuple(inner, closed).map(([{ schema, good, bad }, rest]) => ({
      schema: {
        allOf: [
          { type: 'object', required: ['one'], properties: { one: schema }, ...rest },
          { type: 'object', properties: { two: { type: 'integer' } } },
        ],
      },
      good: { one: good },
      bad: [
        { two: 1 },
        { one: good, two: 'x' },
        ...bad.map((value) => ({ one: value })),
        ...('additionalProperties' in rest ? [{ one: good, two: 1 }] : []),
      ],
    })),
    fc.constant({
      schema: { type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] },
      good: 'xaxb',
      bad: ['a', 'b', 5],
    }),
    inner
      .filter(({ schema }) => typeof schema === 'object')
      .map(({ good, bad }) => ({
        schema: { type: 'array', items: { not: { type: 'boolean' } }, uniqueItems: true },
        good: typeof good === 'boolean' ? [] : [good],
        bad: [[true], [bad[0], bad[0]]],
      })),
  );
}
