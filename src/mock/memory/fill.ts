import { createHash } from 'node:crypto';
import { isArray, isObject, type Json } from '../../json.ts';
import { readDuration } from '../duration.ts';
import type { Values } from './rules.ts';

/** What the values of `x-mock` are made from. */
export interface Source {
  /** Milliseconds since 1970, by the clock of the scope. */
  readonly now: number;
  /** The path parameters of the request, decoded. */
  readonly path: Readonly<Record<string, unknown>>;
  /** The key of the item; none before it has one. */
  readonly key: string | undefined;
  /** The number of the item among all that were ever made in the scope. */
  readonly sequence: number;
  /** Different for each; the same gives the same UUIDs. */
  readonly seed: string;
}

/** One placeholder: `{now}`, `{now+24h}`, `{uuid}`, `{key}`, `{sequence}`, `{path.NAME}`. */
const PLACEHOLDER = /\{(now(?:[+-][\d.a-z]+)?|uuid|key|sequence|path\.[^{}]+)\}/g;

/** Fills in the placeholders of values; a text that is `{sequence}` and nothing else is a number. */
export function fillValues(values: Values, source: Source): Record<string, Json> {
  const filled: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) filled[name] = fill(value, source, name);
  return filled;
}

function fill(value: Json, source: Source, place: string): Json {
  if (isArray(value)) return value.map((item, index) => fill(item, source, `${place}/${index}`));
  if (isObject(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, item]) => [name, fill(item, source, `${place}/${name}`)]),
    );
  }
  if (typeof value !== 'string' || !value.includes('{')) return value;
  if (value === '{sequence}') return source.sequence;
  return value.replaceAll(PLACEHOLDER, (_, name: string) => textOf(name, source, place));
}

function textOf(name: string, source: Source, place: string): string {
  if (name === 'uuid') return uuidOf(`${source.seed} ${place}`);
  if (name === 'key') return source.key ?? '';
  if (name === 'sequence') return String(source.sequence);
  if (name.startsWith('path.')) return String(source.path[name.slice('path.'.length)] ?? '');
  const sign = name[3] === '-' ? -1 : 1;
  return dateTime(source.now + sign * (readDuration(name.slice(4)) ?? 0));
}

/** The placeholders in a text that mean nothing. */
export function unknownPlaceholders(text: string, parameters: ReadonlySet<string>): string[] {
  const unknown: string[] = [];
  for (const [whole, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    const isTime = /^now(?:[+-](.*))?$/.exec(name);
    const isKnown = isTime
      ? isTime[1] === undefined || readDuration(isTime[1]) !== undefined
      : ['uuid', 'key', 'sequence'].includes(name) ||
        (name.startsWith('path.') && parameters.has(name.slice('path.'.length)));
    if (!isKnown) unknown.push(whole);
  }
  return unknown;
}

/** A time as a `date-time`. */
export function dateTime(now: number): string {
  return new Date(now).toISOString();
}

/**
 * A UUID of version 4 by its form that depends on a text alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.4
 */
export function uuidOf(text: string): string {
  const bytes = createHash('sha1').update(text).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
