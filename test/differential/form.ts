import fc from 'fast-check';
import { typed } from './body.ts';
import { type Keywords, leaves, textOf, type Version } from './leaf.ts';
import type { Part, Piece } from './part.ts';

/** A body as HTML forms send it. */
export function formPart(version: Version): fc.Arbitrary<Part> {
  const leaf = leaves(version);
  const encodings = fc.constantFrom<Keywords | undefined>(
    undefined,
    undefined,
    { style: 'form' },
    { style: 'form', explode: false },
    { style: 'spaceDelimited', explode: false },
    { style: 'pipeDelimited', explode: false },
  );
  return fc
    .record({
      one: leaf,
      two: leaf,
      encoding: encodings,
      deep: fc.boolean(),
      isClosed: fc.boolean(),
      isOneEncoded: fc.boolean(),
    })
    .map(({ one, two, encoding, deep, isClosed, isOneEncoded }) => {
      const schema = {
        type: 'object',
        required: ['one'],
        properties: {
          one: one.schema,
          list: { type: 'array', items: two.schema, maxItems: 3 },
          deep: { type: 'object', properties: { x: { type: 'integer' } } },
        },
        ...(isClosed ? { additionalProperties: false } : {}),
      };
      const encodingOf = {
        ...(encoding ? { list: encoding } : {}),
        ...(deep ? { deep: { style: 'deepObject', explode: true } } : {}),
        ...(isOneEncoded ? { one: { style: 'form' } } : {}),
      };
      const [first = ''] = one.good.map(textOf);
      const head = `one=${encoded(first)}`;
      const items = two.good
        .map(textOf)
        .filter((text) => encoding?.['style'] !== 'spaceDelimited' || !text.includes(' '));
      const [item = ''] = items;
      const lists = [[item], [item, item]].filter(() => items.length > 0);
      const more = (text: string) => sent(`${head}&${text}`);
      return {
        operation: {
          requestBody: {
            required: true,
            content: {
              [FORM]: {
                schema,
                ...(Object.keys(encodingOf).length > 0 ? { encoding: encodingOf } : {}),
              },
            },
          },
        },
        valid: [
          ...one.good.map((value) => sent(`one=${encoded(textOf(value))}`)),
          ...lists.map((list) => more(written(list, encoding))),
          more(deep ? 'deep%5Bx%5D=5' : 'deep=%7B%22x%22%3A5%7D'),
          ...(isClosed ? [] : [more('other=text')]),
        ],
        mistakes: [
          sent('list=5'),
          ...one.badTexts.map((text) => sent(`one=${encoded(text)}`)),
          ...two.badTexts.map((text) => more(written([text], encoding))),
          more(written([item, item, item, item], encoding)),
          more(deep ? 'deep%5Bx%5D=y' : 'deep=%7B%22x%22%3A%22y%22%7D'),
          more('one=5&one=5'),
          more('list=%zz'),
          ...(isClosed ? [more('other=text')] : []),
        ],
        odd: [
          ...one.oddTexts.map((text) => sent(`one=${encoded(text)}`)),
          more('list='),
          more(`list=${encoded(`${item},${item}`)}`),
          more('deep='),
          more('ONE=5'),
          sent(''),
          sent('one'),
          typed('text/plain', head),
        ],
      };
    });
}

const FORM = 'application/x-www-form-urlencoded';

function sent(body: string): Piece {
  return typed(FORM, body);
}

function written(items: readonly string[], encoding: Keywords | undefined): string {
  if (encoding?.['explode'] !== false)
    return items.map((item) => `list=${encoded(item)}`).join('&');
  const delimiters = new Map<unknown, string>([
    ['form', ','],
    ['spaceDelimited', '%20'],
    ['pipeDelimited', '%7C'],
  ]);
  return `list=${items.map(encoded).join(delimiters.get(encoding['style']))}`;
}

/** Forms write a space as "+". */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}
