const ZERO = 48;
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Tells whether a text is an RFC 3339 `date-time`: a real day, a real time, an offset.
 *
 * A leap second counts where it can happen, at 23:59:60 UTC; any number of fractional digits does.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function isDateTime(text: string): boolean {
  const separator = text.charCodeAt(10) | 32;
  return text.length >= 20 && separator === 116 /* t */ && isDay(text) && isTimeAt(text, 11);
}

/** Tells whether a text is an RFC 3339 `full-time`: as that of a `date-time`, with its offset. */
export function isTime(text: string): boolean {
  return text.length >= 9 && isTimeAt(text, 0);
}

function isDay(text: string): boolean {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  // A pair that is no two digits is -10000 or less, and so is every sum with it.
  if (year < 0 || day < 1 || month < 1 || month > 12) return false;
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS[month] ?? 0);
  return day <= days;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isTimeAt(text: string, start: number): boolean {
  if (text.charCodeAt(start + 2) !== 58 || text.charCodeAt(start + 5) !== 58) return false;
  const hour = twoDigits(text, start);
  const minute = twoDigits(text, start + 3);
  const second = twoDigits(text, start + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  const offset = offsetMinutes(text, afterFraction(text, start + 8));
  if (offset === undefined) return false;
  return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}

/** The index behind the fractional digits that may follow the seconds; -1 when a point stands alone. */
function afterFraction(text: string, end: number): number {
  if (text.charCodeAt(end) !== 46) return end;
  let at = end + 1;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at > end + 1 ? at : -1;
}

/** Minutes east of UTC of the offset that ends the text, or `undefined`. */
function offsetMinutes(text: string, at: number): number | undefined {
  const sign = text.charCodeAt(at);
  if ((sign | 32) === 122 /* z */) return text.length === at + 1 ? 0 : undefined;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6) return undefined;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (text.charCodeAt(at + 3) !== 58 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    return undefined;
  }
  return (sign === 43 ? 1 : -1) * (hours * 60 + minutes);
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + (ones - ZERO) : -1_000_000;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}
