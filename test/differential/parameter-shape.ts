import fc from 'fast-check';
import {
  dice,
  type Keywords,
  type Leaf,
  leaves,
  textOf,
  usualLeaves,
  type Version,
} from './leaf.ts';

/** What a parameter holds, in texts. */
export type Written = string | readonly string[] | Readonly<Record<string, string>>;

/** A schema of a parameter, and what to write for it. */
export interface Shape {
  readonly layout: 'primitive' | 'array' | 'object';
  readonly schema: Keywords;
  readonly good: readonly Written[];
  readonly bad: readonly Written[];
  readonly odd: readonly Written[];
}

/** The schemas of most parameters: of one value, or a list. */
export const usualShapes: fc.Arbitrary<Shape> = fc.oneof(
  usualLeaves.map(primitive),
  usualLeaves.map(list),
);

/** Schemas of any layout; names of members end in the number. */
export function shapes(version: Version, number: number): fc.Arbitrary<Shape> {
  const wrap = (shape: fc.Arbitrary<Shape>) =>
    fc.tuple(shape, dice(15), dice(15)).map(([made, isWrapped, isNullable]): Shape => {
      if (isWrapped) return { ...made, schema: { allOf: [made.schema] } };
      if (!isNullable || made.layout === 'primitive') return made;
      const type = made.schema['type'];
      const nullable = version === '3.0' ? { nullable: true } : { type: [type, 'null'] };
      return { ...made, schema: { ...made.schema, ...nullable } };
    });
  return fc.oneof(
    { weight: 6, arbitrary: wrap(leaves(version).map(primitive)) },
    { weight: 2, arbitrary: wrap(leaves(version).map(list)) },
    { weight: 2, arbitrary: wrap(objects(version, number)) },
  );
}

function primitive({ schema, good, badTexts, oddTexts: odd }: Leaf): Shape {
  return { layout: 'primitive', schema, good: good.map(textOf), bad: badTexts, odd };
}

function list({ schema, good, badTexts, oddTexts: odd }: Leaf): Shape {
  const [first = ''] = good.map(textOf);
  return {
    layout: 'array',
    schema: { type: 'array', items: schema, maxItems: 3 },
    good: [...good.map((value) => [textOf(value)]), good.slice(0, 3).map(textOf), [first, first]],
    bad: [
      [first, first, first, first],
      ...badTexts.flatMap((text) => [[text], [first, text], [text, first]]),
    ],
    odd: odd.map((text) => [first, text]),
  };
}

function objects(version: Version, number: number): fc.Arbitrary<Shape> {
  const closed = fc.constantFrom<Keywords>(
    {},
    {},
    { additionalProperties: false },
    { additionalProperties: { type: 'integer' } },
  );
  const names = fc.constantFrom(['x', 'y'], ['first', 'Second']);
  return fc
    .tuple(leaves(version), leaves(version), closed, names)
    .map(([one, two, rest, [a, b]]) => {
      const [x, y] = [`${a}${number}`, `${b}${number}`];
      const [first = ''] = one.good.map(textOf);
      const [second = ''] = two.good.map(textOf);
      const others = rest['additionalProperties'];
      const extra = { [x]: first, [`other${number}`]: 'text' };
      return {
        layout: 'object',
        schema: {
          type: 'object',
          required: [x],
          properties: { [x]: one.schema, [y]: two.schema },
          ...rest,
        },
        good: [
          { [x]: first },
          ...two.good.map((value) => ({ [x]: first, [y]: textOf(value) })),
          ...(others === undefined ? [extra] : []),
        ],
        bad: [
          { [y]: second },
          ...one.badTexts.map((text) => ({ [x]: text })),
          ...two.badTexts.map((text) => ({ [x]: first, [y]: text })),
          ...(others === undefined || others === false ? [] : [extra]),
        ],
        // Where names lie side by side, a closed object leaves a name of nobody alone.
        odd: [
          ...two.oddTexts.map((text) => ({ [x]: first, [y]: text })),
          ...(others === false ? [extra] : []),
        ],
      };
    });
}
