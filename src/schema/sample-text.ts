import { generateSync } from 'json-schema-faker';
import type { JsonObject } from '../json.ts';
import { lengthOf } from './length.ts';
import { regularExpression } from './regular-expression.ts';

/** Gives a text of a format: for each `variant` another one, and as `long` as asked where it can be. */
type Write = (variant: number, long: number) => string;

const date: Write = (variant) => `2024-05-${two(1 + (variant % 28))}`;
const time: Write = (variant) => `09:${two(59 - ((29 + variant) % 60))}:00Z`;
const host: Write = (variant, long) => `host${more(variant)}.${padding(long - 16)}example.com`;
const address: Write = (variant, long) =>
  `https://example.com/${padding(long - 20)}${more(variant)}`;
const mail: Write = (variant, long) => `user${padding(long - 16)}${more(variant)}@example.com`;
const path: Write = (variant, long) => `/path${padding(long - 5)}${more(variant)}`;

const FORMATS: Readonly<Record<string, Write>> = {
  'date-time': (variant, long) => `${date(Math.floor(variant / 60), long)}T${time(variant, long)}`,
  date,
  time,
  duration: (variant) => `P${variant + 1}D`,
  email: mail,
  'idn-email': mail,
  hostname: host,
  'idn-hostname': host,
  ipv4: (variant) => `192.0.2.${1 + (variant % 254)}`,
  ipv6: (variant) => `2001:db8::${(1 + variant).toString(16)}`,
  uri: address,
  url: address,
  'uri-reference': path,
  iri: address,
  'iri-reference': path,
  'uri-template': (variant, long) => `${path(variant, long)}/{id}`,
  uuid: (variant) => `3fa85f64-5717-4562-b3fc-2c963f66${(0xafa6 + variant).toString(16)}`,
  'json-pointer': path,
  'relative-json-pointer': (variant) => String(variant),
  regex: (variant, long) => `^.*${padding(long - 4)}${more(variant)}$`,
  byte: (variant, long) => btoa(`sample${padding(Math.ceil(long * 0.75) - 6)}${more(variant)}`),
};

function more(variant: number): string {
  return variant === 0 ? '' : String(variant);
}

function padding(length: number): string {
  return 'x'.repeat(Math.max(length, 0));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/**
 * A text that has the format, the pattern and the length asked for, as far as one can be made. Each
 * `variant` gives another one.
 */
export function sampleText(keywords: JsonObject, seed: number, variant: number): string {
  const { format, pattern, minLength, maxLength } = keywords;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const fits = (text: string) =>
    lengthOf(text) >= least &&
    lengthOf(text) <= most &&
    (typeof pattern !== 'string' || regularExpression(pattern).test(text));
  const write =
    typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const formatted = write?.(variant, least);
  if (formatted !== undefined && fits(formatted)) return formatted;
  if (typeof pattern === 'string')
    return fromPattern({ pattern, least, fits, seed: seed + variant * 101 }) ?? formatted ?? '';
  const text = 'string'
    .repeat(Math.ceil(Math.max(least, 1) / 6))
    .slice(0, Math.min(most, Math.max(least, 6)));
  if (variant === 0) return text;
  const end = String(variant);
  return text.length + end.length <= most ? text + end : text.slice(0, -end.length) + end;
}

interface Wanted {
  readonly pattern: string;
  readonly least: number;
  readonly fits: (text: string) => boolean;
  readonly seed: number;
}

function fromPattern({ pattern, least, fits, seed }: Wanted): string | undefined {
  // The library repeats as little as it may: where that is too short, repetitions are made to fit.
  const long = pattern.replaceAll(/(?<!\\)(?:[+*]|\{\d+,\d*\})\??/g, `{${least}}`);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const schema = { type: 'string', pattern: attempt < 10 ? pattern : long };
    const text = generateSync(schema, { seed: seed + attempt + 1 });
    if (typeof text === 'string' && fits(text)) return text;
  }
  return undefined;
}
