import { digits, group } from './digits.ts';

/** A limit of what stands behind the point of a number. */
export interface FractionEnd {
  /** Its digits, without zeros at the end. */
  readonly fraction: string;
  /** Whether it is outside itself. */
  readonly isOpen: boolean;
}

/** A point and digits, or neither. */
export const ANY_FRACTION = '(?:\\.\\d+)?';

/** A pattern of the fractions from one on, with their point. */
export function fractionAtLeast(from: FractionEnd): string {
  return `\\.${group(atLeast(from))}`;
}

/** Patterns of the fractions up to one, with their point; there may be none. */
export function fractionAtMost(to: FractionEnd): readonly string[] {
  if (to.fraction === '') return to.isOpen ? [] : ['(?:\\.0+)?'];
  return [`(?:\\.${group(atMost(to).filter((part) => part !== ''))})?`];
}

/** Patterns of the fractions from one to another, with their point; there may be none. */
export function fractionBetween(from: FractionEnd, to: FractionEnd): readonly string[] {
  const length = Math.max(from.fraction.length, to.fraction.length);
  const [low, high] = [from.fraction.padEnd(length, '0'), to.fraction.padEnd(length, '0')];
  if (low > high) return [];
  const at = [...low].findIndex((digit, index) => digit !== high[index]);
  if (at === -1) {
    if (from.isOpen || to.isOpen) return [];
    return [low === '' ? '(?:\\.0+)?' : `\\.${from.fraction}0*`];
  }
  const start = low.slice(0, at);
  const [first, last] = [Number(low[at]), Number(high[at])];
  const parts = [
    ...atLeast({ ...from, fraction: bare(low.slice(at + 1)) }).map(
      (rest) => `${start}${first}${rest}`,
    ),
    ...(last - first > 1 ? [`${start}${digits(String(first + 1), String(last - 1))}\\d*`] : []),
    ...atMost({ ...to, fraction: bare(high.slice(at + 1)) }).map(
      (rest) => `${start}${last}${rest}`,
    ),
  ];
  const isZeroIn = from.fraction === '' && !from.isOpen;
  return [isZeroIn ? `(?:\\.${group(parts)})?` : `\\.${group(parts)}`];
}

function bare(fraction: string): string {
  return fraction.replace(/0+$/, '');
}

const NOT_ZERO = '\\d*[1-9]\\d*';

function atLeast({ fraction, isOpen }: FractionEnd): readonly string[] {
  const greater = [...fraction].flatMap((digit, index) =>
    digit === '9'
      ? []
      : [`${fraction.slice(0, index)}${digits(String(Number(digit) + 1), '9')}\\d*`],
  );
  return [...greater, fraction + (isOpen ? NOT_ZERO : '\\d*')];
}

/** The empty one is among them, for a text that ends there. */
function atMost({ fraction, isOpen }: FractionEnd): readonly string[] {
  if (fraction === '') return isOpen ? [] : ['0*'];
  const less = [...fraction].flatMap((digit, index) => {
    const start = fraction.slice(0, index);
    return digit === '0'
      ? [start]
      : [start, `${start}${digits('0', String(Number(digit) - 1))}\\d*`];
  });
  return [...less, ...(isOpen ? [] : [`${fraction}0*`])];
}
