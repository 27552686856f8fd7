import type { Json } from '../json.ts';
import { jsonErrorOffset } from '../spec/json-error.ts';
import { cut } from './percent-encoding.ts';

/** What a JSON text was read as; `reason` says where it stops to be JSON. */
export type JsonReading =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Reads a JSON text (RFC 8259); a byte order mark at its start is ignored. */
export function readJson(text: string): JsonReading {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const value = JSON.parse(json) as Json;
    if (LONG_NUMBER.test(json) && holdsInfinity(value)) {
      return {
        kind: 'malformed',
        reason: 'it has a number that is larger than 1.8e308, the largest',
      };
    }
    return { kind: 'value', value };
  } catch {
    return { kind: 'malformed', reason: reasonOf(json) };
  }
}

/** What may be read as infinity, which JSON cannot say. */
const LONG_NUMBER = /\d[eE]\+?\d{3}|\d{309}/;

/** Without calling itself: what was parsed may be nested as deeply as it likes. */
function holdsInfinity(root: Json): boolean {
  const left: Json[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === 'number' && !Number.isFinite(value)) return true;
    if (typeof value === 'object' && value !== null)
      for (const member of Object.values(value)) left.push(member);
  }
  return false;
}

function reasonOf(text: string): string {
  const { what, offset } = findJsonProblem(text);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return `${what} at line ${line}, column ${column}`;
}

/** Where a text stops to be JSON, and what is there, in words. */
export function findJsonProblem(text: string): { readonly what: string; readonly offset: number } {
  const offset = jsonErrorOffset(text);
  const found = text.slice(offset, offset + 200).trimEnd();
  if (found === '' && text.slice(offset).trimEnd() === '')
    return { what: 'it ends too early', offset };
  return { what: `unexpected ${JSON.stringify(cut(firstToken(found), 20))}`, offset };
}

function firstToken(text: string): string {
  return text.replace(/^([\w.+-]+|"[^"\n]*"?|.).*$/su, '$1');
}
