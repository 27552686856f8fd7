import type { Judged, Reason } from './difference.ts';
import type { Keywords } from './leaf.ts';
import { schemaOf, tokensOf, typesIn } from './schema-walk.ts';

/** A parameter that a reason is about, and what the request has of it. */
export interface GivenParameter {
  readonly name: string;
  readonly in: string;
  readonly object: Keywords;
  readonly schema: Keywords;
  readonly style: string;
  /** As the document says it. */
  readonly explode: boolean | undefined;
  /** By the defaults of OpenAPI. */
  readonly isExploded: boolean;
  readonly layout: 'primitive' | 'array' | 'object';
  /** The names and indexes that lead to the value that the reason is about. */
  readonly inside: readonly string[];
  /** The names that the query has, and the texts of this parameter as they travelled. */
  readonly names: readonly string[];
  readonly texts: readonly string[];
  /** The texts of its members that travel under their own names. */
  readonly members: readonly string[];
}

/** The parameter that a reason is about; `undefined` when it is about none. */
export function givenParameter(reason: Reason, judged: Judged): GivenParameter | undefined {
  const place = placeOf(reason);
  if (!place) return undefined;
  const list = (judged.operation['parameters'] ?? []) as readonly Keywords[];
  for (const object of list) {
    const name = String(object['name']);
    const inside = object['in'] === place.in ? place.inside(name) : undefined;
    if (inside) return toGiven(judged, object, inside);
  }
  return undefined;
}

interface Place {
  readonly in: string;
  readonly inside: (name: string) => readonly string[] | undefined;
}

function placeOf(reason: Reason): Place | undefined {
  if (reason.kind === 'finding') {
    const { code, at } = reason.finding;
    return {
      in: code.split('.')[1] ?? '',
      inside: (name) => {
        if (at !== name && !at.startsWith(`${name}/`)) return undefined;
        return tokensOf(at.slice(name.length));
      },
    };
  }
  if (reason.kind !== 'violation') return undefined;
  const { path, code, message } = reason.violation;
  const [place = '', first, ...rest] = path;
  const missing =
    code === 'required' && path.length === 1 ? /'(.*)'$/.exec(message)?.[1] : undefined;
  return {
    in: place,
    inside: (name) => (name.toLowerCase() === (first ?? missing) ? rest : undefined),
  };
}

const DEFAULTS: Readonly<Record<string, string>> = { path: 'simple', header: 'simple' };

function toGiven(judged: Judged, object: Keywords, inside: readonly string[]): GivenParameter {
  const name = String(object['name']);
  const place = String(object['in']);
  const style = String(object['style'] ?? DEFAULTS[place] ?? 'form');
  const explode = typeof object['explode'] === 'boolean' ? object['explode'] : undefined;
  const schema = schemaOf(object['schema']);
  return {
    name,
    in: place,
    object,
    schema,
    style,
    explode,
    isExploded: explode ?? style === 'form',
    layout: layoutOf(judged, schema),
    inside,
    names: queryOf(judged).map(([key]) => key),
    texts: textsOf(judged, place, name),
    members: place === 'query' ? membersOf(judged, name, schema) : [],
  };
}

function layoutOf(judged: Judged, schema: Keywords): GivenParameter['layout'] {
  const types = typesIn(judged.document, schema);
  if (types.includes('object')) return 'object';
  return types.includes('array') ? 'array' : 'primitive';
}

/** The pairs of the query; names are decoded, values are as they travelled. */
function queryOf({ sent }: Judged): readonly (readonly [string, string])[] {
  const [, query = ''] = sent.url.split(/\?(.*)/s);
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [decoded(key.replaceAll('+', ' ')), value.join('=')] as const;
    });
}

function textsOf(judged: Judged, place: string, name: string): readonly string[] {
  if (place === 'query')
    return queryOf(judged).flatMap(([key, value]) => (key === name ? value : []));
  if (place === 'header') {
    const text = judged.sent.headers[name.toLowerCase()];
    return text === undefined ? [] : [text];
  }
  if (place !== 'path') return [];
  const index = judged.path.split('/').indexOf(`{${name}}`);
  const segment = judged.sent.url.replace(/\?.*/s, '').split('/')[index];
  return segment === undefined ? [] : [segment];
}

function membersOf(judged: Judged, name: string, schema: Keywords): readonly string[] {
  const own = Object.keys(schemaOf(schema['properties']));
  return queryOf(judged).flatMap(([key, value]) =>
    key.startsWith(`${name}[`) || own.includes(key) ? value : [],
  );
}

/** A text without its percent-encoding where that can be taken off. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
