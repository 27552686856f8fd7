import { isArray, isObject, type Json, ownString } from '../json.ts';
import { append } from './pointer.ts';
import type { Source } from './source.ts';

/** The names that one source gives to its parts, and the files that it refers to. */
export interface Scan {
  /** Absolute URI of each schema with an `$id`, by its pointer. */
  readonly ids: ReadonlyMap<string, string>;
  /** Pointer of each `$anchor` and `$dynamicAnchor`, by `absolute URI#name`. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The `absolute URI#name` of those that are `$dynamicAnchor`s. */
  readonly dynamicAnchors: ReadonlySet<string>;
  /** Pointers of the places that refer to another file, by the absolute URI of that file. */
  readonly references: ReadonlyMap<string, string>;
}

/** Members whose names the author chose: nothing below them is a keyword until one level deeper. */
const NAMED = new Set(
  `properties patternProperties $defs definitions dependentSchemas responses schemas parameters
  examples requestBodies headers securitySchemes links callbacks pathItems paths webhooks
  content encoding variables`.split(/\s+/),
);
/** Members that hold data, in which `$ref` and `$id` mean nothing. */
const DATA = new Set(['enum', 'const', 'default', 'example', 'value', 'examples']);

/** Walks a source once and lists its names and references. */
export function scan(source: Source): Scan {
  const found = {
    ids: new Map<string, string>(),
    anchors: new Map<string, string>(),
    dynamicAnchors: new Set<string>(),
    references: new Map<string, string>(),
  };
  visit(source.root, '', source.uri, false);
  return found;

  function visit(value: Json, pointer: string, base: string, named: boolean): void {
    if (isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, append(pointer, index), base, false);
    }
    if (!isObject(value)) return;
    const here = named ? base : note(value, pointer, base);
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'object' || item === null) continue;
      const isMap = !named && NAMED.has(key) && !isArray(item);
      if (!named && !isMap && DATA.has(key)) continue;
      visit(item, append(pointer, key), here, isMap);
    }
  }

  function note(value: Json & object, pointer: string, base: string): string {
    if (!isObject(value)) return base;
    const id = ownString(value, '$id');
    const own = id === undefined ? base : resolveUri(id, base);
    if (id !== undefined) found.ids.set(pointer, own);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = ownString(value, keyword);
      if (name === undefined) continue;
      found.anchors.set(`${own}#${name}`, pointer);
      if (keyword === '$dynamicAnchor') found.dynamicAnchors.add(`${own}#${name}`);
    }
    for (const reference of referencesIn(value)) {
      const target = resolveUri(reference, own);
      if (target !== source.uri && !found.references.has(target)) {
        found.references.set(target, pointer);
      }
    }
    return own;
  }
}

function* referencesIn(value: Json & object): Iterable<string> {
  if (!isObject(value)) return;
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = ownString(value, keyword);
    if (reference !== undefined && !reference.startsWith('#')) yield reference;
  }
  const mapping = isObject(value['discriminator']) ? value['discriminator']['mapping'] : undefined;
  for (const target of isObject(mapping) ? Object.values(mapping) : []) {
    if (typeof target === 'string' && isFileReference(target)) yield target;
  }
}

/** Tells a reference to another file from the name of a schema, in a discriminator's mapping. */
export function isFileReference(target: string): boolean {
  return !target.startsWith('#') && /[/#]|\.(json|ya?ml)$/.test(target);
}

/** Resolves a reference against a base and drops its fragment. */
export function resolveUri(reference: string, base: string): string {
  const url = URL.parse(reference, base);
  if (!url) return reference.replace(/#.*$/s, '');
  url.hash = '';
  return url.href.replace(/#$/, '');
}
