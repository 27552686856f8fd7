const HEX = '[0-9A-Fa-f]';
const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const OFFSET = '(?:[Zz]|[+-]\\d{2}:?\\d{2})';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** Wider than the formats themselves: what a format takes, its pattern takes. */
const PATTERNS: ReadonlyMap<string, string> = new Map([
  ['date-time', `^${DATE}[Tt]${TIME}${OFFSET}$`],
  ['date', `^${DATE}$`],
  ['time', `^${TIME}(?:${OFFSET}|[+-]\\d{2})$`],
  ['uuid', `^(?:urn:uuid:)?${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}$`],
  ['ipv4', `^${OCTET}(?:\\.${OCTET}){3}$`],
  ['email', '^[^\\s@]+@[^\\s@]+$'],
  ['uri', '^[A-Za-z][A-Za-z0-9+.-]*:\\S*$'],
  ['byte', '^[A-Za-z0-9+/]*={0,2}$'],
]);

/**
 * A regular expression that takes every text of a format, and little else; `undefined` for a format
 * that has none here.
 *
 * @see https://spec.openapis.org/registry/format/
 */
export function formatPattern(format: string): string | undefined {
  return PATTERNS.get(format);
}
