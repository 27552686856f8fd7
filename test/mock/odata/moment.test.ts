import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCivilDay, toDays } from '../../../src/mock/odata/calendar.ts';
import {
  between,
  fromClock,
  readDate,
  readDateTime,
  readDuration,
  readTime,
  scale,
  shift,
} from '../../../src/mock/odata/moment.ts';

test.for([
  ['1970-01-01T00:00Z', { seconds: 0, pico: 0, offset: 0 }],
  ['1970-01-01T00:00:01.5+00:00', { seconds: 1, pico: 500_000_000_000, offset: 0 }],
  ['1969-12-31t23:59:59.999999999999z', { seconds: -1, pico: 999_999_999_999, offset: 0 }],
  ['1970-01-01T01:00:00-00:00', { seconds: 3600, pico: 0, offset: 0 }],
  ['1970-01-01T00:00:00+05:45', { seconds: -20_700, pico: 0, offset: 345 }],
  ['0000-01-01T00:00Z', { seconds: -62_167_219_200, pico: 0, offset: 0 }],
  ['', undefined],
  ['1970-01-01', undefined],
  ['1970-01-01 00:00:00Z', undefined],
  ['1970-01-01T00:00:00', undefined],
  ['1970-01-01T00:00:00Zx', undefined],
  ['1970-01-01T00:00:00*01:00', undefined],
  ['1970-01-01T00:00:00+01:60', undefined],
  ['1970-01-01T00:00:00+01:00x', undefined],
  ['1970-01-01T:00:00:00Z', undefined],
  ['1970-1-01T00:00:00Z', undefined],
  ['197a-01-01T00:00:00Z', undefined],
] as const)('reads %s as a point in time', ([text, want]) => {
  expect(readDateTime(text)).toEqual(want);
});

test.for([
  ['00:00', { seconds: 0, pico: 0, offset: 0 }],
  ['23:59:59.000000000001', { seconds: 86_399, pico: 1, offset: 0 }],
  ['24:00', undefined],
  ['12:3', undefined],
  ['12-30', undefined],
  ['12:30-15', undefined],
  ['12:30:1', undefined],
  ['12:30:15,5', undefined],
  ['12:30:15.', undefined],
  ['12:30:15.1234567890123', undefined],
  ['12:30:15.5x', undefined],
] as const)('reads %s as a time of day', ([text, want]) => {
  expect(readTime(text)).toEqual(want);
});

test.for([
  ['P1D', { seconds: 86_400, pico: 0, offset: 0 }],
  ['PT1H1M1.5S', { seconds: 3661, pico: 500_000_000_000, offset: 0 }],
  ['-P6DT23H59M59.9999S', { seconds: -604_800, pico: 100_000_000, offset: 0 }],
  ['-PT0S', { seconds: 0, pico: 0, offset: 0 }],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['+P1D', undefined],
  ['P1Y', undefined],
  ['P1M', undefined],
  ['PT1.5M', undefined],
  ['P99999999999999999999D', undefined],
] as const)('reads %s as a duration', ([text, want]) => {
  expect(readDuration(text)).toEqual(want);
});

test('knows the days around every month of the calendar', () => {
  const first = toDays({ year: 0, month: 1, day: 1 });
  const last = toDays({ year: 9999, month: 12, day: 31 });
  expect([first, last]).toEqual([-719_528, 2_932_896]);
  const date = new Date(0);
  for (let month = 1; month < 120_000; month += 1) {
    for (const day of [0, 1]) {
      const days = date.setUTCFullYear(0, month, day) / 86_400_000;
      const want = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()].join('-');
      const got = toCivilDay(days);
      if ([got.year, got.month, got.day].join('-') !== want || toDays(got) !== days) {
        expect.fail(`${days} is ${want}, not ${JSON.stringify(got)}`);
      }
    }
  }
});

test('knows no other day', () => {
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-00-01',
    '2023-01-00',
    '2023-13-01',
  ]) {
    expect(readDate(text)).toBeUndefined();
  }
  expect(readDate('2000-02-29')).toBe(11_016);
});

test('shows what a clock shows, and reckons there and back', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true }),
      fc.nat(),
      fc.nat({ max: 999 }),
      (date, one, two) => {
        const moment = fromClock(date);
        expect(moment.seconds * 1000 + moment.pico / 1e9).toBe(date.getTime());
        const length = readDuration(`-PT${one}.${String(two).padStart(3, '0')}S`);
        if (!length) expect.fail('no duration');
        const later = shift(moment, length, 1);
        expect(shift(later, length, -1)).toEqual(moment);
        expect(between(moment, later)).toEqual(length);
      },
    ),
  );
});

test('takes parts of a duration, where there are such', () => {
  const hour = { seconds: 3600, pico: 0, offset: 0 };
  expect(scale(hour, 0.5, 'times')).toEqual({ seconds: 1800, pico: 0, offset: 0 });
  expect(scale(hour, 1e-9, 'times')).toEqual({ seconds: 0, pico: 3_600_000, offset: 0 });
  expect(scale(hour, 0.25, 'part')).toEqual({ seconds: 14_400, pico: 0, offset: 0 });
  expect(scale(hour, 0, 'part')).toBeUndefined();
  expect(scale(hour, Number.NaN, 'times')).toBeUndefined();
  expect(scale(hour, 1e300, 'times')).toBeUndefined();
});
