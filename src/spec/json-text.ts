import type { Json } from '../json.ts';
import { jsonErrorOffset, STRING } from './json-error.ts';
import { malformed, type Position, positionAt } from './source.ts';

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

/** Makes a function that finds the place of a value in a JSON text, by the way that leads to it. */
export function jsonLocator(text: string): (path: readonly string[]) => Position {
  return (path) => positionAt(text, offsetOf(text, path));
}

const SPACE = /\s*/y;
/** A string, a number, a word. */
const SCALAR = new RegExp(`${STRING.source}|[^\\s,:[\\]{}"]+`, 'y');

/** The offset of the key of a member, or of the start of an item; of the last one that exists. */
function offsetOf(text: string, path: readonly string[]): number {
  let offset = skip(SPACE, text, 0);
  let named = offset;
  for (const token of path) {
    const found =
      text[offset] === '{' ? findMember(text, offset, token) : findItem(text, offset, token);
    if (!found) return named;
    named = found.named;
    offset = found.value;
  }
  return named;
}

interface Found {
  readonly named: number;
  readonly value: number;
}

function findMember(text: string, open: number, name: string): Found | undefined {
  let found: Found | undefined;
  for (let at = skip(SPACE, text, open + 1); text[at] === '"'; ) {
    const end = skip(SCALAR, text, at);
    const value = skip(SPACE, text, skip(SPACE, text, end) + 1);
    // The last of two members of one name is the one that `JSON.parse` keeps.
    if (JSON.parse(text.slice(at, end)) === name) found = { named: at, value };
    at = afterComma(text, skipValue(text, value));
  }
  return found;
}

function findItem(text: string, open: number, index: string): Found | undefined {
  if (text[open] !== '[') return undefined;
  let at = skip(SPACE, text, open + 1);
  for (let count = 0; at < text.length && text[at] !== ']'; count += 1) {
    if (String(count) === index) return { named: at, value: at };
    at = afterComma(text, skipValue(text, at));
  }
  return undefined;
}

function afterComma(text: string, end: number): number {
  const at = skip(SPACE, text, end);
  return text[at] === ',' ? skip(SPACE, text, at + 1) : at;
}

/** The offset behind a value, however deep it is. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    at = /[[\]{},:]/.test(character ?? '') ? at + 1 : skip(SCALAR, text, at);
    if (depth > 0) at = skip(SPACE, text, at);
  } while (depth > 0 && at < text.length);
  return at;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
