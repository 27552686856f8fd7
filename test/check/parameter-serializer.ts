import type { Place } from './parameter.ts';

/** What a parameter of these tests can hold. */
export type Value = Primitive | readonly Primitive[] | Readonly<Record<string, Primitive>>;
export type Primitive = string | number | boolean;

/** One way in which OpenAPI lets a parameter be written. */
export interface Style {
  readonly in: Place;
  readonly style: string;
  readonly explode: boolean;
  /** Default: `color`. */
  readonly name?: string;
}

/**
 * Writes a parameter as OpenAPI 3.1.1 has it: RFC 6570 for most styles, the rest by the
 * table of style examples.
 */
export function serialize(style: Style, value: Value): string {
  const { name = 'color' } = style;
  const encode = style.in === 'header' ? String : percentEncoded;
  if (style.style === 'deepObject') {
    return members(value)
      .map(([member, item]) => `${name}%5B${member}%5D=${encode(item)}`)
      .join('&');
  }
  if (style.style === 'spaceDelimited') return `${name}=${flat(value, encode).join('%20')}`;
  if (style.style === 'pipeDelimited') return `${name}=${flat(value, encode).join('%7C')}`;
  return expand(style, value, encode);
}

/** RFC 6570, 3.2.1: each operator's first character, its separator, and whether it writes names. */
const OPERATORS: Readonly<
  Record<string, readonly [first: string, between: string, named: boolean]>
> = {
  simple: ['', ',', false],
  label: ['.', '.', false],
  matrix: [';', ';', true],
  form: ['', '&', true],
};

function expand(
  { in: place, style, explode, name = 'color' }: Style,
  value: Value,
  encode: (value: Primitive) => string,
): string {
  const [first, separator, named] = OPERATORS[style] ?? ['', '', false];
  const between = place === 'cookie' ? '; ' : separator;
  const head = named ? `${name}=` : '';
  if (!explode || typeof value !== 'object') return first + head + flat(value, encode).join(',');
  const parts = isList(value)
    ? value.map((item) => head + encode(item))
    : members(value).map(([member, item]) => `${member}=${encode(item)}`);
  return first + parts.join(between);
}

function flat(value: Value, encode: (value: Primitive) => string): readonly string[] {
  if (typeof value !== 'object') return [encode(value)];
  if (isList(value)) return value.map(encode);
  return members(value).flatMap(([name, item]) => [name, encode(item)]);
}

function members(value: Value): readonly [string, Primitive][] {
  return typeof value === 'object' ? Object.entries(value) : [];
}

function isList(value: Value): value is readonly Primitive[] {
  return Array.isArray(value);
}

/** The dot is left alone by `encodeURIComponent`, and would end an item of the style label. */
function percentEncoded(value: Primitive): string {
  return encodeURIComponent(value).replaceAll('.', '%2E');
}
