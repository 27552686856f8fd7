import { digits, group } from './digits.ts';
import {
  ANY_FRACTION,
  fractionAtLeast,
  fractionAtMost,
  fractionBetween,
} from './fraction-pattern.ts';

/** The limits of a number. */
export interface NumberLimits {
  readonly minimum: number;
  readonly maximum: number;
  readonly isAboveMinimum: boolean;
  readonly isBelowMaximum: boolean;
  readonly isWhole: boolean;
}

const ANY_DIGITS = '(?:0|[1-9]\\d*)';
/** As Pact writes a number whose size is beyond 10 ** 16. */
const LARGE = '\\d(?:\\.\\d+)?e\\+?\\d+';
const SMALL = '\\d(?:\\.\\d+)?e-\\d+';

/**
 * A regular expression that takes the texts of the numbers between two limits; `undefined` where
 * there are no limits.
 *
 * Limits below a millionth, which are written with an exponent, count as the next whole number further out.
 */
export function numberPattern(limits: NumberLimits): string | undefined {
  const { isWhole } = limits;
  const { minimum, maximum } = isWhole ? wholeLimits(limits) : limits;
  if (!isLimit(minimum) && !isLimit(maximum)) return undefined;
  const [low, high] = [
    { limit: minimum, isOpen: limits.isAboveMinimum && !isWhole },
    { limit: maximum, isOpen: limits.isBelowMaximum && !isWhole },
  ];
  const parts: string[] = [];
  // Below 0, the greater number has the smaller size.
  if (minimum < 0) {
    const from = maximum < 0 ? endOf(high, Math.floor) : ZERO;
    parts.push(`-${group(sizes(from, endOf(low, Math.ceil), isWhole))}`);
  }
  if (maximum >= 0) {
    const from =
      minimum > 0 ? endOf(low, Math.floor) : minimum === 0 ? { ...ZERO, isOpen: low.isOpen } : ZERO;
    parts.push(group(sizes(from, endOf(high, Math.ceil), isWhole)));
  }
  return parts.length === 0 ? undefined : `^${group(parts)}$`;
}

/** One end of a range of sizes: numbers without their sign. */
interface End {
  readonly value: number;
  /** The digits behind the point, without zeros at the end. */
  readonly fraction: string;
  /** Whether the value itself is outside. */
  readonly isOpen: boolean;
}

const ZERO: End = { value: 0, fraction: '', isOpen: false };

function wholeLimits({ minimum, maximum, isAboveMinimum, isBelowMaximum }: NumberLimits): {
  readonly minimum: number;
  readonly maximum: number;
} {
  const [first, last] = [Math.ceil(minimum), Math.floor(maximum)];
  return {
    minimum: isAboveMinimum && first === minimum ? first + 1 : first,
    maximum: isBelowMaximum && last === maximum ? last - 1 : last,
  };
}

function endOf(
  { limit, isOpen }: { readonly limit: number; readonly isOpen: boolean },
  further: (size: number) => number,
): End {
  const size = Math.abs(limit);
  if (!isLimit(limit)) return { ...ZERO, value: Number.POSITIVE_INFINITY };
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(size)) ?? [];
  if (whole === undefined) return { ...ZERO, value: further(size) };
  return { value: Number(whole), fraction, isOpen };
}

/** Beyond what a double holds exactly, a limit cannot be told by digits. */
function isLimit(value: number): boolean {
  return Number.isSafeInteger(Math.trunc(value));
}

function sizes(from: End, to: End, isWhole: boolean): readonly string[] {
  if (isWhole) return wholes(from.value, to.value);
  const small = from.value === 0 && from.fraction === '' && isAbove(to, ZERO) ? [SMALL] : [];
  if (from.value === to.value) {
    return [...fractionBetween(from, to).map((fraction) => from.value + fraction), ...small];
  }
  const parts: string[] = [];
  const isWithAll = from.fraction === '' && !from.isOpen;
  const first = isWithAll ? from.value : from.value + 1;
  if (!isWithAll) parts.push(from.value + fractionAtLeast(from));
  if (to.value === Number.POSITIVE_INFINITY) {
    parts.push(group(wholes(first, to.value)) + ANY_FRACTION, LARGE);
  } else {
    if (to.value > first) parts.push(group(wholes(first, to.value - 1)) + ANY_FRACTION);
    parts.push(...fractionAtMost(to).map((fraction) => to.value + fraction));
  }
  return [...parts, ...small];
}

function isAbove(one: End, other: End): boolean {
  return one.value > other.value || one.fraction > other.fraction;
}

/** Patterns of the whole numbers from one to another, neither below 0. */
function wholes(from: number, to: number): readonly string[] {
  if (from > to) return ['(?!)'];
  const { length } = String(from);
  if (to === Number.POSITIVE_INFINITY) {
    if (from === 0) return [ANY_DIGITS];
    return [...sameLength(String(from), '9'.repeat(length)), `[1-9]\\d{${length},}`];
  }
  const longest = String(to).length;
  if (longest === length) return sameLength(String(from), String(to));
  const least = sameLength(String(from), '9'.repeat(length));
  const most = sameLength(`1${'0'.repeat(longest - 1)}`, String(to));
  if (longest === length + 1) return [...least, ...most];
  return [...least, `[1-9]${anyDigits(length, longest - 2)}`, ...most];
}

function anyDigits(least: number, most: number): string {
  if (least !== most) return `\\d{${least},${most}}`;
  return least === 1 ? '\\d' : `\\d{${least}}`;
}

/** Both of as many digits. */
function sameLength(from: string, to: string): readonly string[] {
  const [first = ''] = from;
  const [last = ''] = to;
  const [low, high] = [from.slice(1), to.slice(1)];
  if (low === '') return [digits(first, last)];
  if (first === last) return sameLength(low, high).map((rest) => first + rest);
  const isAll = (text: string, digit: string) => text === digit.repeat(text.length);
  const parts: string[] = [];
  let start = Number(first);
  let end = Number(last);
  if (!isAll(low, '0')) {
    parts.push(...sameLength(low, '9'.repeat(low.length)).map((rest) => first + rest));
    start += 1;
  }
  const tail = isAll(high, '9')
    ? []
    : sameLength('0'.repeat(high.length), high).map((rest) => last + rest);
  if (tail.length > 0) end -= 1;
  if (start <= end)
    parts.push(digits(String(start), String(end)) + anyDigits(low.length, low.length));
  return [...parts, ...tail];
}
