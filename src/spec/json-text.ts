import type { Json } from '../json.ts';
import { jsonErrorOffset } from './json-error.ts';
import { lineIndex, malformed, type Position, positionAt } from './source.ts';

/**
 * Reads JSON.
 *
 * @throws {ExactMatchError} `SPEC_MALFORMED` with line and column.
 */
export function readJson(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const short = reason
      .replace(/(?: in JSON)? at position \d.*$/s, '')
      .replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, '');
    throw malformed(file, positionAt(text, jsonErrorOffset(text)), short);
  }
}

/**
 * Makes a function that finds the place of a value in a JSON text, by the way that leads to it.
 *
 * Each object and array on the way is walked through once and remembered: a document of megabytes
 * is asked for thousands of places.
 */
export function jsonLocator(text: string): (path: readonly string[]) => Position {
  const positionOf = lineIndex(text);
  const containers = new Map<number, ReadonlyMap<string, Found>>();
  return (path) => positionOf(offsetOf(text, path, containers));
}

interface Found {
  /** The offset of the key of a member, or of an item. */
  readonly named: number;
  /** The offset of the value. */
  readonly value: number;
}

/** The offset of the key of a member, or of the start of an item; of the last one that exists. */
function offsetOf(
  text: string,
  path: readonly string[],
  containers: Map<number, ReadonlyMap<string, Found>>,
): number {
  let offset = skipSpace(text, 0);
  let named = offset;
  for (const token of path) {
    let parts = containers.get(offset);
    if (!parts) {
      parts = new Map(partsAt(text, offset));
      containers.set(offset, parts);
    }
    const found = parts.get(token);
    if (!found) return named;
    named = found.named;
    offset = found.value;
  }
  return named;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** The members of an object, or the items of an array; of two members of one name, both, in order. */
function* partsAt(text: string, open: number): Iterable<readonly [string, Found]> {
  const isObject = text.charCodeAt(open) === OPEN_OBJECT;
  if (!isObject && text.charCodeAt(open) !== OPEN_ARRAY) return;
  let at = skipSpace(text, open + 1);
  for (let index = 0; at < text.length; index += 1) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) return;
    const end = isObject ? skipString(text, at) : at;
    // Behind a key come a colon and its spaces.
    const value = isObject ? skipSpace(text, skipSpace(text, end) + 1) : at;
    yield [isObject ? keyOf(text.slice(at, end)) : String(index), { named: at, value }];
    const next = skipSpace(text, skipValue(text, value));
    at = text.charCodeAt(next) === COMMA ? skipSpace(text, next + 1) : next;
  }
}

function keyOf(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}

/** The offset behind a value, however deep it is. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at) - 1;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1;
      continue;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      // That of what the value, a number or a word, stands in.
      if (depth === 0) return at;
      depth -= 1;
    } else if (depth > 0 || !isEnd(code)) {
      continue;
    } else {
      return at;
    }
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** Tells what can stand behind a number or a word. */
function isEnd(code: number): boolean {
  return code === COMMA || code <= 32;
}

/** The offset behind a string. */
function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at += 1;
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}
