/** A day of the Gregorian calendar, reckoned backwards before it began. */
export interface CivilDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_OF_400_YEARS = 146_097;
/** From 0000-01-01 to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_528;

/** The days from 1970-01-01 to a day; `undefined` when the calendar has no such day. */
export function toDays({ year, month, day }: CivilDay): number | undefined {
  const before = DAYS_BEFORE_MONTH[month - 1];
  if (before === undefined || day < 1 || day > daysOfMonth(year, month)) return undefined;
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return daysBeforeYear(year) + before + leapDay + day - 1 - DAYS_BEFORE_1970;
}

/** The day that is so many days behind 1970-01-01. */
export function toCivilDay(days: number): CivilDay {
  let year = Math.floor((days + DAYS_BEFORE_1970) / (DAYS_OF_400_YEARS / 400));
  // The average year may be a day off at either end of a year.
  if (daysBeforeYear(year) > days + DAYS_BEFORE_1970) year -= 1;
  if (daysBeforeYear(year + 1) <= days + DAYS_BEFORE_1970) year += 1;
  let day = days + DAYS_BEFORE_1970 - daysBeforeYear(year) + 1;
  let month = 1;
  for (; day > daysOfMonth(year, month); month += 1) day -= daysOfMonth(year, month);
  return { year, month, day };
}

/** The days from 0000-01-01, a leap year's, to the first of a year. */
function daysBeforeYear(year: number): number {
  const last = year - 1;
  return 365 * year + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) + 1;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
