import { fileURLToPath, pathToFileURL } from 'node:url';
import { ExactMatchError } from '../errors.ts';
import { isObject, type Json, type JsonObject, own, ownString } from '../json.ts';
import { type FetchOrigin, type FetchTextOptions, fetchText } from './fetch-text.ts';
import { readJson } from './json-text.ts';
import { locate } from './locate.ts';
import { metaschema } from './metaschema.ts';
import { follow } from './node.ts';
import { scanOf } from './ref.ts';
import { mayReferOutside, resolveUri } from './scan.ts';
import { type Node, rootOf, type Source } from './source.ts';
import type { Spec, SpecVersion } from './spec.ts';
import { readYaml } from './yaml.ts';

/** How the files of one document are read. */
type Reading = LoadSpecOptions & FetchOrigin;

/** How a document is loaded. */
export interface LoadSpecOptions extends FetchTextOptions {
  /** Whether `format` is judged or only noted. Default: `assert`. */
  readonly formats?: 'assert' | 'annotate';
  /** Documents that are known already, by absolute URI; a `$ref` to one of them reads no file. */
  readonly documents?: Readonly<Record<string, unknown>>;
  /** What the relative `$ref`s of a document given as an object start from. Default: the working directory. */
  readonly baseUrl?: string | URL;
}

/**
 * Loads an OpenAPI 3.0 or 3.1 document and every file that it refers to.
 *
 * Nothing is compiled: each operation and schema is looked at when it is first used.
 *
 * @param target a path, a `file:` or `http(s):` URL, or the document itself as an object.
 * @throws {ExactMatchError} `SPEC_NOT_FOUND`, `SPEC_MALFORMED` (with line and column) or `SPEC_UNSUPPORTED`.
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-document
 */
export async function readSpec(
  target: string | URL | object,
  options: LoadSpecOptions = {},
): Promise<Spec> {
  const url = typeof target === 'string' || target instanceof URL ? toUrl(target) : undefined;
  const reading = {
    ...options,
    ...(url && url.protocol !== 'file:' ? { origin: url.origin } : {}),
  };
  const source = url ? await readSource(url, reading) : inlineTarget(target as object, options);
  const sources = new Map<string, Source>([[source.uri, source]]);
  await readReferences(sources, reading);
  return toSpec(source, sources, options.formats);
}

/** Makes a document of sources that have been read; checks its version. */
export function toSpec(
  source: Source,
  sources: ReadonlyMap<string, Source> = new Map([[source.uri, source]]),
  formats: Spec['formats'] = 'assert',
): Spec {
  const root = rootOf(source);
  const { value } = root;
  if (!isObject(value)) throw notOpenApi(source, 'it is not an object');
  const version = versionOf(source, value);
  for (const member of ['paths', 'components']) {
    const part = value[member];
    // A member that YAML leaves empty is `null`.
    if (part !== undefined && part !== null && !isObject(part)) {
      throw notOpenApi(source, `"${member}" is no object`);
    }
  }
  return { version, root: { ...root, value }, sources, formats };
}

function versionOf(source: Source, value: JsonObject): SpecVersion {
  const version = ownString(value, 'openapi');
  if (/^3\.0(?:\.|$)/.test(version ?? '')) return '3.0';
  if (/^3\.1(?:\.|$)/.test(version ?? '')) return '3.1';
  if (typeof value['openapi'] === 'number') {
    throw notOpenApi(source, `its "openapi" version ${value['openapi']} is a number, not text`);
  }
  // Without quotes, YAML reads the version of Swagger 2.0 as a number.
  const swagger = own(value, 'swagger');
  const found = version ?? (typeof swagger === 'number' ? swagger.toFixed(1) : swagger);
  if (typeof found !== 'string') throw notOpenApi(source, 'it has no "openapi" version');
  throw new ExactMatchError(
    'SPEC_UNSUPPORTED',
    `Failed to load "${source.file}": it is OpenAPI ${found}. Convert it to OpenAPI 3.0 or 3.1.`,
  );
}

function notOpenApi(source: Source, reason: string): ExactMatchError {
  return new ExactMatchError(
    'SPEC_MALFORMED',
    `Failed to load "${source.file}": ${reason}. Give an OpenAPI 3.0 or 3.1 document, as JSON or YAML.`,
  );
}

function inlineTarget(target: object, { baseUrl = './' }: LoadSpecOptions): Source {
  return inlineSource(new URL('(inline)', toUrl(baseUrl)).href, '(inline)', target);
}

function inlineSource(uri: string, file: string, value: unknown): Source {
  let text: string;
  try {
    text = JSON.stringify(value, null, 2) ?? 'null';
  } catch (cause) {
    throw new ExactMatchError(
      'SPEC_MALFORMED',
      `Failed to load the document given as an object: ${String(cause)}. Give it with its $refs, not dereferenced.`,
      { cause },
    );
  }
  return { uri, file, root: JSON.parse(text) as Json, syntax: 'json', text: () => text };
}

/** Reads what the sources refer to, and what that refers to, until nothing is new. */
async function readReferences(sources: Map<string, Source>, options: Reading): Promise<void> {
  const ids = new Set<string>();
  const waiting = new Map<string, Node>();
  for (const source of sources.values()) noteReferences(source, ids, waiting);
  while (waiting.size > 0) {
    // Files first: one of them may have the `$id` that an address elsewhere means.
    const uris = [...waiting.keys()];
    const uri = uris.find((key) => key.startsWith('file:')) ?? uris[0] ?? '';
    const from = waiting.get(uri);
    waiting.delete(uri);
    if (!from || sources.has(uri) || ids.has(uri) || metaschema(uri)) continue;
    const read = await readReferred(uri, from, options);
    if (!read) continue;
    // Behind a redirect may be what is known already.
    const source = sources.get(read.uri) ?? read;
    sources.set(uri, source).set(read.uri, source);
    noteReferences(source, ids, waiting);
  }
}

function noteReferences(source: Source, ids: Set<string>, waiting: Map<string, Node>): void {
  if (!mayReferOutside(source)) return;
  const { references, ids: own } = scanOf(source);
  for (const id of own.values()) ids.add(id);
  for (const [uri, pointer] of references) {
    if (!waiting.has(uri)) waiting.set(uri, follow(rootOf(source), pointer) ?? rootOf(source));
  }
}

async function readReferred(
  uri: string,
  from: Node,
  options: Reading,
): Promise<Source | undefined> {
  const url = URL.parse(uri);
  const { documents = {} } = options;
  const given = Object.keys(documents).find((key) => URL.parse(key)?.href === uri);
  if (given !== undefined) return inlineSource(uri, given, documents[given]);
  const { file, line, column } = locate(from);
  try {
    if (!url) throw new ExactMatchError('SPEC_NOT_FOUND', `"${uri}" is no address of a file.`);
    return await readSource(url, options);
  } catch (cause) {
    // What an extension refers to, such as a sample of code, may be anything.
    if (from.pointer.includes('/x-')) return undefined;
    if (!(cause instanceof ExactMatchError) || cause.code !== 'SPEC_NOT_FOUND') throw cause;
    const message = `${cause.message} It is referred to at ${file}:${line}:${column}.`;
    throw new ExactMatchError('SPEC_NOT_FOUND', message, { cause });
  }
}

async function readSource(asked: URL, options: Reading): Promise<Source> {
  const { files } = options;
  const isElsewhere = files !== undefined && asked.protocol === 'file:';
  const file = isElsewhere ? files.nameOf(asked) : nameOf(asked);
  const { text, url } = await fetchText(asked, file, options);
  const isYaml = /\.ya?ml$/i.test(url.pathname);
  const isJson = !isYaml && (/\.json$/i.test(url.pathname) || /^\s*[{[]/.test(text));
  const root = isJson ? readJson(text, file) : readYaml(text, file);
  const uri = resolveUri('', url.href);
  return { uri, file, root, syntax: isJson ? 'json' : 'yaml', text: () => text };
}

function toUrl(target: string | URL): URL {
  if (target instanceof URL) return target;
  const isUrl = /^(?:[a-z][a-z\d+.-]+:\/\/|file:)/i.test(target);
  const url = isUrl ? URL.parse(target) : undefined;
  return url ?? pathToFileURL(target);
}

function nameOf(url: URL): string {
  return url.protocol === 'file:' ? fileURLToPath(url) : url.href;
}
