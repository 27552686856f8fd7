import { generateSync } from 'json-schema-faker';
import type { JsonObject } from '../json.ts';
import { regularExpression } from './regular-expression.ts';

/** A text of each format that has a shape of its own. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2024-05-01T09:30:00Z',
  date: '2024-05-01',
  time: '09:30:00Z',
  duration: 'P1D',
  email: 'user@example.com',
  'idn-email': 'user@example.com',
  hostname: 'host.example.com',
  'idn-hostname': 'host.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/path',
  iri: 'https://example.com/',
  'iri-reference': '/path',
  'uri-template': '/path/{id}',
  uuid: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  'json-pointer': '/name',
  'relative-json-pointer': '0',
  regex: '^.*$',
  byte: 'c2FtcGxl',
  binary: 'sample',
  password: 'pa55word',
};

/**
 * A text that has the format, the pattern and the length asked for, as far as one can be made. Each
 * `variant` gives another one, where there is no format.
 */
export function sampleText(keywords: JsonObject, seed: number, variant: number): string {
  const { format, pattern, minLength, maxLength } = keywords;
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  const fits = (text: string) =>
    text.length >= least &&
    text.length <= most &&
    (typeof pattern !== 'string' || regularExpression(pattern).test(text));
  const formatted = typeof format === 'string' ? FORMATS[format] : undefined;
  if (formatted !== undefined && fits(formatted)) return formatted;
  if (typeof pattern === 'string')
    return fromPattern(pattern, fits, seed + variant * 101) ?? formatted ?? '';
  const text = 'string'
    .repeat(Math.ceil(Math.max(least, 1) / 6))
    .slice(0, Math.min(most, Math.max(least, 6)));
  if (variant === 0) return text;
  const end = String(variant);
  return text.length + end.length <= most ? text + end : text.slice(0, -end.length) + end;
}

function fromPattern(
  pattern: string,
  fits: (text: string) => boolean,
  seed: number,
): string | undefined {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      const options = { seed: seed + attempt + 1 };
      const text = generateSync({ type: 'string', pattern }, options);
      if (typeof text === 'string' && fits(text)) return text;
    } catch {
      // A pattern that the library cannot read: there is no text to offer.
      return undefined;
    }
  }
  return undefined;
}
