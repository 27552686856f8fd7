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
 * Limits of numbers that are not whole count as the next whole number further out.
 */
export function numberPattern(limits: NumberLimits): string | undefined {
  const low = lowest(limits);
  const high = highest(limits);
  if (!isLimit(low.value) && !isLimit(high.value)) return undefined;
  const parts: string[] = [];
  // Below 0, the greater number has the smaller size.
  if (low.value < 0) {
    const from = high.value < 0 ? { ...high, value: -high.value } : { value: 0, isOpen: false };
    parts.push(`-${group(sizes(from, { ...low, value: -low.value }, limits.isWhole))}`);
  }
  if (high.value >= 0) {
    const from = low.value > 0 ? low : { value: 0, isOpen: low.value === 0 && low.isOpen };
    parts.push(group(sizes(from, high, limits.isWhole)));
  }
  return parts.length === 0 ? undefined : `^${group(parts)}$`;
}

/** One end of a range of sizes: numbers without their sign. */
interface End {
  readonly value: number;
  /** Whether the value itself is outside. */
  readonly isOpen: boolean;
}

function lowest({ minimum, isAboveMinimum, isWhole }: NumberLimits): End {
  if (!isLimit(minimum)) return { value: Number.NEGATIVE_INFINITY, isOpen: false };
  if (!isWhole) {
    return { value: Math.floor(minimum), isOpen: isAboveMinimum && Number.isInteger(minimum) };
  }
  const first = Math.ceil(minimum);
  return { value: isAboveMinimum && first === minimum ? first + 1 : first, isOpen: false };
}

function highest({ maximum, isBelowMaximum, isWhole }: NumberLimits): End {
  if (!isLimit(maximum)) return { value: Number.POSITIVE_INFINITY, isOpen: false };
  if (!isWhole) {
    return { value: Math.ceil(maximum), isOpen: isBelowMaximum && Number.isInteger(maximum) };
  }
  const last = Math.floor(maximum);
  return { value: isBelowMaximum && last === maximum ? last - 1 : last, isOpen: false };
}

/** Beyond what a double holds exactly, a limit cannot be told by digits. */
function isLimit(value: number): boolean {
  return Number.isSafeInteger(Math.trunc(value));
}

function sizes(from: End, to: End, isWhole: boolean): readonly string[] {
  if (isWhole) return wholes(from.value, to.value);
  const parts: string[] = [];
  const fraction = '(?:\\.\\d+)?';
  const first = from.isOpen ? from.value + 1 : from.value;
  if (from.isOpen && to.value > from.value) parts.push(`${from.value}\\.\\d*[1-9]\\d*`);
  if (to.value === Number.POSITIVE_INFINITY) {
    parts.push(`${group(wholes(first, to.value))}${fraction}`, LARGE);
  } else {
    if (to.value > first) parts.push(`${group(wholes(first, to.value - 1))}${fraction}`);
    if (!to.isOpen) parts.push(`${to.value}(?:\\.0+)?`);
  }
  if (from.value === 0) parts.push(SMALL);
  return parts;
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

function digits(first: string, last: string): string {
  if (first === last) return first;
  return first === '0' && last === '9' ? '\\d' : `[${first}-${last}]`;
}

function group(parts: readonly string[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : `(?:${parts.join('|')})`;
}
