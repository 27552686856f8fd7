import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Json } from '../json.ts';
import { malformed, type Position, positionAt } from './source.ts';

type Library = typeof Yaml;
const require = createRequire(import.meta.url);
/** Loaded at the first use: the shipped document is data and needs no parser. */
const library = (): Library => require('yaml') as Library;
const OPTIONS = { merge: true, prettyErrors: false, logLevel: 'error' } as const;

/**
 * Reads YAML 1.2, of which JSON is a part; merge keys (`<<`) are understood.
 *
 * @throws {ExactMatchError} `SPEC_MALFORMED` with line and column.
 */
export function readYaml(text: string, file: string): Json {
  const document = library().parseDocument(text, OPTIONS);
  const [error] = document.errors;
  if (error) throw malformed(file, positionAt(text, error.pos[0]), error.message);
  const alias = text.includes('*') ? brokenAlias(document) : undefined;
  if (alias) throw malformed(file, positionAt(text, alias.offset), alias.reason);
  // Plain scalars, lists and maps: YAML's core schema holds nothing that JSON does not.
  return document.toJS({ maxAliasCount: -1 }) as Json;
}

/** An alias of an anchor that does not exist, or that holds the alias itself. */
function brokenAlias(
  document: Yaml.Document.Parsed,
): { readonly offset: number; readonly reason: string } | undefined {
  let broken: { readonly offset: number; readonly reason: string } | undefined;
  library().visit(document, {
    Alias(_key, alias, path) {
      const target = alias.resolve(document);
      if (target !== undefined && !path.includes(target)) return undefined;
      const problem = target ? 'holds itself' : 'does not exist';
      const reason = `the alias *${alias.source} is of an anchor that ${problem}`;
      broken = { offset: alias.range?.[0] ?? 0, reason };
      return library().visit.BREAK;
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
  const { isMap, isSeq, isAlias, isNode, isScalar } = library();
  const start = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const token of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === token,
      );
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
