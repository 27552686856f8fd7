/** Tells whether a number is a whole multiple of another, exactly: 19.99 is one of 0.01. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [numerator, numeratorScale] = decimal(value);
  const [denominator, denominatorScale] = decimal(divisor);
  const scale = Math.max(numeratorScale, denominatorScale);
  const left = numerator * 10n ** BigInt(scale - numeratorScale);
  const right = denominator * 10n ** BigInt(scale - denominatorScale);
  return left % right === 0n;
}

/** The least number that is a whole multiple of both. */
export function commonMultiple(one: number, other: number): number {
  const [digits, scale] = decimal(one);
  const [otherDigits, otherScale] = decimal(other);
  const common = Math.max(scale, otherScale);
  const left = digits * 10n ** BigInt(common - scale);
  const right = otherDigits * 10n ** BigInt(common - otherScale);
  let [divisor, rest] = [left, right];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return Number(`${(left * right) / divisor}e${-common}`);
}

/** A number as JSON writes it: digits, and how many of them are behind the point. */
function decimal(value: number): [digits: bigint, scale: number] {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? [digits * 10n ** BigInt(-scale), 0] : [digits, scale];
}
