import { isArray, isObject, type Json, own } from '../json.ts';

/** Appends one reference token to a JSON Pointer (RFC 6901). */
export function append(pointer: string, token: string | number): string {
  return typeof token === 'number' ? `${pointer}/${token}` : `${pointer}/${escapeToken(token)}`;
}

/** Splits a JSON Pointer into its unescaped tokens; `undefined` when it is no pointer. */
export function tokens(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The child of a value under a token, or `undefined`. */
export function step(value: Json, token: string): Json | undefined {
  if (isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isObject(value) ? own(value, token) : undefined;
}

function escapeToken(token: string): string {
  return token.includes('~') || token.includes('/')
    ? token.replaceAll('~', '~0').replaceAll('/', '~1')
    : token;
}
