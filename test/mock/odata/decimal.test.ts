import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, decimal, divide, multiply, remainder } from '../../../src/mock/odata/decimal.ts';

/** A decimal number: its digits, and how many of them are behind the point. */
const decimals = fc.record({
  digits: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  places: fc.nat({ max: 20 }),
});

function toNumber(digits: bigint, places: number): number {
  return Number(`${digits}e-${places}`);
}

test('adds, multiplies and divides as one does on paper', () => {
  fc.assert(
    fc.property(decimals, decimals, (one, other) => {
      const [left, right] = [
        toNumber(one.digits, one.places),
        toNumber(other.digits, other.places),
      ];
      const places = Math.max(one.places, other.places);
      const first = one.digits * 10n ** BigInt(places - one.places);
      const second = other.digits * 10n ** BigInt(places - other.places);
      expect(add(left, right)).toBe(toNumber(first + second, places) + 0);
      expect(multiply(left, right) + 0).toBe(
        toNumber(one.digits * other.digits, one.places + other.places) + 0,
      );
      if (second === 0n) return;
      expect(remainder(left, right) + 0).toBe(toNumber(first % second, places) + 0);
      const quotient = divide(left, right);
      if (first % second === 0n && Math.abs(quotient) < 1e15) {
        expect(Math.abs(quotient - Number(first / second))).toBeLessThanOrEqual(
          Math.abs(quotient) * Number.EPSILON,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

test('takes numbers as JSON writes them', () => {
  expect(decimal(0.1)).toEqual({ digits: 1n, places: 1 });
  expect(decimal(-12.5e-10)).toEqual({ digits: -125n, places: 11 });
  expect(decimal(1e21)).toEqual({ digits: 10n ** 21n, places: 0 });
  expect([add(0.1, 0.2), multiply(0.1, 3), divide(0.3, 0.1), remainder(5.5, 0.1)]).toEqual([
    0.3, 0.3, 3, 0,
  ]);
  expect(divide(1, 3e-20)).toBe(1 / 3e-20);
});

test('leaves what no decimal is to the platform', () => {
  const { POSITIVE_INFINITY: INF, NaN: NONE } = Number;
  expect([add(INF, 1), add(1, -INF), multiply(INF, 2), divide(1, INF)]).toEqual([
    INF,
    -INF,
    INF,
    0,
  ]);
  expect([remainder(5, INF), remainder(5, 0), divide(5, 0), add(NONE, 1)]).toEqual([
    5,
    NONE,
    INF,
    NONE,
  ]);
});
