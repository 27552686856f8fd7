import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brief, findingsOf } from './parameter.ts';
import { type Primitive, type Style, serialize, type Value } from './parameter-serializer.ts';

const BOTH = [false, true];

/** Every style in every place that OpenAPI 3.1.1 allows it in. */
const STYLES: readonly Style[] = [
  ...BOTH.flatMap((explode) =>
    ['matrix', 'label', 'simple'].map((style) => ({ in: 'path' as const, style, explode })),
  ),
  ...BOTH.map((explode) => ({ in: 'header' as const, style: 'simple', explode })),
  ...BOTH.map((explode) => ({ in: 'query' as const, style: 'form', explode })),
  ...BOTH.map((explode) => ({ in: 'cookie' as const, style: 'form', explode })),
  { in: 'query', style: 'spaceDelimited', explode: false },
  { in: 'query', style: 'pipeDelimited', explode: false },
  { in: 'query', style: 'deepObject', explode: true },
];

const properties = {
  text: { type: 'string' },
  count: { type: 'integer' },
  flag: { type: 'boolean' },
  share: { type: 'number' },
};

function parameter(style: Style, schema: object): object {
  return { ...style, name: style.in === 'header' ? 'X-H' : 'color', required: true, schema };
}

function nameOf(style: Style): string {
  return style.in === 'header' ? 'X-H' : 'color';
}

/** Texts that the style can carry: nothing is encoded in a header, and some delimiters never are. */
function texts(style: Style): fc.Arbitrary<string> {
  if (style.in === 'header') {
    return fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !/[,=]/.test(text));
  }
  const all = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
  if (style.style === 'spaceDelimited') return all.filter((text) => !text.includes(' '));
  return style.style === 'pipeDelimited' ? all.filter((text) => !text.includes('|')) : all;
}

const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);

function takes(style: Style, kind: 'primitive' | 'array' | 'object'): boolean {
  if (style.style === 'deepObject') return kind === 'object';
  return kind !== 'primitive' || !style.style.endsWith('Delimited');
}

async function roundTrip(style: Style, schema: object, value: Value): Promise<void> {
  const list = [parameter(style, { ...schema, const: value })];
  expect(brief(await findingsOf(list, { [style.in]: serialize(style, value) }))).toEqual([]);
}

const runs = { numRuns: 60 };

test.for(STYLES.filter((style) => takes(style, 'primitive')))(
  'takes every value that $style writes in $in, explode $explode',
  async (style) => {
    const primitives = fc.oneof(
      texts(style).map((value) => ({ type: 'string', value })),
      fc.integer().map((value) => ({ type: 'integer', value })),
      numbers.map((value) => ({ type: 'number', value })),
      fc.boolean().map((value) => ({ type: 'boolean', value })),
    );
    const property = fc.asyncProperty(primitives, ({ type, value }) =>
      roundTrip(style, { type }, value),
    );
    await fc.assert(property, runs);
  },
);

test.for(STYLES.filter((style) => takes(style, 'array')))(
  'takes every list that $style writes in $in, explode $explode',
  async (style) => {
    const lists = fc.oneof(
      fc.array(texts(style), { minLength: 1 }).map((value) => ({ type: 'string', value })),
      fc.array(fc.integer(), { minLength: 1 }).map((value) => ({ type: 'integer', value })),
    );
    const property = fc.asyncProperty(lists, ({ type, value }) =>
      roundTrip(style, { type: 'array', items: { type } }, value),
    );
    await fc.assert(property, runs);
  },
);

test.for(STYLES)(
  'takes every object that $style writes in $in, explode $explode',
  async (style) => {
    const members = {
      text: texts(style),
      count: fc.integer(),
      flag: fc.boolean(),
      share: numbers,
    };
    const objects = fc
      .record(members, { requiredKeys: [] })
      .filter((value) => Object.keys(value).length > 0)
      .map((value) => ({ ...value }) as Record<string, Primitive>);
    const property = fc.asyncProperty(objects, (value) =>
      roundTrip(style, { type: 'object', properties }, value),
    );
    await fc.assert(property, runs);
  },
);

test.for(STYLES)('finds one wrong value in $style in $in, explode $explode', async (style) => {
  const wrong = texts(style).filter((text) => Number.isNaN(Number(text)));
  const name = nameOf(style);
  const code = `request.${style.in}.type`;
  const judge = async (schema: object, value: Value, at: string, actual: string) => {
    const findings = await findingsOf([parameter(style, schema)], {
      [style.in]: serialize(style, value),
    });
    expect(findings).toMatchObject([{ code, at, actual }]);
  };
  const property = fc.asyncProperty(wrong, fc.array(fc.integer()), async (text, rest) => {
    if (takes(style, 'primitive')) await judge({ type: 'integer' }, text, name, text);
    if (takes(style, 'array')) {
      const schema = { type: 'array', items: { type: 'integer' } };
      await judge(schema, [...rest, text, ...rest], `${name}/${rest.length}`, text);
    }
    const schema = { type: 'object', properties };
    await judge(schema, { text, count: text, flag: true }, `${name}/count`, text);
  });
  await fc.assert(property, runs);
});
