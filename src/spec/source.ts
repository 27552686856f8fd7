import { ExactMatchError } from '../errors.ts';
import type { Json } from '../json.ts';

/** One file of a document: its address and its value. */
export interface Source {
  /** Absolute URI, without fragment. */
  readonly uri: string;
  /** How people name it: a path, a URL, or `(inline)`. */
  readonly file: string;
  readonly root: Json;
  readonly syntax: 'json' | 'yaml';
  /** The text that `root` was read from; for a document given as an object, its indented JSON. */
  readonly text: () => string;
}

/** A value inside a source and the JSON Pointer that leads there. */
export interface Node<V extends Json = Json> {
  readonly source: Source;
  readonly pointer: string;
  readonly value: V;
}

/** A place in a text. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** The whole of a source as a node. */
export function rootOf(source: Source): Node {
  return { source, pointer: '', value: source.root };
}

/** The text of a node's address: unique among all sources, the key of every cache. */
export function addressOf(node: Node): string {
  return `${node.source.uri}#${node.pointer}`;
}

/** The error for a text that cannot be read as a document, with file, line and column. */
export function malformed(file: string, at: Position, reason: string): ExactMatchError {
  return new ExactMatchError(
    'SPEC_MALFORMED',
    `Failed to read "${file}", line ${at.line}, column ${at.column}: ${reason}`,
  );
}

/** The line and column of an offset into a text. */
export function positionAt(text: string, offset: number): Position {
  return lineIndex(text)(offset);
}

/** Makes a function that tells the line and column of an offset into a text that is asked about often. */
export function lineIndex(text: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return (offset) => {
    let line = 1;
    let beyond = starts.length;
    while (line < beyond) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle + 1;
      else beyond = middle;
    }
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}
