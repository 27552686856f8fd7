import { createRequire } from 'node:module';
import type { fullFormats } from 'ajv-formats/dist/formats.js';
import { isDateTime, isTime } from './date-time.ts';

/** A format that is judged: the JSON type that it speaks of, and whether a value of that type has it. */
export type Format =
  | { readonly type: 'string'; readonly holds: (value: string) => boolean }
  | { readonly type: 'number'; readonly holds: (value: number) => boolean };

const require = createRequire(import.meta.url);
const own: ReadonlyMap<string, Format | undefined> = new Map<string, Format | undefined>([
  ['date-time', { type: 'string', holds: isDateTime }],
  ['time', { type: 'string', holds: isTime }],
  ['int32', { type: 'number', holds: (value) => isWhole(value, -(2 ** 31), 2 ** 31 - 1) }],
  // 2 ** 63 - 1 is no double: JSON.parse reads it as 2 ** 63.
  ['int64', { type: 'number', holds: (value) => isWhole(value, -(2 ** 63), 2 ** 63) }],
  ['float', { type: 'number', holds: (value) => Number.isFinite(Math.fround(value)) }],
  ['double', { type: 'number', holds: Number.isFinite }],
  ['byte', { type: 'string', holds: isBase64 }],
  ['binary', undefined],
  ['password', undefined],
]);
const known = new Map(own);

/** Tells whether a format is one of our own, for which no library is loaded. */
export function isOwnFormat(name: string): boolean {
  return own.has(name);
}

/**
 * How a format is judged, or `undefined` when nothing can be said: `password`, or an unknown name.
 *
 * `date-time`, `time` and the formats of OpenAPI are our own; all others are those of ajv-formats, in full.
 *
 * @see https://spec.openapis.org/registry/format/
 */
export function formatOf(name: string): Format | undefined {
  if (known.has(name)) return known.get(name);
  const format = fromLibrary(name);
  known.set(name, format);
  return format;
}

function fromLibrary(name: string): Format | undefined {
  const library = require('ajv-formats/dist/formats.js') as { fullFormats: typeof fullFormats };
  const found = Object.entries(library.fullFormats).find(([key]) => key === name)?.[1];
  const test = typeof found === 'object' && 'validate' in found ? found.validate : found;
  if (test instanceof RegExp) return { type: 'string', holds: (value) => test.test(value) };
  if (typeof test !== 'function') return undefined;
  // Every function left is one of a string: the numbers are all named above.
  return { type: 'string', holds: test as (value: string) => boolean };
}

/** @see https://www.rfc-editor.org/rfc/rfc4648#section-4 */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
}

function isWhole(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
