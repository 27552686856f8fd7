import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Json } from '../json.ts';
import { malformed, type Position, positionAt } from './source.ts';

type Library = typeof Yaml;
const require = createRequire(import.meta.url);
/** Loaded at the first use: the shipped document is data and needs no parser. */
const library = (): Library => require('yaml') as Library;
/** The core schema whatever a `%YAML` directive says, and no tags beyond it: dates stay texts. */
const OPTIONS = {
  schema: 'core',
  resolveKnownTags: false,
  merge: true,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/**
 * Reads YAML 1.2, of which JSON is a part; merge keys (`<<`) are understood.
 *
 * @throws {ExactMatchError} `SPEC_MALFORMED` with line and column.
 */
export function readYaml(text: string, file: string): Json {
  const document = library().parseDocument(text, OPTIONS);
  const [error] = document.errors;
  // The library's advice which of its functions to call helps nobody here.
  if (error)
    throw malformed(
      file,
      positionAt(text, error.pos[0]),
      error.message.replace(/; please .*$/s, ''),
    );
  const broken = /\*|<</.test(text) ? brokenPart(document) : undefined;
  if (broken) throw malformed(file, positionAt(text, broken.offset), broken.reason);
  // Plain scalars, lists and maps: YAML's core schema holds nothing that JSON does not.
  return document.toJS({ maxAliasCount: -1 }) as Json;
}

interface Broken {
  readonly offset: number;
  readonly reason: string;
}

/** An alias of an anchor that does not exist or holds the alias itself, or a merge of no map. */
function brokenPart(document: Yaml.Document.Parsed): Broken | undefined {
  const { isMap, isSeq, isScalar, visit } = library();
  let broken: Broken | undefined;
  const stop = (node: Yaml.Node, reason: string) => {
    broken = { offset: node.range?.[0] ?? 0, reason };
    return visit.BREAK;
  };
  visit(document, {
    Alias(_key, alias, path) {
      const target = alias.resolve(document);
      if (target !== undefined && !path.includes(target)) return undefined;
      const problem = target ? 'holds itself' : 'does not exist';
      return stop(alias, `the alias *${alias.source} is of an anchor that ${problem}`);
    },
    Pair(_key, { key, value }) {
      // The library makes a symbol of the key of a merge.
      if (!isScalar(key) || typeof key.value !== 'symbol') return undefined;
      const source = resolved(document, value);
      const merged = (isSeq(source) ? source.items : [source]).map((one) =>
        resolved(document, one),
      );
      const isFit = merged.every((node) => node === undefined || isMap(node));
      return isFit ? undefined : stop(key, 'what "<<" merges must be a map, or a list of maps');
    },
  });
  return broken;
}

/** Makes a function that finds the place of a value in a YAML text, by the way that leads to it. */
export function yamlLocator(text: string): (path: readonly string[]) => Position {
  const { LineCounter, parseDocument } = library();
  const lines = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines });
  return (path) => {
    const offset = offsetOf(document, path);
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** The offset of the key of a member, or of the start of an item; of the last one that exists. */
function offsetOf(document: Yaml.Document.Parsed, path: readonly string[]): number {
  const { isMap, isSeq, isNode } = library();
  const start = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const token of path) {
    node = resolved(document, node);
    if (isMap(node)) {
      const pair = pairOf(document, node, token);
      offset = start(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(token)];
      offset = start(node) ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

function resolved(document: Yaml.Document.Parsed, node: unknown): unknown {
  return library().isAlias(node) ? node.resolve(document) : node;
}

/** A member of a map: its own, or the first of that name that it merges. */
function pairOf(
  document: Yaml.Document.Parsed,
  map: Yaml.YAMLMap,
  name: string,
): Yaml.Pair | undefined {
  const { isMap, isScalar, isSeq } = library();
  const pairs = map.items.filter(({ key }) => isScalar(key));
  const own = pairs.find(({ key }) => isScalar(key) && textOf(key.value) === name);
  if (own) return own;
  for (const { key, value } of pairs) {
    if (!isScalar(key) || typeof key.value !== 'symbol') continue;
    const merged = resolved(document, value);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const one = resolved(document, source);
      const found = isMap(one) ? pairOf(document, one, name) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** The key of a merge (`<<`) is a symbol, and no name. */
function textOf(key: unknown): string | undefined {
  return typeof key === 'symbol' ? undefined : String(key);
}
