import { toCivilDay } from './calendar.ts';
import { divide } from './decimal.ts';
import { type Moment, PICO, SECONDS_OF_DAY } from './moment.ts';
import type { Type, Value } from './value.ts';

/** A canonical function: what it takes, what it gives, how it is reckoned. */
export interface FunctionRule {
  /** The types that each argument may have; the first is what one of any type is read as. */
  readonly takes: readonly (readonly Type[])[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  readonly gives: Type;
  /** Null when an argument is null, or of a type that the function does not take. */
  readonly reckon: (values: readonly Value[]) => Value;
}

const EARLIEST: Moment = { seconds: -62_135_596_800, pico: 0, offset: 0 };
const LATEST: Moment = { seconds: 253_402_300_799, pico: PICO - 1, offset: 0 };

/**
 * The functions by name in lower case; `now` and `matchesPattern` are made where they are called.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html, 5.1.1.4
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['contains', texts('boolean', (text, part) => text.includes(part))],
  ['startswith', texts('boolean', (text, part) => text.startsWith(part))],
  ['endswith', texts('boolean', (text, part) => text.endsWith(part))],
  ['indexof', texts('integer', (text, part) => text.indexOf(part))],
  ['concat', texts('string', (text, more) => text + more)],
  ['length', text('integer', (one) => one.length)],
  ['tolower', text('string', (one) => one.toLowerCase())],
  ['toupper', text('string', (one) => one.toUpperCase())],
  ['trim', text('string', (one) => one.trim())],
  [
    'substring',
    {
      takes: [['string'], ['integer', 'number'], ['integer', 'number']],
      optional: 1,
      gives: 'string',
      reckon: substring,
    },
  ],
  ['year', dayPart((days) => toCivilDay(days).year)],
  ['month', dayPart((days) => toCivilDay(days).month)],
  ['day', dayPart((days) => toCivilDay(days).day)],
  ['hour', clockPart('integer', ({ seconds }) => Math.floor(seconds / 3600))],
  ['minute', clockPart('integer', ({ seconds }) => Math.floor(seconds / 60) % 60)],
  ['second', clockPart('integer', ({ seconds }) => seconds % 60)],
  ['fractionalseconds', clockPart('number', ({ pico }) => divide(pico, PICO))],
  ['date', moment('date-time', 'date', daysOf)],
  ['time', moment('date-time', 'time', clockOf)],
  ['totaloffsetminutes', moment('date-time', 'integer', ({ offset }) => offset)],
  ['totalseconds', moment('duration', 'number', ({ seconds, pico }) => seconds + pico / PICO)],
  ['mindatetime', { takes: [], gives: 'date-time', reckon: () => EARLIEST }],
  ['maxdatetime', { takes: [], gives: 'date-time', reckon: () => LATEST }],
  ['round', number(roundAwayFromZero)],
  ['floor', number(Math.floor)],
  ['ceiling', number(Math.ceil)],
]);

function text(gives: Type, reckon: (one: string) => Value): FunctionRule {
  return {
    takes: [['string']],
    gives,
    reckon: ([one]) => (typeof one === 'string' ? reckon(one) : null),
  };
}

function texts(gives: Type, reckon: (one: string, other: string) => Value): FunctionRule {
  return {
    takes: [['string'], ['string']],
    gives,
    reckon: ([one, other]) =>
      typeof one === 'string' && typeof other === 'string' ? reckon(one, other) : null,
  };
}

function number(reckon: (one: number) => number): FunctionRule {
  return {
    takes: [['number', 'integer']],
    gives: 'number',
    reckon: ([one]) => (typeof one === 'number' ? reckon(one) : null),
  };
}

function moment(takes: Type, gives: Type, reckon: (one: Moment) => Value): FunctionRule {
  return {
    takes: [[takes]],
    gives,
    reckon: ([one]) => (typeof one === 'object' && one ? reckon(one) : null),
  };
}

/** A part of a Date, or of a DateTimeOffset where it is written. */
function dayPart(reckon: (days: number) => number): FunctionRule {
  return {
    takes: [['date-time', 'date']],
    gives: 'integer',
    reckon: ([one]) => {
      if (typeof one === 'number') return reckon(one);
      return typeof one === 'object' && one ? reckon(daysOf(one)) : null;
    },
  };
}

/** A part of a TimeOfDay, or of a DateTimeOffset where it is written. */
function clockPart(gives: Type, reckon: (clock: Moment) => number): FunctionRule {
  const rule = moment('date-time', gives, (one) => reckon(clockOf(one)));
  return { ...rule, takes: [['date-time', 'time']] };
}

function daysOf({ seconds, offset }: Moment): number {
  return Math.floor((seconds + offset * 60) / SECONDS_OF_DAY);
}

function clockOf(one: Moment): Moment {
  const seconds = one.seconds + one.offset * 60 - daysOf(one) * SECONDS_OF_DAY;
  return { seconds, pico: one.pico, offset: 0 };
}

/** Characters from an index on, from the end where that is negative; never more than there are. */
function substring([one, start, length = Number.POSITIVE_INFINITY]: readonly Value[]): Value {
  if (typeof one !== 'string' || typeof start !== 'number' || typeof length !== 'number') {
    return null;
  }
  if (!Number.isInteger(start)) return null;
  const first = start < 0 ? Math.max(one.length + start, 0) : start;
  return one.slice(first, first + length);
}

function roundAwayFromZero(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) < 0.5 ? whole : whole + Math.sign(value);
}
