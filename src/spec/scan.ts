import { isArray, isObject, type Json, type JsonObject, ownString } from '../json.ts';
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

/** A source that names nothing and refers to no other file. */
const NOTHING: Scan = {
  ids: new Map(),
  anchors: new Map(),
  dynamicAnchors: new Set(),
  references: new Map(),
};

/** Lists the names and references of a source: walks through it once, if it may have any. */
export function scan(source: Source): Scan {
  if (!mayName(source) && !mayReferOutside(source)) return NOTHING;
  const found = {
    ids: new Map<string, string>(),
    anchors: new Map<string, string>(),
    dynamicAnchors: new Set<string>(),
    references: new Map<string, string>(),
  };
  const path: string[] = [];
  visit(source.root, source.uri, false);
  return found;

  function visit(value: Json, base: string, named: boolean): void {
    if (isArray(value)) {
      for (let index = 0; index < value.length; index += 1) enter(value, index, base, false);
      return;
    }
    if (!isObject(value)) return;
    const here = named || !hasName(value) ? base : note(value, base);
    // The members of what was parsed are its own; `Object.entries` would make a pair of each.
    for (const key in value) {
      const item = value[key];
      if (typeof item !== 'object' || item === null) continue;
      const isMap = !named && NAMED.has(key) && !isArray(item);
      if (!named && !isMap && DATA.has(key)) continue;
      enter(value, key, here, isMap);
    }
  }

  function enter(owner: Json & object, key: string | number, base: string, named: boolean): void {
    path.push(String(key));
    visit((owner as Readonly<Record<string | number, Json>>)[key] as Json, base, named);
    path.pop();
  }

  function note(value: JsonObject, base: string): string {
    const pointer = path.reduce(append, '');
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

/** Tells whether an object has a keyword that names it or refers to something, but within its file. */
function hasName(value: JsonObject): boolean {
  for (const key in value) {
    if (key === '$ref' || key === '$dynamicRef') {
      const reference = value[key];
      if (typeof reference === 'string' && !reference.startsWith('#')) return true;
    } else if (key.startsWith('$') || key === 'discriminator') {
      return true;
    }
  }
  return false;
}

/** Whether a source may give names: a glance at a text costs a tenth of walking through its value. */
function mayName({ syntax, text }: Source): boolean {
  if (syntax === 'yaml') return true;
  return ['$id', '$anchor', '$dynamicAnchor'].some((keyword) => text().includes(keyword));
}

/**
 * Tells whether a source may refer to another file, by a glance at its text: `true` may be wrong,
 * `false` never is.
 */
export function mayReferOutside({ syntax, text }: Source): boolean {
  const written = text();
  if (syntax === 'yaml') return YAML_REFERENCE.test(written);
  return (
    written.includes('$id') ||
    some(written, '$ref"', JSON_REFERENCE) ||
    some(written, '$dynamicRef"', JSON_REFERENCE) ||
    some(written, '"mapping"', JSON_MAPPING)
  );
}

const YAML_REFERENCE =
  /\$(?:dynamicR|r)ef["']?\s*:\s*["']?[^#"'\s]|\$id|\bmapping\b|\$ref["']?\s*:\s*[>|&!*]/;
/** A value that does not begin with `#`. */
const JSON_REFERENCE = /\$\w+"\s*:\s*"[^#"]/y;
/** A mapping with a value that is neither the name of a schema nor begins with `#`. */
const JSON_MAPPING =
  /"mapping"\s*:\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)*?"(?:[^"\\]|\\.)*"\s*:\s*"[^#"][^"]*[/#.]/y;

/** Tells whether a pattern fits at one of the places of a word. */
function some(text: string, word: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return true;
  }
  return false;
}

function* referencesIn(value: JsonObject): Iterable<string> {
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
