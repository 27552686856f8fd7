/** A number as it is written: its digits, and how many of them are behind the point. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** A finite number as JSON writes it. */
export function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** The sum, as one reckons on paper: 0.1 and 0.2 make 0.3. */
export function add(left: number, right: number): number {
  const sum = left + right;
  if (Number.isSafeInteger(sum) && areIntegers(left, right)) return sum;
  if (!Number.isFinite(left) || !Number.isFinite(right)) return sum;
  const units = toUnits(left) + toUnits(right);
  if (!Number.isNaN(units)) return units / UNIT;
  const { one, other, places } = align(left, right);
  return toNumber(one + other, places);
}

/** The product, as one reckons on paper. */
export function multiply(left: number, right: number): number {
  const product = left * right;
  if (Number.isSafeInteger(product) && areIntegers(left, right)) return product;
  if (!Number.isFinite(left) || !Number.isFinite(right)) return product;
  const one = decimal(left);
  const other = decimal(right);
  return toNumber(one.digits * other.digits, one.places + other.places);
}

/** The quotient of the numbers as they are written: 0.3 by 0.1 is 3. */
export function divide(left: number, right: number): number {
  if (!Number.isFinite(left) || !Number.isFinite(right) || right === 0) return left / right;
  const { one, other } = align(left, right);
  const dividend = Number(one);
  const divisor = Number(other);
  const isExact = Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor);
  return isExact ? dividend / divisor : left / right;
}

/** What is left of a division, with the sign of the dividend: 5.5 by 0.1 leaves 0. */
export function remainder(left: number, right: number): number {
  if (!Number.isFinite(left) || !Number.isFinite(right) || right === 0) return left % right;
  const { one, other, places } = align(left, right);
  return toNumber(one % other, places);
}

function areIntegers(left: number, right: number): boolean {
  return Number.isSafeInteger(left) && Number.isSafeInteger(right);
}

const UNIT = 1e6;

/**
 * How many millionths a number has, or NaN when it has others or more than 15 digits. Sums of them
 * are exact, and dividing them rounds once: all without a digit being written.
 */
function toUnits(value: number): number {
  const units = Math.round(value * UNIT);
  return Math.abs(units) < 1e15 && units / UNIT === value ? units : Number.NaN;
}

interface Aligned {
  readonly one: bigint;
  readonly other: bigint;
  readonly places: number;
}

function align(left: number, right: number): Aligned {
  const one = decimal(left);
  const other = decimal(right);
  const places = Math.max(one.places, other.places);
  return {
    one: one.digits * 10n ** BigInt(places - one.places),
    other: other.digits * 10n ** BigInt(places - other.places),
    places,
  };
}

function toNumber(digits: bigint, places: number): number {
  return Number(`${digits}e-${places}`);
}
