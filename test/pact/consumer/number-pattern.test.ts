import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberPattern } from '../../../src/pact/consumer/number-pattern.ts';

const open = { isAboveMinimum: false, isBelowMaximum: false };
const whole = { ...open, isWhole: true };

test.for([
  [1, 10, '^(?:[1-9]|10)$'],
  [0, Number.POSITIVE_INFINITY, '^(?:0|[1-9]\\d*)$'],
  [-5, 5, '^(?:-[0-5]|[0-5])$'],
  [100, 250, '^(?:1\\d{2}|2[0-4]\\d|250)$'],
  [8, 12345, '^(?:[8-9]|[1-9]\\d{1,3}|1[0-1]\\d{3}|12[0-2]\\d{2}|123[0-3]\\d|1234[0-5])$'],
  [7, 7, '^7$'],
] as const)('takes the whole numbers from %s to %s by %s', ([minimum, maximum, want]) => {
  expect(numberPattern({ ...whole, minimum, maximum })).toBe(want);
});

test('asks for nothing where there are no limits', () => {
  const [minimum, maximum] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect(numberPattern({ ...whole, minimum, maximum })).toBeUndefined();
});

const limit = fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.maxSafeInteger());

test('a whole number is taken exactly when it is within the limits', () => {
  const limits = fc.record({
    low: fc.option(limit, { nil: Number.NEGATIVE_INFINITY }),
    high: fc.option(limit, { nil: Number.POSITIVE_INFINITY }),
    isAboveMinimum: fc.boolean(),
    isBelowMaximum: fc.boolean(),
    number: fc.oneof(limit, fc.integer({ min: -20, max: 20 })),
  });
  fc.assert(
    fc.property(limits, ({ low, high, number, ...ends }) => {
      const [minimum, maximum] = low <= high ? [low, high] : [high, low];
      const pattern = numberPattern({ minimum, maximum, ...ends, isWhole: true }) ?? '';
      const isAbove = ends.isAboveMinimum ? number > minimum : number >= minimum;
      const isBelow = ends.isBelowMaximum ? number < maximum : number <= maximum;
      expect(new RegExp(pattern).test(String(number))).toBe(isAbove && isBelow);
    }),
  );
});

/** Few digits, so that limits and numbers are often near each other. */
const hundredth = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -30, max: 30 }));

test('a number with a fraction is taken exactly when it is within the limits', () => {
  const limits = fc.record({
    low: fc.oneof(
      hundredth,
      fc.integer({ min: -15, max: 15 }).map((whole) => whole * 100),
    ),
    width: fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((whole) => whole * 100),
      fc.nat(350),
    ),
    isAboveMinimum: fc.boolean(),
    isBelowMaximum: fc.boolean(),
    thousandths: fc.oneof(
      hundredth.map((number) => number * 10),
      fc.integer({ min: -5_000, max: 5_000 }),
    ),
  });
  fc.assert(
    fc.property(limits, ({ low, width, thousandths, ...ends }) => {
      const [minimum, maximum] = [low / 100, (low + width) / 100];
      const number = thousandths / 1000;
      const pattern = numberPattern({ minimum, maximum, ...ends, isWhole: false }) ?? '';
      const isAbove = ends.isAboveMinimum ? number > minimum : number >= minimum;
      const isBelow = ends.isBelowMaximum ? number < maximum : number <= maximum;
      // Pact writes a number that is whole and was written with a fraction as `1.0`.
      const more = Number.isInteger(number) ? `${number}.0` : `${number}0`;
      const texts = [String(number), more];
      fc.pre(number !== 0);
      const taken = texts.map((text) => new RegExp(pattern).test(text));
      expect(new Set(taken)).toEqual(new Set([isAbove && isBelow]));
    }),
    { numRuns: 1000 },
  );
});

test('numbers too large and too small for digits are taken as Pact writes them', () => {
  const positive = { ...open, isWhole: false, minimum: 0, maximum: Number.POSITIVE_INFINITY };
  const pattern = new RegExp(numberPattern(positive) ?? '');
  expect(['1e30', '1.5e+20', '1e-7', '0'].map((text) => pattern.test(text))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(pattern.test('-1e30')).toBe(false);
});
