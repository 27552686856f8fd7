import { isArray, isObject, type Json } from '../json.ts';
import { objectChild } from '../spec/node.ts';
import type { Parameter } from '../spec/operation.ts';
import { type Style, styleOf } from './parameter-style.ts';

/**
 * A parameter as it travels: of the path its text, of a header its value, of query and cookie
 * `name=value` as often as need be; `undefined` where its style has no form for the value.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 */
export function writeParameter(parameter: Parameter, value: Json): string | undefined {
  const { name, in: place, node } = parameter;
  const style = styleOf(node.value, place);
  const encode = place === 'header' ? String : style.name === 'label' ? dotEncoded : percentEncoded;
  const isNamed = place === 'query' || place === 'cookie';
  const key = percentEncoded(name);
  if (objectChild(node, 'content')) {
    const text = encode(JSON.stringify(value));
    return isNamed ? `${key}=${text}` : text;
  }
  const layout = layoutOf(value, encode);
  if (!layout) return undefined;
  if (isNamed) return writeNamed(layout, style, key, place === 'query' ? '&' : '; ');
  if (style.name === 'matrix') return writeMatrix(layout, style, key);
  const isLabel = style.name === 'label';
  const between = isLabel && style.explode ? '.' : ',';
  return (isLabel ? '.' : '') + written(layout, style.explode).join(between);
}

/** A value whose texts are encoded already. */
type Layout =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly texts: readonly string[] }
  | { readonly kind: 'members'; readonly members: readonly (readonly [string, string])[] };

function layoutOf(value: Json, encode: (text: string) => string): Layout | undefined {
  if (isArray(value)) {
    return value.some(isNested)
      ? undefined
      : { kind: 'list', texts: value.map((item) => encode(String(item))) };
  }
  if (!isObject(value)) return { kind: 'text', text: encode(String(value)) };
  const members = Object.entries(value);
  if (members.some(([, item]) => isNested(item))) return undefined;
  return {
    kind: 'members',
    members: members.map(([name, item]) => [encode(name), encode(String(item))]),
  };
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function writeNamed(layout: Layout, style: Style, key: string, between: string): string {
  const { name, explode } = style;
  if (layout.kind === 'members' && name === 'deepObject') {
    return layout.members.map(([member, text]) => `${key}%5B${member}%5D=${text}`).join(between);
  }
  if (layout.kind === 'text' || !explode) {
    const delimiter = name === 'spaceDelimited' ? '%20' : name === 'pipeDelimited' ? '%7C' : ',';
    return `${key}=${written(layout, false).join(delimiter)}`;
  }
  if (layout.kind === 'list') return layout.texts.map((text) => `${key}=${text}`).join(between);
  return layout.members.map(([member, text]) => `${member}=${text}`).join(between);
}

function writeMatrix(layout: Layout, { explode }: Style, key: string): string {
  if (layout.kind === 'text' || !explode) return `;${key}=${written(layout, false).join(',')}`;
  const parts =
    layout.kind === 'list'
      ? layout.texts.map((text) => `${key}=${text}`)
      : layout.members.map(([member, text]) => `${member}=${text}`);
  return `;${parts.join(';')}`;
}

/** The parts of a value: of members each `name=value`, or names and values in turn. */
function written(layout: Layout, isExploded: boolean): readonly string[] {
  if (layout.kind === 'text') return [layout.text];
  if (layout.kind === 'list') return layout.texts;
  return layout.members.flatMap(([name, text]) =>
    isExploded ? [`${name}=${text}`] : [name, text],
  );
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** The dot is left alone by `encodeURIComponent`, and would end an item of the style label. */
function dotEncoded(text: string): string {
  return percentEncoded(text).replaceAll('.', '%2E');
}
