import { ExactMatchError } from '../errors.ts';
import { isObject, ownString } from '../json.ts';
import { locate } from './locate.ts';
import { metaschema } from './metaschema.ts';
import { follow } from './node.ts';
import { resolveUri, type Scan, scan } from './scan.ts';
import { addressOf, malformed, type Node, rootOf, type Source } from './source.ts';
import type { Spec } from './spec.ts';

const scans = new WeakMap<Source, Scan>();

/** The names that a source gives and the files that it refers to, found at the first call. */
export function scanOf(source: Source): Scan {
  let known = scans.get(source);
  if (!known) {
    known = scanAll(source);
    scans.set(source, known);
  }
  return known;
}

function scanAll(source: Source): Scan {
  try {
    return scan(source);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw malformed(source.file, { line: 1, column: 1 }, 'it is nested too deeply to be walked');
  }
}

/**
 * Follows the `$ref` of a parameter, response, path item or the like, until there is none.
 *
 * Schemas are not resolved so: in OpenAPI 3.1 the keywords beside their `$ref` count.
 *
 * @throws {ExactMatchError} `SPEC_REF_UNRESOLVED` when it leads nowhere or in a circle.
 */
export function resolve(spec: Spec, node: Node): Node {
  const seen = new Set<string>();
  let current = node;
  for (;;) {
    const reference = isObject(current.value) ? ownString(current.value, '$ref') : undefined;
    if (reference === undefined) return current;
    if (seen.has(addressOf(current))) throw unresolved(current, reference, 'it leads in a circle');
    seen.add(addressOf(current));
    current = resolveReference(spec, current, reference);
  }
}

/**
 * The node that a reference leads to: by JSON Pointer, by `$anchor`, by `$id`, or in another file.
 *
 * @throws {ExactMatchError} `SPEC_REF_UNRESOLVED` when it leads nowhere.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
export function resolveReference(spec: Spec, from: Node, reference: string): Node {
  const base = baseUriOf(spec, from);
  const hash = reference.indexOf('#');
  const fragment = hash === -1 ? '' : decodeFragment(reference.slice(hash + 1));
  const uri = hash === 0 ? base : resolveUri(reference, base);
  const resource = resourceAt(spec, uri);
  if (!resource) throw unresolved(from, reference, `there is no document or $id "${uri}"`);
  if (fragment === '') return resource;
  if (fragment.startsWith('/')) {
    const target = follow(resource, fragment);
    if (target) return target;
    throw unresolved(from, reference, `"${resource.source.file}" has nothing at "${fragment}"`);
  }
  const target = anchorAt(resource, uri, fragment);
  if (!target) throw unresolved(from, reference, `"${uri}" has no $anchor "${fragment}"`);
  return target;
}

/** The node that a `$dynamicAnchor` of a schema resource names, or `undefined`. */
export function dynamicAnchorAt(spec: Spec, uri: string, name: string): Node | undefined {
  const resource = resourceAt(spec, uri);
  if (!resource || !scanOf(resource.source).dynamicAnchors.has(`${uri}#${name}`)) return undefined;
  return anchorAt(resource, uri, name);
}

/** The absolute URI of the schema resource that a node belongs to: its nearest `$id`, or its file. */
export function baseUriOf(spec: Spec, node: Node): string {
  if (spec.version === '3.0') return node.source.uri;
  const { ids } = scanOf(node.source);
  if (ids.size === 0) return node.source.uri;
  for (let pointer = node.pointer; ; pointer = pointer.slice(0, pointer.lastIndexOf('/'))) {
    const id = ids.get(pointer);
    if (id !== undefined) return id;
    if (pointer === '') return node.source.uri;
  }
}

function resourceAt(spec: Spec, uri: string): Node | undefined {
  const source = spec.sources.get(uri) ?? metaschema(uri);
  if (source) return rootOf(source);
  for (const candidate of spec.sources.values()) {
    for (const [pointer, id] of scanOf(candidate).ids) {
      if (id === uri) return follow(rootOf(candidate), pointer);
    }
  }
  return undefined;
}

function anchorAt(resource: Node, uri: string, name: string): Node | undefined {
  const pointer = scanOf(resource.source).anchors.get(`${uri}#${name}`);
  return pointer === undefined ? undefined : follow(rootOf(resource.source), pointer);
}

/** Decodes a part of a reference; what is no percent-encoding stays as it stands. */
export function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function unresolved(from: Node, reference: string, reason: string): ExactMatchError {
  const { file, line, column } = locate(from);
  return new ExactMatchError(
    'SPEC_REF_UNRESOLVED',
    `Failed to resolve $ref "${reference}" at ${file}:${line}:${column}: ${reason}.`,
  );
}
