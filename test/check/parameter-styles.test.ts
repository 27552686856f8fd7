import { expect, test } from 'vitest';
import { brief, findingsOf, type Place } from './parameter.ts';

type Row = readonly [place: Place, style: string, explode: boolean, text: string, value: unknown];

const LIST = ['blue', 'black', 'brown'];
const RGB = { R: 100, G: 200, B: 150 };

/** A schema that takes this value and no other, so that no finding means: read as the table says. */
function only(value: unknown): object {
  if (Array.isArray(value)) return { type: 'array', items: { type: 'string' }, const: value };
  if (typeof value === 'string') return { type: 'string', const: value };
  const integer = { type: 'integer' };
  return { type: 'object', properties: { R: integer, G: integer, B: integer }, const: value };
}

function parameter([place, style, explode, , value]: Row): object {
  const name = place === 'header' ? 'X-H' : 'color';
  return { name, in: place, style, explode, required: true, schema: only(value) };
}

// https://spec.openapis.org/oas/v3.1.1#style-examples, row by row: empty, string, array, object.
const TABLE: readonly Row[] = [
  ['path', 'matrix', false, ';color', ''],
  ['path', 'matrix', false, ';color=blue', 'blue'],
  ['path', 'matrix', false, ';color=blue,black,brown', LIST],
  ['path', 'matrix', false, ';color=R,100,G,200,B,150', RGB],
  ['path', 'matrix', true, ';color', ''],
  ['path', 'matrix', true, ';color=blue', 'blue'],
  ['path', 'matrix', true, ';color=blue;color=black;color=brown', LIST],
  ['path', 'matrix', true, ';R=100;G=200;B=150', RGB],
  ['path', 'label', false, '.', ''],
  ['path', 'label', false, '.blue', 'blue'],
  ['path', 'label', false, '.blue,black,brown', LIST],
  ['path', 'label', false, '.R,100,G,200,B,150', RGB],
  ['path', 'label', true, '.', ''],
  ['path', 'label', true, '.blue', 'blue'],
  ['path', 'label', true, '.blue.black.brown', LIST],
  ['path', 'label', true, '.R=100.G=200.B=150', RGB],
  ['path', 'simple', false, 'blue', 'blue'],
  ['path', 'simple', false, 'blue,black,brown', LIST],
  ['path', 'simple', false, 'R,100,G,200,B,150', RGB],
  ['path', 'simple', true, 'blue', 'blue'],
  ['path', 'simple', true, 'blue,black,brown', LIST],
  ['path', 'simple', true, 'R=100,G=200,B=150', RGB],
  ['header', 'simple', false, '', ''],
  ['header', 'simple', false, 'blue', 'blue'],
  ['header', 'simple', false, 'blue,black,brown', LIST],
  ['header', 'simple', false, 'R,100,G,200,B,150', RGB],
  ['header', 'simple', true, '', ''],
  ['header', 'simple', true, 'blue', 'blue'],
  ['header', 'simple', true, 'blue,black,brown', LIST],
  ['header', 'simple', true, 'R=100,G=200,B=150', RGB],
  ['query', 'form', false, 'color=', ''],
  ['query', 'form', false, 'color=blue', 'blue'],
  ['query', 'form', false, 'color=blue,black,brown', LIST],
  ['query', 'form', false, 'color=R,100,G,200,B,150', RGB],
  ['query', 'form', true, 'color=', ''],
  ['query', 'form', true, 'color=blue', 'blue'],
  ['query', 'form', true, 'color=blue&color=black&color=brown', LIST],
  ['query', 'form', true, 'R=100&G=200&B=150', RGB],
  ['cookie', 'form', false, 'color=', ''],
  ['cookie', 'form', false, 'color=blue', 'blue'],
  ['cookie', 'form', false, 'color=blue,black,brown', LIST],
  ['cookie', 'form', false, 'color=R,100,G,200,B,150', RGB],
  ['cookie', 'form', true, 'color=', ''],
  ['cookie', 'form', true, 'color=blue', 'blue'],
  // The table's `&` is a query's: in a header `Cookie` pairs are set apart by `; ` (RFC 6265).
  ['cookie', 'form', true, 'color=blue; color=black; color=brown', LIST],
  ['cookie', 'form', true, 'R=100; G=200; B=150', RGB],
  ['query', 'spaceDelimited', false, 'color=blue%20black%20brown', LIST],
  ['query', 'spaceDelimited', false, 'color=R%20100%20G%20200%20B%20150', RGB],
  ['query', 'pipeDelimited', false, 'color=blue%7Cblack%7Cbrown', LIST],
  ['query', 'pipeDelimited', false, 'color=R%7C100%7CG%7C200%7CB%7C150', RGB],
  ['query', 'deepObject', true, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150', RGB],
];

/** What clients send beside the table's own writing, to the same effect. */
const VARIANTS: readonly Row[] = [
  ['path', 'matrix', false, ';color=', ''],
  ['path', 'matrix', true, ';%63olor=blue', 'blue'],
  ['path', 'simple', false, 'blue,%62lack,brown', LIST],
  ['path', 'simple', false, 'a%2Cb,c', ['a,b', 'c']],
  ['path', 'label', true, '.a%2C.b', ['a,', 'b']],
  ['path', 'simple', true, 'R=100,G=200,B=%3150', RGB],
  ['path', 'simple', false, 'a+b', 'a+b'],
  ['header', 'simple', false, 'blue, black ,\tbrown', LIST],
  ['header', 'simple', true, 'R=100, G=200, B=150', RGB],
  ['header', 'simple', false, '100%', '100%'],
  ['header', 'simple', false, 'a%20b', 'a%20b'],
  ['query', 'form', false, 'color=a%2Cb,c', ['a,b', 'c']],
  // By RFC 6570 part of an item; most clients encode commas that separate as well.
  ['query', 'form', false, 'color=blue%2Cblack%2cbrown', LIST],
  ['query', 'form', false, 'color=blue%2Cblack,brown', LIST],
  ['query', 'form', false, 'color=a+b%20c', 'a b c'],
  ['query', 'form', false, 'color', ''],
  ['query', 'form', true, 'color=blue', ['blue']],
  ['query', 'form', true, 'color=blue,black', ['blue,black']],
  ['query', 'form', true, 'color=', ['']],
  ['query', 'form', true, 'color=a=b', 'a=b'],
  ['query', 'form', true, '&color=blue&&x=1&', 'blue'],
  ['query', 'form', false, 'color=', []],
  ['query', 'spaceDelimited', false, 'color=blue+black+brown', LIST],
  ['query', 'spaceDelimited', false, 'color=blue black brown', LIST],
  ['query', 'spaceDelimited', true, 'color=blue&color=black&color=brown', LIST],
  ['query', 'pipeDelimited', false, 'color=blue|black%7cbrown', LIST],
  ['query', 'pipeDelimited', true, 'color=blue&color=black&color=brown', LIST],
  ['query', 'deepObject', true, 'color[R]=100&color[G]=200&x[R]=9&color[B]=150', RGB],
  ['query', 'deepObject', false, 'color[R]=100&color[G]=200&color[B]=150', RGB],
  ['cookie', 'form', true, 'other=1;color=100%; last', '100%'],
  ['cookie', 'form', false, 'color=%62lue', 'blue'],
];

test.for([...TABLE, ...VARIANTS])('reads in %s, %s, explode %s: %s', async (row) => {
  const [place, , , text] = row;
  expect(brief(await findingsOf([parameter(row)], { [place]: text }))).toEqual([]);
});

test.for<[style: string, explode: boolean, text: string, value: unknown]>([
  ['form', true, 'color=blue', ['blue']],
  ['form', false, 'color=blue,black', ['blue', 'black']],
  ['pipeDelimited', false, 'color=blue|black', ['blue', 'black']],
  ['form', true, 'color=', null],
  ['form', false, 'color=null', null],
])('reads a list that may be null in %s, explode %s: %s', async ([style, explode, text, value]) => {
  const schema = { type: ['array', 'null'], items: { type: 'string' }, const: value };
  const findings = await findingsOf([{ name: 'color', in: 'query', style, explode, schema }], {
    query: text,
  });
  expect(brief(findings)).toEqual([]);
});

// The same texts must not be read as something else: each value of the table but its own is refused.
test.for(TABLE)('takes %s, %s, explode %s, %s for nothing else', async (row) => {
  const [place, style, explode, text, value] = row;
  const isObject = value === RGB;
  const other = isObject ? { ...RGB, B: 151 } : Array.isArray(value) ? ['blue', 'black'] : 'red';
  const findings = await findingsOf([parameter([place, style, explode, text, other])], {
    [place]: text,
  });
  const at = place === 'header' ? 'X-H' : 'color';
  expect(findings).toMatchObject([{ code: `request.${place}.enum`, at, actual: value }]);
});

test.for<[style: string, explode: boolean, type: string, text: string, message: string]>([
  ['matrix', false, 'string', 'blue', 'must begin with ";color" (style matrix), got "blue".'],
  ['matrix', false, 'array', ';red=a', 'must begin with ";color" (style matrix), got ";red=a".'],
  ['matrix', false, 'array', ';color=a;color=b', 'is given twice: it takes one value.'],
  ['matrix', true, 'array', ';color=a;red=b', 'must begin with ";color" (style matrix)'],
  ['matrix', true, 'object', 'R=1', 'must begin with ";" (style matrix), got "R=1".'],
  ['matrix', true, 'object', ';R=1;R=2', 'has "R" twice.'],
  ['matrix', false, 'object', ';color=R', 'names and values in turn, and "R" has no value.'],
  ['label', false, 'string', 'blue', 'must begin with "." (style label), got "blue".'],
  ['label', true, 'object', '.R', 'must be written as name=value, and "R" has no "=".'],
  ['label', false, 'object', '.R,1,G', 'must have names and values in turn, and "G" has no value.'],
  ['simple', false, 'object', 'R', 'must have names and values in turn, and "R" has no value.'],
  ['simple', false, 'object', 'R,1,R,2', 'has "R" twice.'],
  ['simple', true, 'object', 'R=1,G', 'must be written as name=value, and "G" has no "=".'],
])('refuses in the path, %s, explode %s, %s: %s', async ([style, explode, type, text, message]) => {
  const color = { name: 'color', in: 'path', style, explode, required: true, schema: { type } };
  expect(await findingsOf([color], { path: text })).toMatchObject([
    { code: 'request.path.malformed', at: 'color', message: expect.stringContaining(message) },
  ]);
});

test.for<[style: string, explode: boolean, type: string, text: string, message: string]>([
  ['form', false, 'string', 'color=a&color=b', 'is given twice: it takes one value.'],
  ['form', true, 'string', 'color=a&color=b', 'is given twice: it takes one value.'],
  ['form', false, 'array', 'color=a&color=b', 'is given twice: all its items travel in one value.'],
  ['form', false, 'object', 'color=R,1,G', 'must have names and values in turn'],
  ['form', false, 'string', 'color=%zz', 'has "%zz", which is no percent-encoding.'],
  ['form', true, 'array', 'color=a&color=%', 'has "%", which is no percent-encoding.'],
  ['form', true, 'string', 'color=%ff', 'is not percent-encoded UTF-8: "%ff".'],
  ['form', false, 'object', 'color=%zz,1', 'has "%zz", which is no percent-encoding.'],
  ['form', false, 'object', 'color=R,%f', 'has "%f", which is no percent-encoding.'],
  ['form', true, 'object', 'R=%zz', 'has "%zz", which is no percent-encoding.'],
  ['pipeDelimited', false, 'object', 'color=R|1|G', 'must have names and values in turn'],
  ['spaceDelimited', false, 'array', 'color=a&color=b', 'is given twice'],
  ['deepObject', true, 'object', 'color=R,1', 'must be written as color[property]=value'],
  ['deepObject', true, 'object', 'color[R=1', 'cannot be read: "color[R" has brackets that do not'],
  ['deepObject', true, 'object', 'color[R]x=1', '"color[R]x" has brackets that do not match.'],
  ['deepObject', true, 'object', 'color[R]=%zz', 'has "%zz", which is no percent-encoding.'],
  ['deepObject', true, 'object', 'color[R]=1&color[R][x]=1', '"color[R][x]" contradicts another'],
  ['deepObject', true, 'object', 'color[R][x]=1&color[R]=1', '"color[R]" contradicts another'],
  ['deepObject', true, 'object', `color${'[a]'.repeat(65)}=1`, 'is nested deeper than 64 levels.'],
])(
  'refuses in the query, %s, explode %s, %s: %s',
  async ([style, explode, type, text, message]) => {
    const schema = { type, ...(type === 'object' ? { properties: { R: {} } } : {}) };
    const color = { name: 'color', in: 'query', style, explode, schema };
    expect(await findingsOf([color], { query: text })).toMatchObject([
      { code: 'request.query.malformed', at: 'color', message: expect.stringContaining(message) },
    ]);
  },
);
