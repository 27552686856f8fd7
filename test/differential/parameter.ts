import fc from 'fast-check';
import type { Place } from '../check/parameter.ts';
import { type Style, serialize } from '../check/parameter-serializer.ts';
import { dice, type Version } from './leaf.ts';
import { type Shape, shapes, usualShapes, type Written } from './parameter-shape.ts';
import type { Part, Piece } from './part.ts';

const BOTH = [true, false];
/** Every style in every place that OpenAPI 3.1.1 allows it in, and two that only 3.0 speaks of. */
const STYLES: readonly Omit<Style, 'name'>[] = [
  ...BOTH.flatMap((explode) => [
    ...['matrix', 'label', 'simple'].map((style) => ({ in: 'path' as const, style, explode })),
    { in: 'header', style: 'simple', explode } as const,
    { in: 'query', style: 'form', explode } as const,
    { in: 'query', style: 'form', explode } as const,
    { in: 'cookie', style: 'form', explode } as const,
    { in: 'query', style: 'spaceDelimited', explode } as const,
    { in: 'query', style: 'pipeDelimited', explode } as const,
  ]),
  { in: 'query', style: 'deepObject', explode: true },
];

/** Those that most documents use. */
const USUAL: readonly Omit<Style, 'name'>[] = [
  { in: 'path', style: 'simple', explode: false },
  { in: 'query', style: 'form', explode: true },
  { in: 'header', style: 'simple', explode: false },
];

const NAMES: Readonly<Record<Place, readonly string[]>> = {
  path: ['id', 'itemId', 'Key'],
  query: ['q', 'Limit', 'sort_by', '$top', 'a-b'],
  header: ['X-Trace', 'x-list', 'If-Match'],
  cookie: ['session', 'Theme'],
};

/** A parameter as most documents have it. */
export function usualParameterPart(number: number): fc.Arbitrary<Part> {
  return fc
    .record({
      style: fc.constantFrom(...USUAL).map((style) => ({ ...style, name: `name${number}` })),
      shape: usualShapes,
      required: fc.boolean(),
    })
    .filter(({ style, shape }) => shape.layout === 'primitive' || style.in === 'query')
    .map((choice) =>
      part({ ...choice, says: { style: false, explode: true }, allowEmptyValue: false }),
    );
}

/** A parameter of any place, style and schema; its name ends in the number, so that no two are alike. */
export function parameterPart(version: Version, number: number): fc.Arbitrary<Part> {
  return fc.constantFrom(...STYLES).chain((style) =>
    fc
      .record({
        style: fc
          .constantFrom(...NAMES[style.in])
          .map((name) => ({ ...style, name: name + number })),
        shape: shapes(version, number).filter((shape) => carries(style, shape)),
        required: fc.boolean(),
        says: fc.record({ style: fc.boolean(), explode: dice(4).map((isOmitted) => !isOmitted) }),
        json: dice(15),
        allowEmptyValue: dice(10),
      })
      .map(({ json, ...choice }) => (json ? jsonPart(choice) : part(choice))),
  );
}

interface Choice {
  readonly style: Style & { readonly name: string };
  readonly shape: Shape;
  readonly required: boolean;
  readonly says: { readonly style: boolean; readonly explode: boolean };
  readonly allowEmptyValue: boolean;
}

function part({ style, shape, required, says, allowEmptyValue }: Choice): Part {
  const isDefault =
    style.style === (style.in === 'path' || style.in === 'header' ? 'simple' : 'form');
  const canOmit = style.explode === (style.style === 'form');
  const isRequired = required || style.in === 'path';
  const parameter = {
    name: style.name,
    in: style.in,
    ...(isRequired ? { required: true } : {}),
    ...(isDefault && !says.style ? {} : { style: style.style }),
    ...(canOmit && !says.explode ? {} : { explode: style.explode }),
    ...(allowEmptyValue && style.in === 'query' ? { allowEmptyValue } : {}),
    schema: shape.schema,
  };
  // Exploded, a delimited list is written as one of the style `form`.
  const written =
    style.explode && style.style.endsWith('Delimited') ? { ...style, style: 'form' } : style;
  const write = (value: Written) => pieceOf(style, serialize(written, value));
  const writable = (list: Shape['good']) => list.filter((value) => isWritable(style, value));
  const plain = writable(shape.good).map(write);
  const valid = style.in === 'query' ? [...plain, ...plain.flatMap(withPluses)] : plain;
  return {
    operation: { parameters: [parameter] },
    ...templateOf(style),
    valid: isRequired ? valid : [...valid, {}],
    mistakes: [
      ...writable(shape.bad).map(write),
      ...brokenTexts(style, shape).map((text) => pieceOf(style, text)),
      ...(required && style.in !== 'path' ? [{}] : []),
    ],
    odd: [
      ...writable(shape.odd).map(write),
      ...oddTexts(style, valid).map((text) => pieceOf(style, text)),
    ],
  };
}

/** The same pairs of a query as a form writes them. */
function withPluses({ query = '' }: Piece): readonly Piece[] {
  return query.includes('%20') ? [{ query: query.replaceAll('%20', '+') }] : [];
}

function templateOf({ in: place, name }: Choice['style']): Pick<Part, 'template'> {
  return place === 'path' ? { template: `{${name}}` } : {};
}

/** The same parameter as one text of JSON. */
function jsonPart({ style, required }: Choice): Part {
  const { name, in: place } = style;
  const schema = { type: 'object', required: ['v'], properties: { v: { type: 'integer' } } };
  const isRequired = required || place === 'path';
  const content = { 'application/json': { schema } };
  const head = place === 'query' || place === 'cookie' ? `${name}=` : '';
  const write = (text: string) => {
    const encoded = place === 'header' ? text : encodeURIComponent(text);
    return pieceOf(style, head + encoded);
  };
  return {
    operation: {
      parameters: [{ name, in: place, ...(isRequired ? { required: true } : {}), content }],
    },
    ...templateOf(style),
    valid: [write('{"v":5}')],
    mistakes: [write('{"v":"x"}'), write('{'), write('[]')],
    odd: [write('')],
  };
}

function pieceOf({ in: place, name = '' }: Style, text: string): Piece {
  if (place === 'path') return { segment: text };
  if (place === 'query') return { query: text };
  return place === 'cookie' ? { cookie: text } : { headers: { [name.toLowerCase()]: text } };
}

function carries(style: Omit<Style, 'name'>, { layout, good }: Shape): boolean {
  if (style.style === 'deepObject') return layout === 'object';
  if (style.style.endsWith('Delimited') && layout === 'primitive') return false;
  // Prism dies of every request for an operation that has one, and nothing can be compared.
  if (style.style.endsWith('Delimited') && layout === 'object') return false;
  return good.some((written) => isWritable(style, written));
}

/** Tells whether the style can carry the texts: some delimiters are never encoded. */
function isWritable({ in: place, style }: Omit<Style, 'name'>, written: Written): boolean {
  const texts = typeof written === 'string' ? [written] : Object.values(written);
  if (place === 'header') return texts.every((text) => /^[!-~]+(?: [!-~]+)*$/.test(text));
  return style !== 'spaceDelimited' || texts.every((text) => !text.includes(' '));
}

/** Ways in which the style itself is not kept. */
function brokenTexts(
  { style, explode, name, in: place }: Choice['style'],
  { layout }: Shape,
): string[] {
  if (style === 'label') return ['5'];
  if (style === 'matrix') return ['5', ...(layout === 'object' && explode ? [] : [';other=5'])];
  if (style === 'deepObject') return [`${name}=5`, `${name}[x=5`];
  if (layout !== 'object' || (explode && place !== 'header' && style === 'form')) return [];
  const head = style === 'simple' ? '' : `${name}=`;
  return [`${head}lonely`];
}

/** Writings that come about by accident. */
function oddTexts({ style, name, in: place }: Choice['style'], valid: readonly Piece[]): string[] {
  const [first = {}] = valid;
  const text =
    first.segment ?? first.query ?? first.cookie ?? Object.values(first.headers ?? {})[0] ?? '';
  if (place === 'path') return [text.replaceAll(',', '%2C'), `${text},5`, `${text}%zz`];
  if (place === 'header') return ['', text.replaceAll(',', ' , '), `${text},`];
  const pairs = style === 'form' ? [`${name}=`, name] : [];
  const list = [text.replaceAll(',', '%2C'), text.toLowerCase(), text.toUpperCase(), `${text}%zz`];
  return [...pairs, ...list, place === 'query' ? `${text}&${text}` : `${text}; ${text}`];
}
