const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** How a duration is written, for error messages. */
export const DURATION_FORM = '250ms, 30s, 2m, 1h, 7d or 1h30m';

/** Reads a duration such as `250ms`, `30s`, `1.5h` or `1h30m` as milliseconds; `undefined` when it is none. */
export function readDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return undefined;
  let milliseconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    milliseconds += Number(number) * (UNITS[unit ?? ''] ?? 0);
  }
  return Math.round(milliseconds);
}

/** The first and the last time that a `date-time` can say (RFC 3339), in milliseconds since 1970. */
export const FIRST_TIME: number = Date.parse('0000-01-01T00:00:00.000Z');
export const LAST_TIME: number = Date.parse('9999-12-31T23:59:59.999Z');
